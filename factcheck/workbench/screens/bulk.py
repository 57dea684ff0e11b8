"""A bulk act: what it would do, and how far it is."""

from dataclasses import dataclass

from factcheck.corpus.services.bulk import Outcome, Plan, outcome_of
from factcheck.ledger.models import Job, JobState
from factcheck.workbench.forms_lists import VERBS, BulkForm
from factcheck.workbench.keys import Words

WORDS = {verb: words for verbs in VERBS.values() for verb, words in verbs.items()}


@dataclass(frozen=True, slots=True)
class PlanScreen:
    """What would be done; `form` carries the choice on. `was` where it is another number than was said before."""

    plan: Plan
    form: BulkForm
    was: int | None = None

    @property
    def words(self) -> Words:
        """What would be done."""
        return WORDS[self.plan.verb]

    @property
    def count(self) -> int:
        """To how many."""
        return len(self.plan.rows)


@dataclass(frozen=True, slots=True)
class RunScreen:
    """How far a run is."""

    run: Job
    outcome: Outcome
    is_taken_back: bool

    @property
    def words(self) -> Words:
        """What is done."""
        return WORDS[self.run.parameters["verb"]]

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
    return RunScreen(run, outcome_of(run), run.children.exists())
