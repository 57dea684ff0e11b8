"""The page of a desk's guidelines and rating scales: a version, and the forms that make the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from factcheck.claims.models import Guideline, Rating, RatingScale, Tone
from factcheck.claims.services.guidelines import current_guideline
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.forms import STEPS

SPARE = 2  # empty rows for new steps


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the form of a scale."""

    number: int
    label: str = ""
    tone: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale in force, its steps, and the rows of the form that makes the next version."""

    scale: RatingScale
    ratings: Sequence[Rating]
    rows: Sequence[Step]
    version: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class GuidelinesScreen:
    """What the page shows."""

    desk: Desk
    shown: Guideline | None
    versions: Sequence[Guideline]
    scales: Sequence[Scale]
    may_edit: bool
    number: int
    text: str
    refusal: str

    @property
    def tones(self) -> Sequence[tuple[str, str]]:
        """What a step may stand for."""
        return [(value, str(label)) for value, label in Tone.choices]

    @property
    def is_newest(self) -> bool:
        """Whether the version shown is the one in force."""
        return self.shown is None or self.shown == self.versions[0]


@dataclass(frozen=True, slots=True)
class Refused:
    """A revision that was refused: what it brought and why not."""

    why: str = ""
    text: str = ""
    scale: RatingScale | None = None
    data: Mapping[str, str] = field(default_factory=dict)


def guidelines_for(
    desk: Desk, person: User, number: int | None = None, refused: Refused | None = None
) -> GuidelinesScreen:
    """Gather the page; `number` chooses an earlier version."""
    brought = refused or Refused()
    versions = list(Guideline.objects.filter(desk=desk).select_related("written_by").order_by("-number"))
    newest = current_guideline(desk)
    shown = next((row for row in versions if row.number == number), newest)
    return GuidelinesScreen(
        desk=desk,
        shown=shown,
        versions=versions,
        scales=[_scale(scale, brought) for scale in RatingScale.objects.in_force(desk).prefetch_related("ratings")],
        may_edit=may(person, Action.EDIT_GUIDELINES, desk),
        number=newest.number if newest else 0,
        text=brought.text or (newest.text if newest else ""),
        refusal="" if brought.scale else brought.why,
    )


def _scale(scale: RatingScale, brought: Refused) -> Scale:
    ratings = list(scale.ratings.all())
    if brought.scale == scale:
        rows = [_typed(number, brought.data) for number in STEPS]
        return Scale(scale, ratings, rows, scale.version, brought.why)
    steps = [Step(n, row.label, row.tone, row.definition) for n, row in enumerate(ratings, start=1)]
    spare = [Step(number) for number in STEPS[len(steps) : len(steps) + SPARE]]
    return Scale(scale, ratings, [*steps, *spare], scale.version)


def _typed(number: int, data: Mapping[str, str]) -> Step:
    return Step(number, *(str(data.get(f"{part}_{number}", "")) for part in ("label", "tone", "definition")))
