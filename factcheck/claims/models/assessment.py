from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models.claim import Claim
from factcheck.claims.models.rating import Rating
from factcheck.claims.models.verdict import Verdict
from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Versioned
from factcheck.newsroom.models import User
from factcheck.newsroom.models.desk import MOST_ASSESSORS
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class AssessmentState(models.TextChoices):
    """Where an assessment stands; what is given stays as it is."""

    DRAFT = "draft", _("draft")
    GIVEN = "given", _("given")


class BlindReviewQuerySet(models.QuerySet["BlindReview"]):
    """Sets of blind reviews by name."""

    def open(self) -> Self:
        """Those that nobody has adjudicated: no verdict is written meanwhile."""
        return self.filter(adjudicated_at__isnull=True)

    def with_given(self) -> Self:
        """Each with the number of assessments that are `given`."""
        given = Count("claim__assessments", filter=Q(claim__assessments__state=AssessmentState.GIVEN))
        return self.annotate(given=given)

    def complete(self) -> Self:
        """Those of which all assessments are given."""
        return self.with_given().filter(given__gte=F("wanted"))

    def to_adjudicate(self, person: User) -> Self:
        """Complete ones that this person may adjudicate."""
        leads = desks_reached(person, Action.ADJUDICATE, Reach.DESK)
        claims = Claim.objects.readable_by(person).unfinished().filter(desk__in=leads)
        return self.open().complete().filter(claim__in=claims.values("pk"))


class BlindReview(Versioned):
    """That a claim is assessed by several people, none of whom sees another's before all have given theirs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="blind_review")
    wanted = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    adjudicated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    adjudicated_at = models.DateTimeField(null=True)
    verdict = models.ForeignKey(Verdict, null=True, on_delete=models.PROTECT, related_name="+")

    objects = BlindReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="blind_review_asks_several", condition=Q(wanted__gte=2, wanted__lte=MOST_ASSESSORS)
            ),
            models.CheckConstraint(
                name="blind_review_adjudicated_by_somebody",
                condition=Q(adjudicated_at__isnull=True, adjudicated_by__isnull=True, verdict__isnull=True)
                | Q(adjudicated_at__isnull=False, adjudicated_by__isnull=False, verdict__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"blind review of {self.claim}"

    @property
    def desk_id(self) -> UUID:
        """The desk of its claim."""
        return self.claim.desk_id


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Sets of assessments by name."""

    def given(self) -> Self:
        """Those that are given."""
        return self.filter(state=AssessmentState.GIVEN)

    def shown(self) -> Self:
        """Those that anybody but their author may see: given ones of claims of which all are given."""
        return self.given().filter(claim__blind_review__in=BlindReview.objects.complete().values("pk"))


class Assessment(Versioned):
    """One reviewer's rating and reasoning on a claim; nobody else sees it before all that were asked for are given."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=AssessmentState, default=AssessmentState.DRAFT)
    rating = models.ForeignKey(Rating, null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(max_length=600, blank=True, default="")
    reasoning = models.TextField(blank=True, default="")
    saved_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "person"], name="assessment_once_per_person"),
            models.CheckConstraint(name="assessment_state_known", condition=Q(state__in=AssessmentState.values)),
            models.CheckConstraint(
                name="assessment_complete_when_given",
                condition=Q(state=AssessmentState.DRAFT, given_at__isnull=True)
                | (
                    Q(state=AssessmentState.GIVEN, given_at__isnull=False, rating__isnull=False)
                    & ~Q(summary="")
                    & ~Q(reasoning="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"assessment of {self.claim} by {self.person}"
