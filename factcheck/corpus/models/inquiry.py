from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from factcheck.ledger.identity import new_id
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Sets of inquiries by name."""

    def of(self, person: User) -> Self:
        """Those that this person asked, on the desks where they still may."""
        return self.filter(asked_by=person, desk__in=desks_reached(person, Action.COMPARE_STATEMENT, Reach.DESK))


class Inquiry(models.Model):
    """A statement that somebody typed, to see where it stands elsewhere; theirs alone, and gone after a week.

    `findings` are the nearest stored statements, those that conflict first: id, and score, kind and why of a conflict.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="inquiries")
    text = models.TextField()
    speaker = models.CharField(max_length=300, default="", blank=True)
    said_on = models.DateField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="inquiry_has_words", condition=~Q(text=""))]
        indexes = [models.Index(fields=["asked_at"], name="inquiries_by_age")]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """The page that shows what was found."""
        return reverse("workbench:inquiry", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Who asked."""
        return frozenset({self.asked_by_id})
