from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from factcheck.claims.models.claim import Claim, ClaimQuerySet
from factcheck.claims.models.guideline import Guideline
from factcheck.claims.models.rating import Rating
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class VerdictState(models.TextChoices):
    """Where a verdict stands; only approved is final."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", pgettext_lazy("verdict", "Sent back")


WRITABLE = (VerdictState.DRAFT, VerdictState.SENT_BACK)
COMPLETE = (VerdictState.SUBMITTED, VerdictState.APPROVED)


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Sets of verdicts by name."""

    def readable_by(self, person: User) -> Self:
        """Verdicts on claims that this person may read."""
        return self.filter(claim__in=Claim.objects.readable_by(person))

    def unfinished(self) -> Self:
        """All but the approved."""
        return self.exclude(state=VerdictState.APPROVED)

    def awaiting(self, person: User) -> Self:
        """Submitted verdicts that this person may be the second person for: by role, no author, not yet an approver."""
        desks = desks_reached(person, Action.APPROVE_VERDICT, Reach.DESK)
        waiting = self.readable_by(person).filter(state=VerdictState.SUBMITTED, claim__desk__in=desks)
        return waiting.exclude(approvals__person=person).exclude(Q(solo=False) & Q(authors__person=person))

    def sent_back_to(self, person: User) -> Self:
        """Verdicts that this person wrote and a reviewer sent back."""
        return self.filter(state=VerdictState.SENT_BACK, authors__person=person)

    def claims_left_to(self, person: User) -> ClaimQuerySet:
        """Claims that wait for this person as theirs: not those with a second person, nor those sent back to them."""
        with_others = self.filter(state=VerdictState.SUBMITTED).values("claim")
        own = Claim.objects.readable_by(person).assigned_to(person).unfinished()
        return own.exclude(pk__in=with_others).exclude(pk__in=self.sent_back_to(person).values("claim"))


class Verdict(Followed, Versioned):
    """Rating and reasoning on a claim. Many per claim, at most one not final; evidence and authors hang on it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VerdictState, default=VerdictState.DRAFT)
    rating = models.ForeignKey(Rating, null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(max_length=600, blank=True, default="")
    reasoning = models.TextField(blank=True, default="")
    guideline = models.ForeignKey(Guideline, null=True, on_delete=models.PROTECT, related_name="verdicts")
    solo = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="", help_text="why it was sent back")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="verdict_number_once"),
            models.UniqueConstraint(
                fields=["claim"],
                name="verdict_one_unfinished_per_claim",
                condition=~Q(state=VerdictState.APPROVED),
            ),
            models.CheckConstraint(name="verdict_state_known", condition=Q(state__in=VerdictState.values)),
            models.CheckConstraint(
                name="verdict_complete_when_submitted",
                condition=~Q(state__in=COMPLETE) | (Q(rating__isnull=False) & ~Q(summary="") & ~Q(reasoning="")),
            ),
        ]

    def __str__(self) -> str:
        return f"verdict {self.number} on {self.claim}"

    def get_absolute_url(self) -> str:
        """The page that shows it as readers will see it."""
        return reverse("workbench:verdict", args=[self.pk])

    @property
    def desk_id(self) -> UUID:
        """The desk of its claim."""
        return self.claim.desk_id

    def owner_ids(self) -> frozenset[UUID]:
        """Whoever owns its claim."""
        return self.claim.owner_ids()

    def author_ids(self) -> frozenset[UUID]:
        """Whoever wrote any version of it."""
        return frozenset(self.authors.values_list("person_id", flat=True))


class VerdictAuthor(models.Model):
    """A person who wrote some version of a verdict; such a person may not approve it."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verdict", "person"], name="verdict_author_once")]


class Approval(models.Model):
    """A second person's yes to a verdict as it stands. The database refuses an author's, unless the verdict is solo."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verdict", "person"], name="approval_once_per_person")]
