"""A bulk act: what it would do, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.models import Tag
from factcheck.corpus.services.bulk import Outcome, Plan, outcome_of
from factcheck.corpus.services.bulk_verbs import VERBS as BULK_VERBS
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import people_who_may
from factcheck.workbench.forms_lists import VERBS, BulkForm
from factcheck.workbench.keys import Words
from factcheck.workbench.screens.team import MOST_TAGS

WORDS = {verb: words for verbs in VERBS.values() for verb, words in verbs.items()}


@dataclass(frozen=True, slots=True)
class PlanScreen:
    """What would be done; `form` carries the choice on. `was` where it is another number than was said before."""

    plan: Plan
    form: BulkForm
    was: int | None
    asks: str
    people: Sequence[User]
    tags: Sequence[Tag]

    @property
    def words(self) -> Words:
        """What would be done."""
        return WORDS[self.plan.verb]

    @property
    def count(self) -> int:
        """To how many."""
        return len(self.plan.rows)


def plan_screen(plan: Plan, form: BulkForm, was: int | None = None) -> PlanScreen:
    """Gather the page of a plan: with the colleagues or the tags to choose from, where the verb asks for one."""
    verb = BULK_VERBS[plan.verb]
    people = list(people_who_may(verb.takers, plan.desk.pk)) if verb.takers else []
    tags = list(Tag.objects.filter(desk=plan.desk).order_by("name")[:MOST_TAGS]) if verb.asks == "tag" else []
    return PlanScreen(plan, form, was, verb.asks, people, tags)


@dataclass(frozen=True, slots=True)
class RunScreen:
    """How far a run is."""

    run: Job
    words: str
    outcome: Outcome
    is_taken_back: bool

    @property
    def takes_back(self) -> bool:
        """Whether it takes an earlier run back."""
        return self.run.parent_id is not None

    @property
    def may_undo(self) -> bool:
        """Whether it can be taken back."""
        return not (self.run.is_open or self.takes_back or self.is_taken_back) and self.outcome.done > 0

    @property
    def may_redo(self) -> bool:
        """Whether what it took back can be done again."""
        return self.takes_back and not self.run.is_open and self.outcome.done > 0

    @property
    def was_stopped(self) -> bool:
        """Whether somebody cancelled it."""
        return self.run.state == JobState.CANCELLED


def run_screen(run: Job) -> RunScreen:
    """Gather the page of a run."""
    return RunScreen(run, words_of(run), outcome_of(run), run.children.exists())


def words_of(run: Job) -> str:
    """What a run does, with what was chosen: Assign to a colleague: Ben."""
    verb, choice = run.parameters["verb"], run.parameters.get("choice", "")
    if BULK_VERBS[verb].asks == "person":
        choice = str(User.objects.filter(pk=choice).first() or "")
    return f"{WORDS[verb]}: {choice}" if choice else str(WORDS[verb])
