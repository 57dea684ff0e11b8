from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.corpus.models import ConflictPair, Revision, Statement
from factcheck.corpus.models.article import hidden_from
from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class ClaimState(models.TextChoices):
    """Where a claim stands. Whether it is published is read from publications."""

    OPEN = "open", _("Open")
    IN_WORK = "in_work", _("In work")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Sets of claims by name."""

    def readable_by(self, person: User) -> Self:
        """Claims of this person's desks, but none that appears in an article hidden from them."""
        desks = desks_reached(person, Action.READ_ARTICLE, Reach.DESK)
        hidden = Appearance.objects.filter(statement__article__in=hidden_from(person).values("pk"))
        return self.filter(desk__in=desks).exclude(pk__in=hidden.values("claim"))

    def assigned_to(self, person: User) -> Self:
        """Claims this person works on."""
        return self.filter(assignments__person=person)

    def flagged(self) -> Self:
        """Claims of which a source changed, and nobody has looked yet."""
        return self.filter(pk__in=SourceChange.objects.filter(settled_at__isnull=True).values("claim"))

    def unfinished(self) -> Self:
        """Claims without a decision."""
        return self.filter(state__in=(ClaimState.OPEN, ClaimState.IN_WORK))


class Claim(Followed, Versioned):
    """A checkable proposition that the desk takes on; statements are its appearances."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="claims")
    text = models.CharField(max_length=600)
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.OPEN)
    pair = models.ForeignKey(ConflictPair, null=True, on_delete=models.PROTECT, related_name="claims")
    checked = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="claims_checking")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "checked"], name="claim_once_per_side"),
            models.CheckConstraint(name="claim_has_words", condition=~Q(text="")),
            models.CheckConstraint(name="claim_state_known", condition=Q(state__in=ClaimState.values)),
        ]
        indexes = [models.Index(fields=["desk", "state", "-opened_at"], name="claim_of_desk")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The page to work on it."""
        return reverse("workbench:claim", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Who opened it and who is assigned to it."""
        return frozenset({self.opened_by_id, *self.assignments.values_list("person_id", flat=True)})


class Stance(models.TextChoices):
    """Whether a statement makes the claim or rejects it."""

    ASSERTS = "asserts", _("Asserts")
    DENIES = "denies", _("Denies")


class Appearance(models.Model):
    """A statement that makes or rejects the claim. What is published as the claim's appearance uses `asserts` only."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="appearances")
    stance = models.CharField(max_length=8, choices=Stance)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "statement"], name="appearance_once"),
            models.CheckConstraint(name="appearance_stance_known", condition=Q(stance__in=Stance.values)),
        ]


class SourceChange(models.Model):
    """That an article changed what a claim hangs on: a statement that makes or denies it reads otherwise, or is gone.

    Until somebody has looked, the claim is flagged. `reopened` says that the claim was decided and went back to work.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="source_changes")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="source_changes")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="source_changes")
    what = models.CharField(max_length=8, choices=[("reworded", _("reads otherwise")), ("lost", _("taken out"))])
    at = models.DateTimeField()
    reopened = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "statement", "revision"], name="source_change_once"),
            models.CheckConstraint(name="source_change_known", condition=Q(what__in=("reworded", "lost"))),
            models.CheckConstraint(
                name="source_change_settled_by_somebody",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.what}"
