from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from factcheck.newsroom.models.user import User

KEPT_FOR = timedelta(days=3)  # a Friday's last act on a Monday; later nobody remembers what a key would take back

FRESH_FOR = timedelta(minutes=10)


class PastActQuerySet(models.QuerySet["PastAct"]):
    """Sets of past acts by name."""

    def of(self, person: User, now: datetime) -> Self:
        """One person's own that are not too long ago, the last first."""
        return self.filter(person=person, at__gte=now - KEPT_FOR).order_by("-at", "-pk")

    def forgotten(self, now: datetime) -> Self:
        """What no key takes back any more."""
        return self.filter(at__lt=now - KEPT_FOR)


class PastAct(models.Model):
    """Something that a person did, in words, and the form that takes it back; or does it again, once it was taken back.

    It waits for them wherever they sign in next. What the form asks for is checked as any other request is.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="past_acts")
    did = models.CharField(max_length=200)
    about = models.CharField(max_length=700)
    address = models.CharField(max_length=200)
    fields = models.JSONField()
    is_taken_back = models.BooleanField()
    at = models.DateTimeField()

    objects = PastActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "is_taken_back", "address"], name="past_act_once_per_address")
        ]
        indexes = [models.Index(fields=["person", "-at"], name="past_act_of_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.did}"

    @property
    def action(self) -> str:
        """Where its form goes; what stands behind a # of the address only tells apart what one form takes back."""
        return self.address.partition("#")[0]

    @property
    def is_fresh(self) -> bool:
        """Whether it was just now, so that a page says it aloud."""
        return timezone.now() - self.at < FRESH_FOR
