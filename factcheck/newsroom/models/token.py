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

    def of_key(self, digest: "str | Expression", now: datetime | Expression) -> Self:
        """The one whose key has this digest, or had it until a moment that is still to come."""
        return self.filter(Q(digest=digest) | Q(old_digest=digest, old_until__gt=now))

    def with_roles(self) -> Self:
        """Each as often as its owner has roles on its desk, and once where there is none, with one `role` each."""
        there = FilteredRelation("user__memberships", condition=Q(user__memberships__desk=F("desk")))
        return self.annotate(there=there, role=F("there__role"))


class AccessToken(models.Model):
    """A program's key to one desk in the name of a person. Only a digest is kept; the key is shown once.

    One that was changed for a new key opens for a while by the old one too, until the program has the new one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80, help_text="which program uses it")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    last_used_from = models.CharField(max_length=45, blank=True, default="", db_default="")
    rate = models.PositiveIntegerField(null=True, help_text="requests a minute; null: as many as anybody")
    old_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 -- unique where given
    old_until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    role: str | None  # only from `with_roles`

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="token_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="token_rate_is_some", condition=Q(rate__isnull=True) | Q(rate__gte=1)),
            models.CheckConstraint(
                name="token_old_key_has_an_end",
                condition=Q(old_digest__isnull=True, old_until__isnull=True)
                | Q(old_digest__isnull=False, old_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    def owner_ids(self) -> frozenset[UUID]:
        """The person in whose name it acts."""
        return frozenset({self.user_id})
