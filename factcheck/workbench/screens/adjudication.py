"""Adjudication: the claims that wait for it, and one claim's assessments part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from factcheck.claims.models import Assessment, BlindReview, Claim, Rating
from factcheck.claims.models.verdict import WRITABLE
from factcheck.newsroom.models import User
from factcheck.workbench.forms_team import LETTERS, OWN, PARTS, AdjudicationForm
from factcheck.workbench.screens.places import Place, places_of

SHOWN, RECENT = 50, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim whose assessments are all given, and whether its ratings differ."""

    review: BlindReview
    differs: bool


@dataclass(frozen=True, slots=True)
class AdjudicationsScreen:
    """What the list shows; `done` can be taken back."""

    waiting: Sequence[Waiting]
    done: Sequence[BlindReview]

    @property
    def disagreements(self) -> int:
        """On how many reviewers disagree."""
        return sum(one.differs for one in self.waiting)


@dataclass(frozen=True, slots=True)
class Voice:
    """One assessor: the letter under which the page has them."""

    letter: str
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Said:
    """What one assessor says of one part."""

    voice: Voice
    text: str
    rating: Rating | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a verdict with everybody's view of it. Words never count as a disagreement; a rating does."""

    name: str
    label: str
    said: Sequence[Said]
    agree: bool
    chose_own: bool
    own: str
    error: str

    @property
    def is_rating(self) -> bool:
        """Whether it is the rating."""
        return self.name == "rating"


@dataclass(frozen=True, slots=True)
class AdjudicationScreen:
    """What the page shows; no voices as long as assessments are still to come."""

    claim: Claim
    places: Sequence[Place]
    review: BlindReview | None
    given: int
    voices: Sequence[Voice]
    parts: Sequence[Part]
    ratings: Sequence[Rating]
    refusal: str

    @property
    def is_open(self) -> bool:
        """Whether it can be adjudicated now."""
        return self.review is not None and self.review.adjudicated_at is None and bool(self.voices)

    @property
    def differs(self) -> bool:
        """Whether the ratings differ."""
        return any(part.is_rating and not part.agree for part in self.parts)


def adjudications_for(person: User, now: datetime) -> AdjudicationsScreen:
    """Gather the list in a fixed number of queries."""
    recent = BlindReview.objects.filter(adjudicated_by=person, adjudicated_at__gte=now - RECENT)
    undoable = recent.filter(verdict__state__in=WRITABLE).select_related("claim", "verdict__rating")
    readable = undoable.filter(claim__in=Claim.objects.readable_by(person).values("pk"))
    return AdjudicationsScreen(_waiting(person), list(readable.order_by("-adjudicated_at")[:SHOWN]))


def next_to_adjudicate(person: User, after: str) -> Claim | None:
    """The claim with a disagreement that follows another in the list; None where there is none."""
    claims = [one.review.claim for one in _waiting(person) if one.differs]
    ids = [str(claim.pk) for claim in claims]
    following = claims[ids.index(after) + 1 :] if after in ids else claims
    return next(iter(following), None)


def adjudication_for(
    claim: Claim, assessments: Sequence[Assessment], form: AdjudicationForm | None
) -> AdjudicationScreen:
    """Gather the page; `form` is what was refused, shown again with what it brought."""
    voices = [Voice(letter, row) for letter, row in zip(LETTERS, assessments, strict=False)]
    labels = {"rating": _("Rating"), "summary": _("In one sentence"), "reasoning": _("Reasoning")}
    other = " ".join(str(error) for error in form.non_field_errors()) if form else ""
    return AdjudicationScreen(
        claim=claim,
        places=places_of(claim),
        review=BlindReview.objects.filter(claim=claim).select_related("adjudicated_by").first(),
        given=claim.assessments.given().count(),
        voices=voices,
        parts=[_part(name, labels[name], voices, form) for name in PARTS] if voices else [],
        ratings=list(Rating.objects.on_offer(claim.desk)),
        refusal=other,
    )


def _waiting(person: User) -> list[Waiting]:
    """Those with a disagreement first, then the longest waiting."""
    reviews = BlindReview.objects.to_adjudicate(person).select_related("claim").order_by("asked_at", "pk")[:SHOWN]
    found = list(reviews)
    ratings = Assessment.objects.given().filter(claim__in=[review.claim_id for review in found]).values("claim")
    differing = ratings.annotate(steps=Count("rating", distinct=True)).filter(steps__gt=1)
    split = set(differing.values_list("claim", flat=True))
    return sorted((Waiting(review, review.claim_id in split) for review in found), key=lambda one: not one.differs)


def _part(name: str, label: str, voices: Sequence[Voice], form: AdjudicationForm | None) -> Part:
    values = [getattr(voice.assessment, name) for voice in voices]
    agree = len({getattr(value, "pk", value) for value in values}) == 1
    first = LETTERS[0] if agree or name != "rating" else ""  # where ratings differ, somebody has to choose
    chosen = _brought(form, f"{name}_from") or first
    said = [
        Said(voice, str(value), value if isinstance(value, Rating) else None, chosen == voice.letter)
        for voice, value in zip(voices, values, strict=True)
    ]
    wrong = f"{_error(form, f'{name}_from')} {_error(form, f'own_{name}')}".strip()
    return Part(name, label, said, agree, chosen == OWN, _brought(form, f"own_{name}"), wrong)


def _brought(form: AdjudicationForm | None, field: str) -> str:
    return str(form.data.get(field, "")) if form else ""


def _error(form: AdjudicationForm | None, field: str) -> str:
    return " ".join(str(error) for error in form.errors.get(field, [])) if form else ""
