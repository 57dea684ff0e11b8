"""What lets both sides hold although they seem to clash: room left, another moment, a later count, a day not due."""

from __future__ import annotations

from typing import Final

from ...annotations import Act
from ...lexicon import read_words
from ...normalize import term
from ..sides import Pair

_NOW: Final = frozenset({"now", "later"})
_BARE: Final = 3
_AHEAD: Final = frozenset({Act.PLEDGE, Act.PREDICTION, Act.DEMAND, Act.REFUSAL})


def read_excuses(pair: Pair) -> dict[str, float]:
    """Signs that a pair is a lookalike, each 0 or 1; `excused` where any of them stands."""
    excuses = {
        "leaves_room": float(_leaves_room(pair)),
        "not_due": float(_not_due(pair)),
        "updated": float(_updated(pair)),
        "other_hour": float(pair.other_moment and bool(pair.a.reading.quantities and pair.b.reading.quantities)),
        "other_count": float(_counts_other(pair)),
    }
    return excuses | {"excused": max(excuses.values())}


def _leaves_room(pair: Pair) -> bool:
    """A side on a condition, or hedged; expectations always leave some room, and clash all the same."""
    hedged = pair.a.hedged or pair.b.hedged
    return pair.a.conditional or pair.b.conditional or (hedged and not pair.acts <= _AHEAD)


def _not_due(pair: Pair) -> bool:
    """A report older than the day that a pledge sets."""
    due, told = pair.a.reading.times.deadline, pair.b.statement.published
    ahead = pair.a.statement.act is Act.PLEDGE and pair.b.statement.act not in _AHEAD
    return ahead and due is not None and told is not None and told.date() < due


def _updated(pair: Pair) -> bool:
    """A count that grows, or that stands "now" at something else, told later in another article."""
    if pair.same_article or not pair.later or not (pair.a.reading.quantities and pair.b.reading.quantities):
        return False
    growing = {term(word) for word in read_words("growing_counts")}
    hours = pair.a.reading.times.values("clock") & pair.b.reading.times.values("clock")
    now = not _NOW.isdisjoint((*pair.b.words, *pair.b.opening))
    return now or (bool((pair.a.terms | pair.b.terms) & growing) and not hours)


def _counts_other(pair: Pair) -> bool:
    """Two plain counts, each with a predicate of its own and nothing else in common."""
    counted = {quantity.noun for side in (pair.a, pair.b) for quantity in side.reading.quantities}
    figures = (*pair.a.reading.quantities, *pair.b.reading.quantities)
    both = bool(pair.a.reading.quantities and pair.b.reading.quantities) and not any(one.unit for one in figures)
    told = min(len(pair.a.predicate - counted), len(pair.b.predicate - counted))
    return both and bool(told) and not pair.shared - counted and min(len(pair.a.words), len(pair.b.words)) > _BARE
