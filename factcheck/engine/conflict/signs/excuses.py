"""What lets both sides hold although they seem to clash: room left, another moment or count, a day not due."""

from __future__ import annotations

from typing import Final

from ...annotations import Act
from ...lexicon import read_words
from ...normalize import term
from ..sides import Pair, Side
from .polarity import is_against, negated_share

_NOW: Final = frozenset({"now", "later"})
_BARE: Final = 3
_SAME: Final = 0.5
_COUNT_TERMS: Final = frozenset(map(term, ("number", "figure", "total", "count", "toll", "tally", "sum")))
_AHEAD: Final = frozenset({Act.PLEDGE, Act.PREDICTION, Act.DEMAND, Act.REFUSAL})


def read_excuses(pair: Pair) -> dict[str, float]:
    """Signs that a pair is a lookalike, each 0 or 1; `excused` where any of them stands."""
    excuses = {
        "leaves_room": float(_leaves_room(pair)),
        "not_due": float(_not_due(pair)),
        "updated": float(_updated(pair)),
        "other_hour": float(pair.other_moment and bool(pair.a.reading.quantities and pair.b.reading.quantities)),
        "other_count": float(_counts_other(pair)),
        "both_deny": float(_both_deny(pair)),
    }
    return excuses | {"excused": max(excuses.values())}


def _leaves_room(pair: Pair) -> bool:
    """A side on a condition, or hedged; of expectations only one that is both ("it could fail if the rain goes on").

    Expectations always leave some room, and clash all the same.
    """
    if pair.acts <= _AHEAD:
        return any(side.conditional and side.hedged for side in (pair.a, pair.b))
    return any(side.conditional or side.hedged for side in (pair.a, pair.b))


def _not_due(pair: Pair) -> bool:
    """A report older than the day that a pledge sets."""
    due, told = pair.a.reading.times.deadline, pair.b.statement.said_day
    ahead = pair.a.statement.act is Act.PLEDGE and pair.b.statement.act not in _AHEAD
    return ahead and due is not None and told is not None and told < due


def _updated(pair: Pair) -> bool:
    """A count that grows, or that stands "now" at something else, told at a later time."""
    if not pair.later or not (pair.a.reading.quantities and pair.b.reading.quantities):
        return False
    growing = {term(word) for word in read_words("growing_counts")}
    hours = pair.a.reading.times.values("clock") & pair.b.reading.times.values("clock")
    now = not _NOW.isdisjoint((*pair.b.words, *pair.b.opening))
    return now or (bool((pair.a.terms | pair.b.terms) & growing) and not hours)


def _counts_other(pair: Pair) -> bool:
    """Two plain counts, each with a predicate of its own and nothing else in common."""
    counted = {quantity.noun for side in (pair.a, pair.b) for quantity in side.reading.quantities}
    told = min(len(pair.a.predicate - counted), len(pair.b.predicate - counted))
    both = _counts(pair.a) and _counts(pair.b)
    return both and bool(told) and not pair.shared - counted and min(len(pair.a.words), len(pair.b.words)) > _BARE


def _both_deny(pair: Pair) -> bool:
    """Both deny the same, once: nothing that one denies the other affirms, and no figure stands against another."""
    a, b = pair.a, pair.b
    both = is_against(a) and is_against(b) and pair.overlap >= _SAME
    figures = bool(a.reading.quantities and b.reading.quantities)
    double = a.reading.polarity.double or b.reading.polarity.double
    return both and not figures and not double and not negated_share(pair)


def _counts(side: Side) -> bool:
    """Whether a side counts something of its own: no measure, no "not one", no "the true number is 13"."""
    figures = side.reading.quantities
    none = side.negative and all(figure.value <= 1 for figure in figures)
    return bool(figures) and not any(figure.unit for figure in figures) and not none and not _takes_up_count(side)


def _takes_up_count(side: Side) -> bool:
    """Whether a side only gives the figure of what was counted before: "put the number at 13", "it was 13"."""
    says = any(word.tag.startswith("V") for word in side.reading.words)
    return not says or not _COUNT_TERMS.isdisjoint(side.cue_terms | side.subject)
