from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from factcheck.ledger.identity import new_id
from factcheck.newsroom.models.desk import Desk
from factcheck.newsroom.models.user import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Sets of saved views by name."""

    def seen_by(self, person: User) -> Self:
        """One's own, and those that one's desks share."""
        return self.filter(Q(owner=person, desk__isnull=True) | Q(desk__in=person.desk_ids))

    def of_page(self, page: str) -> Self:
        """Those of one list, the shared first."""
        return self.filter(page=page).order_by(models.F("desk").asc(nulls_last=True), "name")


class SavedView(models.Model):
    """Filters, search and order of a list under a name: a person's own, or shared with a desk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="views")
    desk = models.ForeignKey(
        Desk, null=True, on_delete=models.PROTECT, related_name="views", help_text="with which it is shared"
    )
    page = models.CharField(max_length=40, help_text="the list")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600, blank=True, help_text="as it stands in the address")
    made_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="view_name_once"),
            models.CheckConstraint(name="view_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list, so filtered."""
        return f"{reverse(f'admin:{self.page}_changelist')}?{self.query}"


class ViewAlert(models.Model):
    """That a person wants to be told when something new matches a view; `looked_seq` is the newest change looked at."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="alerts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="alerts")
    looked_seq = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["view", "person"], name="view_alert_once")]

    def __str__(self) -> str:
        return f"{self.view}: {self.person}"


class ViewMatch(models.Model):
    """A thing that matched a view when it was looked at: it is no news any more."""

    alert = models.ForeignKey(ViewAlert, on_delete=models.CASCADE, related_name="matches")
    subject_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "subject_id"], name="view_match_once")]

    def __str__(self) -> str:
        return str(self.subject_id)
