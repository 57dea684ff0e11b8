"""The conflict page: two sides, what is between them, and where the queue goes on."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from factcheck.claims.services.queues import not_with_others
from factcheck.corpus.models import ConflictPair, Decision, PairStatus
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.services.pairing import OPEN
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.forms import KINDS
from factcheck.workbench.screens.sides import Side, side_of
from factcheck.workbench.undo import LastDecision, last_decision


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision, its key, and whether it is the one that was taken."""

    decision: Decision
    key: int
    is_taken: bool


@dataclass(frozen=True, slots=True)
class ConflictScreen:
    """What the conflict page shows."""

    pair: ConflictPair
    a: Side
    b: Side
    choices: list[Choice]
    kinds: list[tuple[str, str]]
    place: int
    waiting: int
    previous: ConflictPair | None
    following: ConflictPair | None
    may_decide: bool
    may_open_claim: bool
    undo: LastDecision | None

    @property
    def is_open(self) -> bool:
        """Whether the pair can be decided."""
        return self.pair.status in OPEN

    @property
    def is_obsolete(self) -> bool:
        """Whether a side is gone."""
        return self.pair.status == PairStatus.OBSOLETE


def conflict_for(pair: ConflictPair, person: User, session: SessionBase) -> ConflictScreen:
    """Gather the page of a pair; the queue around it is what this person may read, best first."""
    queue = list(_queue(person).values_list("pk", flat=True))
    place = queue.index(pair.pk) if pair.pk in queue else -1
    before, after = _around(queue, place)
    near = ConflictPair.objects.in_bulk([pk for pk in (before, after) if pk])
    same_speaker = pair.a.speaker_id == pair.b.speaker_id
    return ConflictScreen(
        pair=pair,
        a=side_of(pair.a, pair.marks.get("a", []), tint=1),
        b=side_of(pair.b, pair.marks.get("b", []), tint=1 if same_speaker else 2),
        choices=[Choice(decision, key, pair.decision == decision) for key, decision in enumerate(Decision, start=1)],
        kinds=KINDS,
        place=place + 1,
        waiting=len(queue),
        previous=near.get(before) if before else None,
        following=near.get(after) if after else None,
        may_decide=may(person, Action.DECIDE_PAIR, pair),
        may_open_claim=may(person, Action.OPEN_CLAIM, pair),
        undo=last_decision(session),
    )


def next_in_queue(person: User, after: ConflictPair | None = None) -> ConflictPair | None:
    """The pair that follows in the queue, the first one after the last; None where no other waits."""
    queue = list(_queue(person).values_list("pk", flat=True))
    others = [pk for pk in queue if after is None or pk != after.pk]
    if not others:
        return None
    place = queue.index(after.pk) if after is not None and after.pk in queue else 0
    return ConflictPair.objects.get(pk=others[place if place < len(others) else 0])


def _queue(person: User) -> ConflictPairQuerySet:
    waiting = ConflictPair.objects.readable_by(person).awaiting_editor()
    return not_with_others(waiting, person).best_first()


def _around(queue: list[UUID], place: int) -> tuple[UUID | None, UUID | None]:
    if place < 0:
        return None, queue[0] if queue else None
    before = queue[place - 1] if place > 0 else None
    return before, queue[place + 1] if place + 1 < len(queue) else None
