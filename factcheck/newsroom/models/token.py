from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Expression, F, FilteredRelation, Q

from factcheck.ledger.identity import new_id
from factcheck.newsroom.models.desk import Desk


class Scope(models.TextChoices):
    """What a token opens. No scope decides, approves or publishes: those are acts of a person who is there."""

    READ = "read", "what is published"
    DESK = "desk", "what its owner may read"
    INGEST = "ingest", "adding articles and following their work"
    EXPORT = "export", "exports"


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Sets of tokens by name."""

    def valid(self, now: datetime | Expression) -> Self:
        """Those that open something now: not expired, not revoked, of people who still work here."""
        return self.filter(expires_at__gt=now, revoked_at__isnull=True, user__is_active=True)

    def with_roles(self) -> Self:
        """Each as often as its owner has roles on its desk, and once where there is none, with one `role` each."""
        there = FilteredRelation("user__memberships", condition=Q(user__memberships__desk=F("desk")))
        return self.annotate(there=there, role=F("there__role"))


class AccessToken(models.Model):
    """A program's key to one desk in the name of a person. Only a digest is kept; the key is shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80, help_text="which program uses it")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    role: str | None  # only from `with_roles`

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="token_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    def owner_ids(self) -> frozenset[UUID]:
        """The person in whose name it acts."""
        return frozenset({self.user_id})
