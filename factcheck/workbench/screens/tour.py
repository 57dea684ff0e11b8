"""The first-run tour: a few steps on the inbox, one at a time, put away for good by one button."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.looks import MOST_STEPS
from factcheck.newsroom.models import User
from factcheck.workbench.keys import Words


@dataclass(frozen=True, slots=True)
class Step:
    """What one sees, and where."""

    title: Words
    words: Words
    view: str
    link: Words

    @property
    def address(self) -> str:
        """Where it is."""
        return reverse(self.view)


STEPS = (
    Step(
        _("Read an article"),
        _("Each article shows in place who says what, a tint for each speaker; the margin says how we know."),
        "admin:corpus_article_changelist",
        _("See the articles"),
    ),
    Step(
        _("Decide a conflict"),
        _("Two statements that, it seems, cannot both hold, side by side. The keys 1 to 6 decide, z takes it back."),
        "workbench:conflict-next",
        _("Decide the first"),
    ),
    Step(
        _("Check a claim"),
        _("From a conflict, c opens a claim. Rate it, reason, cite evidence, submit: a second person approves."),
        "admin:claims_claim_changelist",
        _("See the claims"),
    ),
    Step(
        _("Make it yours"),
        _("Theme, time zone and keys are your own. The key ? shows every key of the page that you are on."),
        "workbench:account",
        _("Open your account"),
    ),
)


@dataclass(frozen=True, slots=True)
class Tour:
    """The step at which a person is."""

    step: Step
    number: int

    @property
    def of(self) -> int:
        """How many steps there are."""
        return len(STEPS)

    @property
    def place(self) -> int:
        """The step's number, from 1."""
        return self.number + 1

    @property
    def is_last(self) -> bool:
        """Whether none follows."""
        return self.place == len(STEPS)

    @property
    def end(self) -> int:
        """The step that puts the tour away."""
        return MOST_STEPS


def tour_of(person: User) -> Tour | None:
    """Where this person is on the tour; None where it is put away."""
    number = person.tour_step
    return Tour(STEPS[number], number) if number < len(STEPS) else None
