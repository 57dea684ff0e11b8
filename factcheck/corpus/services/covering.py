"""A dismissal covers every copy of the same words: those it was made on, and those its sides have by now.

A new reading may move a statement's edges by a word or two. The pair stays dismissed, being the same row; so shall a
copy in another article, whichever of the two readings it comes from.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, Q, UUIDField

from factcheck.corpus.models import ConflictPair, PairStatus, Statement
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.ledger.settled import Place, Settled

DECIDED = ("status", "decision", "decided_by_id", "decided_at")
OPEN = (PairStatus.SUGGESTED, PairStatus.HELD, PairStatus.PARKED)
SIDES = ("a__speaker", "b__speaker")

Decided = Mapping[str, object]


def find_covers(desk_id: UUID, pairs: Collection[ConflictPair]) -> dict[UUID, Decided]:
    """By pair, what a dismissal of its words makes of it; give the pairs with their sides and speakers."""
    replaced = {pair.pk: standing_of(pair) for pair in pairs}
    words = {pair.pk: _wordings(pair) for pair in pairs}
    dismissed = ConflictPair.objects.filter(
        desk_id=desk_id, status=PairStatus.DISMISSED, covered_by__isnull=True
    ).exclude(pk__in=words)
    by_words = {
        wording: pair
        for pair in _alike(dismissed, pairs).select_related(*SIDES).order_by("-decided_at", "pk")
        for wording in _wordings(pair)
    }
    found = ((pk, next((by_words[one] for one in own if one in by_words), None)) for pk, own in words.items())
    return {pk: {**covered_by(pair), "replaced": replaced[pk]} for pk, pair in found if pair}


def covered_by(pair: ConflictPair) -> dict[str, object]:
    """What a dismissed pair makes of a copy of its words."""
    return {"covered_by": pair, **{name: getattr(pair, name) for name in DECIDED}}


def standing_of(pair: ConflictPair) -> dict[str, Any] | None:
    """The decision that stands on a pair, as JSON values, with the one that it replaced; None where none does."""
    if not pair.decision:
        return None
    who, at = str(pair.decided_by_id), pair.decided_at.isoformat() if pair.decided_at else None
    cover = str(pair.covered_by_id) if pair.covered_by_id else None
    said = {"decision": pair.decision, "kind": pair.kind, "by": who, "at": at, "covered_by": cover}
    return {**said, "replaced": pair.replaced}


def open_copies_of(pair: ConflictPair) -> list[ConflictPair]:
    """Those other pairs of the desk that say the same and wait for a decision."""
    own = _wordings(pair)
    others = _OPEN_ALIKE.ask(pair.desk_id, pair.pk, *own, pair.a.content_key, pair.b.content_key)
    return [other for other in others if {*own} & {*_wordings(other)}]


def _wordings(pair: ConflictPair) -> Sequence[str]:
    """The fingerprint that it was stored with, and that of its sides' words now."""
    return pair.fingerprint, ConflictPair.fingerprint_of(pair.a, pair.b)


def _alike(pairs: ConflictPairQuerySet, like: Collection[ConflictPair]) -> ConflictPairQuerySet:
    """Those that were stored with the words of some of these, or have them now; a few more than really do."""
    keys = {side.content_key for pair in like for side in (pair.a, pair.b)}
    return _with_words(pairs, {wording for pair in like for wording in _wordings(pair)}, keys)


def _with_words(pairs: ConflictPairQuerySet, wordings: Collection[Any], keys: Collection[Any]) -> ConflictPairQuerySet:
    said = Statement.objects.filter(content_key__in=keys).values("pk")
    return pairs.filter(Q(fingerprint__in=wordings) | Q(a__in=said, b__in=said))


def _make_open_alike() -> ConflictPairQuerySet:
    others = ConflictPair.objects.filter(status__in=OPEN, desk=Place(0, UUIDField())).exclude(pk=Place(1, UUIDField()))
    wordings, keys = ([Place(number, CharField()) for number in numbers] for numbers in ((2, 3), (4, 5)))
    return _with_words(others, wordings, keys).select_related(*SIDES)


_OPEN_ALIKE: Final = Settled[ConflictPair](_make_open_alike)  # every dismissal asks
