"""Expectations about one outcome that exclude each other."""

from __future__ import annotations

from typing import Final

from ...annotations import Act, ConflictKind
from ...lexicon import read_groups
from ...normalize import Quantity, differ
from ..findings import Finding, mark_stand
from ..sides import Pair, Side

_OUTLOOKS: Final = frozenset({Act.PREDICTION, Act.PLEDGE, Act.OPINION})


def find_opposed_forecasts(pair: Pair) -> Finding | None:
    """Two speakers' predictions side by side: one negates, another day is named, or hope stands against doubt."""
    if pair.same_side or not _both_look_ahead(pair):
        return None
    return _side_by_side(pair) or _hope_and_doubt(pair)


def _both_look_ahead(pair: Pair) -> bool:
    acts = (pair.a.statement.act, pair.b.statement.act)
    ahead = all(act is not Act.PLEDGE or _is_future(side) for act, side in zip(acts, (pair.a, pair.b), strict=True))
    firm = not pair.a.conditional and not pair.b.conditional
    return Act.PREDICTION in acts and set(acts) <= _OUTLOOKS and ahead and firm


def _is_future(side: Side) -> bool:
    return any(word.lower in {"will", "would", "shall"} for word in side.reading.words)


def _finding(pair: Pair, score: float, reason: str) -> Finding:
    marks = [mark_stand(side, pair.shared) for side in (pair.a, pair.b)]
    return Finding(ConflictKind.FORECAST, min(score, 0.92), reason, marks[0], marks[1])


def _side_by_side(pair: Pair) -> Finding | None:
    """What one expects the other does not, right beside it and without hedges."""
    if pair.distance != 1 or Act.OPINION in pair.acts or pair.a.statement.hedged or pair.b.statement.hedged:
        return None
    lift = 0.08 * len(pair.shared)
    if _one_negates(pair):
        return _finding(pair, 0.66 + lift, "one expects what the other does not")
    if differ(pair.a.reading.times, pair.b.reading.times):
        return _finding(pair, 0.6 + lift, "they expect it at different times")
    couple = _other_figures(pair)
    return _of_figures(pair, 0.64 + lift, *couple) if couple else None


def _one_negates(pair: Pair) -> bool:
    """Whether one side alone is negative, about a shared matter or a time that both name."""
    timed = all(side.reading.times.moments for side in (pair.a, pair.b))
    return _negative(pair.a) != _negative(pair.b) and (timed or bool(pair.shared))


def _other_figures(pair: Pair) -> tuple[Quantity, Quantity] | None:
    """A figure of each side, of one unit and not the same."""
    couples = (
        (one, other)
        for one in pair.a.reading.quantities
        for other in pair.b.reading.quantities
        if one.unit == other.unit and one.unit not in _SPANS and one.differs_from(other)
        if one.unit or one.noun == other.noun or "" in {one.noun, other.noun}
    )
    return next(couples, None)


_SPANS: Final = frozenset({"day", "week", "month", "year", "hour"})


def _of_figures(pair: Pair, score: float, one: Quantity, other: Quantity) -> Finding:
    first, second = pair.a.text[one.start : one.end], pair.b.text[other.start : other.end]
    reason = f"they expect different figures, {first} and {second}"
    marks = (pair.a.span(one.start, one.end),), (pair.b.span(other.start, other.end),)
    return Finding(ConflictKind.FORECAST, min(score, 0.92), reason, *marks)


def _negative(side: Side) -> bool:
    words = {word.lower for word in side.reading.words}
    return side.reading.polarity.negative or side.statement.negated or bool(words & {"before", "until"})


def _hope_and_doubt(pair: Pair) -> Finding | None:
    moods = [_mood(side) for side in (pair.a, pair.b)]
    if sorted(moods) != [-1, 1] or (not pair.shared and pair.distance > 1 and not pair.same_article):
        return None
    close = 0.1 if pair.shared else 0.0
    return _finding(pair, 0.5 + close + 0.3 * pair.overlap, "one expects it to come right, the other does not")


def _mood(side: Side) -> int:
    """1 for an outcome hoped for, -1 for one doubted, 0 for neither."""
    groups = read_groups("outlooks")
    text = f" {side.statement.cue_text.lower()} {' '.join(word.lower for word in side.reading.words)} "
    doubts = any(f" {phrase} " in text for phrase in groups["doubt"])
    hopes = any(f" {phrase} " in text for phrase in groups["hope"])
    return -1 if doubts else 1 if hopes and not side.reading.polarity.negative else 0
