"""The conflict page: two sides, what is between them, and where the queue goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, Case, FloatField, Func, IntegerField, Q, QuerySet, UUIDField, When

from factcheck.claims.services.queues import not_with_others
from factcheck.corpus.models import Article, ConflictPair, Decision, PairStatus
from factcheck.corpus.models.article import may_read
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.services import groups
from factcheck.corpus.services.covering import OPEN
from factcheck.corpus.services.relays import note_chains
from factcheck.corpus.services.trust import Trust, count_trust_of
from factcheck.ledger.settled import Place, Settled, number_of
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.newsroom.standing import SettledFor
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
    places: Sequence[Sequence[groups.Place]]
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
    waits, at = pair.status == PairStatus.SUGGESTED, (pair.score, pair.created_seq, pair.pk)
    same_speaker = pair.a.speaker_id == pair.b.speaker_id
    note_chains([pair.a, pair.b])
    waiting, better = _PLACE.ask(person, *at)[0] if waits else (_WAITING.ask(person)[0], -1)
    return ConflictScreen(
        pair=pair,
        a=side_of(pair.a, pair.marks.get("a", []), tint=1),
        b=side_of(pair.b, pair.marks.get("b", []), tint=1 if same_speaker else 2),
        choices=[Choice(decision, key, pair.decision == decision) for key, decision in enumerate(Decision, start=1)],
        kinds=KINDS,
        place=better + 1,
        waiting=waiting,
        previous=_first_of(_BEFORE.ask(person, *at)) if waits else None,
        following=_first_of(_BEHIND.ask(person, *at) if waits else _FIRST.ask(person)),
        alike=count_trust_of(pair),
        places=groups.places_of_each([pair.a, pair.b], person),
        changed=_changed_since(pair),
        may_decide=may(person, Action.DECIDE_PAIR, pair),
        may_open_claim=may(person, Action.OPEN_CLAIM, pair),
    )


def _changed_since(pair: ConflictPair) -> list[Article]:
    """The articles of the pair that have another text by now than when it was decided."""
    articles = {pair.a.article, pair.b.article}
    return [one for one in articles if pair.decided_at and one.revised_at and one.revised_at > pair.decided_at]


def find_pair(pk: UUID, person: User) -> ConflictPair | None:
    """A pair of which this person may read both articles, with both sides."""
    pair = _first_of(_ONE.ask(pk))
    return pair if pair and all(may_read(person, side.article) for side in (pair.a, pair.b)) else None


def next_in_queue(person: User, after: ConflictPair | None = None) -> ConflictPair | None:
    """The pair that follows in the queue, the first one after the last; None where no other waits."""
    following = _BEHIND.ask(person, after.score, after.created_seq, after.pk) if after else []
    return _first_of(following or [pair for pair in _FIRST.ask(person) if pair != after])


def _first_of(pairs: Sequence[ConflictPair]) -> ConflictPair | None:
    return pairs[0] if pairs else None


def _waiting(person: User) -> ConflictPairQuerySet:
    return not_with_others(ConflictPair.objects.readable_by(person).awaiting_editor(), person)


def _in_order(person: User) -> ConflictPairQuerySet:
    """The same for whoever wants the first of them."""
    waiting = ConflictPair.objects.readable_one_by_one(person).awaiting_editor()
    return not_with_others(waiting, person).best_first()


def _counted(person: User) -> QuerySet[Any]:
    """How many wait, and how many of them before a place."""
    before = Case(When(_IS_BEFORE, then=1))
    counts = (Func(what, function="COUNT", output_field=IntegerField()) for what in ("pk", before))
    return _waiting(person).order_by().values_list(*counts)


# The queue's order as conditions (`best_first`), so that five thousand waiting pairs need not be read to find two.
_ID = Place(0, UUIDField())
_SCORE, _SEQ, _PK = Place(0, FloatField()), Place(1, BigIntegerField()), Place(2, UUIDField())
_IS_BEFORE = Q(score__gt=_SCORE) | Q(score=_SCORE) & (Q(created_seq__lt=_SEQ) | Q(created_seq=_SEQ, pk__lt=_PK))
_IS_BEHIND = Q(score__lt=_SCORE) | Q(score=_SCORE) & (Q(created_seq__gt=_SEQ) | Q(created_seq=_SEQ, pk__gt=_PK))

_ONE = Settled[ConflictPair](lambda: ConflictPair.objects.with_sides().filter(pk=_ID))
_FIRST = SettledFor[ConflictPair](lambda person: _in_order(person)[:2])
_BEFORE = SettledFor[ConflictPair](lambda person: _in_order(person).filter(_IS_BEFORE).reverse()[:1])
_BEHIND = SettledFor[ConflictPair](lambda person: _in_order(person).filter(_IS_BEHIND)[:1])
_WAITING = SettledFor[int](lambda person: number_of(_waiting(person)))
_PLACE = SettledFor[tuple[int, int]](_counted)


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
