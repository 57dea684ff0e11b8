from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from factcheck.claims.models.claim import Claim
from factcheck.newsroom.models import User

LEASE = timedelta(seconds=45)  # three pings of the page may get lost


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Sets of people at work by name."""

    def beside(self, person: User, now: datetime) -> Self:
        """Everybody else who writes just now."""
        return self.filter(until__gt=now).exclude(person=person).select_related("person").order_by("person__name")


class Presence(models.Model):
    """Somebody is writing a claim's verdict; renewed by what they type, over when nothing renews it."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "person"], name="presence_once")]
