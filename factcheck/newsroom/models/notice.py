from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.identity import new_id
from factcheck.newsroom.models.desk import Desk
from factcheck.newsroom.models.user import User


class NoticeKind(models.TextChoices):
    """What a person is told of."""

    MENTION = "mention", _("mentioned you")
    ASSIGNED = "assigned", _("assigned to you")
    REASSIGNED = "reassigned", _("given to somebody else")
    RETURNED = "returned", _("went back to the queue")
    SENT_BACK = "sent_back", _("sent back")
    APPROVED = "approved", _("approved")
    TAKEN_BACK = "taken_back", _("took the answer back")
    CHANGED = "changed", _("changed at its outlet")
    AWAY = "away", _("no longer stands at its address as it did")
    WEBHOOK_OFF = "webhook_off", _("a webhook was switched off")
    VIEW = "view", _("new in a saved view")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Sets of notices by name."""

    def to(self, person: User) -> Self:
        """One person's own, of the desks that they still belong to."""
        return self.filter(person=person, desk__in=person.desk_ids)

    def unread(self) -> Self:
        """Those not looked at yet."""
        return self.filter(read_at__isnull=True)

    def for_digest(self, until: datetime) -> Self:
        """Unread ones of before a moment that no mail has told of."""
        return self.unread().filter(mailed_at__isnull=True, at__lte=until)

    def newest_first(self) -> Self:
        """The order of the page."""
        return self.order_by("-at", "-id")


class Notice(models.Model):
    """Something that a person shall know of.

    It names the thing and holds none of its words: who may no longer read the thing does not read of it here either.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    place = models.CharField(max_length=80, blank=True, default="", help_text="the part of the page: #comment-…")
    count = models.PositiveIntegerField(default=1, db_default=1, help_text="of how many it tells")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="notice_kind_known", condition=Q(kind__in=NoticeKind.values))]
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_of_person"),
            models.Index(fields=["person", "read_at"], name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
