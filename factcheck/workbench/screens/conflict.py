"""The conflict page: two sides, what is between them, and where the queue goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q

from factcheck.claims.services.queues import not_with_others
from factcheck.corpus.models import Article, ConflictPair, Decision, PairStatus
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.services.covering import OPEN
from factcheck.corpus.services.groups import Place, places_of
from factcheck.corpus.services.relays import note_chains
from factcheck.corpus.services.trust import Trust, count_trust_of
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.forms import KINDS
from factcheck.workbench.screens.sides import Side, side_of

SHOWN = 50  # dismissed pairs on a page


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
    alike: Trust | None
    places: Sequence[Sequence[Place]]
    changed: Sequence[Article]
    may_decide: bool
    may_open_claim: bool

    @property
    def is_open(self) -> bool:
        """Whether the pair can be decided."""
        return self.pair.status in OPEN

    @property
    def is_obsolete(self) -> bool:
        """Whether a side is gone."""
        return self.pair.status == PairStatus.OBSOLETE


def conflict_for(pair: ConflictPair, person: User) -> ConflictScreen:
    """Gather the page of a pair; the queue around it is what this person may read, best first."""
    queue, waits = _queue(person), pair.status == PairStatus.SUGGESTED
    same_speaker = pair.a.speaker_id == pair.b.speaker_id
    note_chains([pair.a, pair.b])
    return ConflictScreen(
        pair=pair,
        a=side_of(pair.a, pair.marks.get("a", []), tint=1),
        b=side_of(pair.b, pair.marks.get("b", []), tint=1 if same_speaker else 2),
        choices=[Choice(decision, key, pair.decision == decision) for key, decision in enumerate(Decision, start=1)],
        kinds=KINDS,
        place=queue.filter(_before(pair)).count() + 1 if waits else 0,
        waiting=queue.count(),
        previous=queue.filter(_before(pair)).reverse().first() if waits else None,
        following=queue.filter(_behind(pair)).first() if waits else queue.first(),
        alike=count_trust_of(pair),
        places=[places_of(pair.a, person), places_of(pair.b, person)],
        changed=_changed_since(pair),
        may_decide=may(person, Action.DECIDE_PAIR, pair),
        may_open_claim=may(person, Action.OPEN_CLAIM, pair),
    )


def _changed_since(pair: ConflictPair) -> list[Article]:
    """The articles of the pair that have another text by now than when it was decided."""
    articles = {pair.a.article, pair.b.article}
    return [one for one in articles if pair.decided_at and one.revised_at and one.revised_at > pair.decided_at]


def next_in_queue(person: User, after: ConflictPair | None = None) -> ConflictPair | None:
    """The pair that follows in the queue, the first one after the last; None where no other waits."""
    queue = _queue(person)
    if after is None:
        return queue.first()
    return queue.filter(_behind(after)).first() or queue.exclude(pk=after.pk).first()


def _queue(person: User) -> ConflictPairQuerySet:
    waiting = ConflictPair.objects.readable_by(person).awaiting_editor()
    return not_with_others(waiting, person).best_first()


# The queue's order as conditions (`best_first`), so that five thousand waiting pairs need not be read to find two.
def _before(pair: ConflictPair) -> Q:
    same = Q(score=pair.score)
    earlier = Q(created_seq__lt=pair.created_seq) | Q(created_seq=pair.created_seq, pk__lt=pair.pk)
    return Q(score__gt=pair.score) | (same & earlier)


def _behind(pair: ConflictPair) -> Q:
    same = Q(score=pair.score)
    later = Q(created_seq__gt=pair.created_seq) | Q(created_seq=pair.created_seq, pk__gt=pair.pk)
    return Q(score__lt=pair.score) | (same & later)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A dismissed pair, and whether this person may bring it back."""

    pair: ConflictPair
    may_bring_back: bool


@dataclass(frozen=True, slots=True)
class HiddenScreen:
    """The dismissed pairs of a page of the list, the last decided first."""

    pairs: Sequence[Hidden]
    page: Page[ConflictPair]


def hidden_for(person: User, number: str) -> HiddenScreen:
    """Gather what was dismissed, why and by whom."""
    dismissed = ConflictPair.objects.readable_by(person).dismissed().with_sides().order_by("-decided_at", "id")
    page = Paginator(dismissed, SHOWN).get_page(number)
    return HiddenScreen([Hidden(pair, may(person, Action.DECIDE_PAIR, pair)) for pair in page], page)
