from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.ledger.identity import new_id
from factcheck.newsroom.models.desk import Desk, Role


class EntryLinkQuerySet(models.QuerySet["EntryLink"]):
    """Sets of links by name."""

    def open(self, now: datetime) -> Self:
        """Those that still let somebody in: not used, not withdrawn, not expired."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)


class EntryLink(models.Model):
    """A link that lets one person in once: as a new member, or to set a new password. Only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="entry_links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="entry_links",
        help_text="whose new password; none for a new member",
    )
    name = models.CharField(max_length=120, help_text="whom it is for")
    role = models.CharField(max_length=10, choices=Role, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_link_is_an_invitation_or_a_reset", condition=Q(person__isnull=True) ^ Q(role="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleRequest(models.Model):
    """A role that an admin asks to give, and that another admin has to confirm, as it raises somebody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="role_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_requests")
    role = models.CharField(max_length=10, choices=Role)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "person"], condition=Q(answered_at__isnull=True), name="role_request_once"
            ),
            models.CheckConstraint(
                name="role_request_confirmed_by_another",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("asked_by")),
            ),
            models.CheckConstraint(name="role_request_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role} of {self.desk}"
