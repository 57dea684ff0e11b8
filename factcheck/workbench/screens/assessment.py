"""The page of one's own blind assessment. It knows of the others how many are given, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.models import (
    Assessment,
    AssessmentState,
    Assignment,
    BlindReview,
    Claim,
    Guideline,
    Purpose,
    Rating,
)
from factcheck.claims.services.guidelines import current_guideline
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.forms_team import AssessmentForm
from factcheck.workbench.screens.places import Place, places_of


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the form: the saved draft, or what a refused save brought."""

    version: int
    rating_id: str
    summary: str
    reasoning: str


@dataclass(frozen=True, slots=True)
class AssessmentScreen:
    """What the page shows."""

    claim: Claim
    places: Sequence[Place]
    review: BlindReview | None
    given: int
    mine: Assessment | None
    assignment: Assignment | None
    ratings: Sequence[Rating]
    guideline: Guideline | None
    written: Written
    refusal: str
    theirs: Assessment | None
    may_adjudicate: bool

    @property
    def is_given(self) -> bool:
        """Whether this person has given theirs."""
        return self.mine is not None and self.mine.state == AssessmentState.GIVEN

    @property
    def is_complete(self) -> bool:
        """Whether all are given."""
        return self.review is not None and self.given >= self.review.wanted

    @property
    def is_open(self) -> bool:
        """Whether assessments are asked for and not adjudicated."""
        return self.review is not None and self.review.adjudicated_at is None


def assessment_for(
    claim: Claim, person: User, *, unsaved: AssessmentForm | None = None, refusal: Refusal | None = None
) -> AssessmentScreen:
    """Gather the page; `unsaved` and `refusal` are a save that was refused, shown again with what it brought."""
    mine = claim.assessments.filter(person=person).select_related("rating").first()
    saved = Written(mine.version, str(mine.rating_id or ""), mine.summary, mine.reasoning) if mine else _nothing()
    held = Assignment.objects.on(claim).of(person).filter(purpose=Purpose.ASSESS)
    return AssessmentScreen(
        claim=claim,
        places=places_of(claim),
        review=BlindReview.objects.filter(claim=claim).select_related("asked_by").first(),
        given=claim.assessments.given().count(),
        mine=mine,
        assignment=held.first(),
        ratings=list(Rating.objects.on_offer(claim.desk)),
        guideline=current_guideline(claim.desk),
        written=_brought(unsaved, saved) if unsaved else saved,
        refusal=str(refusal) if refusal else "",
        theirs=mine if isinstance(refusal, StaleVersion) else None,
        may_adjudicate=may(person, Action.ADJUDICATE, claim),
    )


def _nothing() -> Written:
    return Written(1, "", "", "")


def _brought(form: AssessmentForm, saved: Written) -> Written:
    brought = {name: str(form.data.get(name, "")) for name in ("summary", "reasoning")}
    return Written(version=saved.version, rating_id=str(form.data.get("rating", "")), **brought)
