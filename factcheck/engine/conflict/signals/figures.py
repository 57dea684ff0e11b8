"""Two figures for one quantity at one time."""

from __future__ import annotations

from typing import Final

from ...annotations import Act, ConflictKind
from ...normalize import Quantity
from ..findings import Finding
from ..sides import Pair, Side

_ACTS: Final = frozenset({Act.ASSERTION, Act.ACCUSATION, Act.DENIAL})
# Spans of time are terms and delays, not quantities that two speakers measure.
_DURATIONS: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_CLOSE: Final = 0.3


def find_figures(pair: Pair) -> Finding | None:
    """Figures of one unit, or of one thing counted, that differ while the rest is shared or they stand side by side."""
    if not {pair.a.statement.act, pair.b.statement.act} <= _ACTS or not (pair.a.firm and pair.b.firm):
        return None
    if pair.other_moment or (pair.same_side and not pair.later) or _is_update(pair):
        return None
    found = [
        (score, one, other)
        for one in pair.a.reading.quantities
        for other in pair.b.reading.quantities
        if one.differs_from(other) and (score := _likeness(pair, one, other)) > 0
    ]
    agreed = any(
        one.value == other.value and one.unit == other.unit
        for one in pair.a.reading.quantities
        for other in pair.b.reading.quantities
    )
    if not found or agreed:
        return None
    score, one, other = max(found, key=lambda row: (row[0], -row[1].start, -row[2].start))
    return _finding(pair, score, one, other)


def _finding(pair: Pair, score: float, one: Quantity, other: Quantity) -> Finding:
    kind = ConflictKind.REVERSAL if pair.same_side else ConflictKind.FIGURE
    first, second = pair.a.text[one.start : one.end], pair.b.text[other.start : other.end]
    return Finding(
        kind,
        score,
        f"{first} and {second} are given for the same quantity",
        (pair.a.span(one.start, one.end),),
        (pair.b.span(other.start, other.end),),
        {"figure": round(score, 3), "overlap": round(pair.overlap, 3), "distance": float(pair.distance)},
    )


def _is_update(pair: Pair) -> bool:
    """A count in a later article is news, unless both name the same day or the speaker takes his own figure back."""
    if pair.same_article or pair.same_side:
        return False
    days = pair.a.reading.times.values("day") & pair.b.reading.times.values("day")
    return pair.later and not days and not _lasting(pair.a) and not _lasting(pair.b)


def _lasting(side: Side) -> bool:
    """Whether a figure tells something over and done: in the pluperfect, it does not grow."""
    words = [word.lower for word in side.reading.words]
    return "had" in words and "by" not in words and "so" not in words


def _likeness(pair: Pair, one: Quantity, other: Quantity) -> float:
    """How likely both figures measure one thing; 0 when they do not."""
    if one.unit != other.unit or one.unit in _DURATIONS:
        return 0.0
    shared = pair.shared - {one.noun, other.noun, "percent"}
    near = pair.distance == 1
    if one.unit == "":
        return _count_likeness(pair, one, other, shared)
    if near:
        return min(0.9, 0.62 + 0.1 * len(shared))
    return min(0.9, 0.4 + 0.12 * len(shared)) if len(shared) > 1 and pair.overlap >= _CLOSE else 0.0


def _count_likeness(pair: Pair, one: Quantity, other: Quantity, shared: frozenset[str]) -> float:
    """Plain counts need the same noun, or a word for it left out, and something else in common."""
    same = one.noun == other.noun and one.noun != ""
    open_noun = "" in {one.noun, other.noun}
    near = pair.distance == 1
    if same and (shared or near):
        return min(0.92, 0.6 + 0.1 * len(shared) + (0.08 if near else 0.0))
    if open_noun and near and (shared or _same_scale(pair, one, other)):
        return min(0.85, 0.62 + 0.1 * len(shared))
    if not same and len(shared) > 1 and pair.overlap >= _CLOSE:
        return min(0.8, 0.35 + 0.12 * len(shared))
    return 0.0


def _same_scale(pair: Pair, one: Quantity, other: Quantity) -> bool:
    """Whether both are told in millions, or both in thousands."""
    first, second = pair.a.text[one.start : one.end].split(), pair.b.text[other.start : other.end].split()
    return len(first) > 1 and len(second) > 1 and first[-1].lower() == second[-1].lower()
