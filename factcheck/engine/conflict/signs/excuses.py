"""What lets both sides hold although they seem to clash: room left, another moment or count, a day not due."""

from __future__ import annotations

from typing import Final

from ...annotations import Act
from ...lexicon import read_words
from ...normalize import term
from ..sides import FACTUAL, Pair, Side
from .polarity import is_against, negated_share

_NOW: Final = frozenset({"now", "later"})
_BARE: Final = 3
_SAME: Final = 0.5
_COUNTS: Final = ("number", "figure", "total", "count", "toll", "tally", "sum", "quantity", "average")
_COUNT_TERMS: Final = frozenset(map(term, _COUNTS))
_AHEAD: Final = frozenset({Act.PLEDGE, Act.PREDICTION, Act.DEMAND, Act.REFUSAL})


def read_excuses(pair: Pair) -> dict[str, float]:
    """Signs that a pair is a lookalike, each 0 or 1; `excused` where any of them stands."""
    excuses = {
        "leaves_room": float(_leaves_room(pair)),
        "not_due": float(_not_due(pair)),
        "updated": float(_updated(pair)),
        "other_hour": float(_at_another_hour(pair)),
        "other_count": float(_counts_other(pair)),
        "both_deny": float(_both_deny(pair)),
    }
    return excuses | {"excused": max(excuses.values())}


def _leaves_room(pair: Pair) -> bool:
    """A side on a condition, or hedged; of expectations only one that is both ("it could fail if the rain goes on").

    Expectations always leave some room, and clash all the same. Who denies a promise denies it whatever it hung on.
    """
    a, b = pair.a, pair.b
    if pair.acts <= _AHEAD:
        return any(side.conditional and side.hedged for side in (a, b))
    denied = a.statement.act is Act.PLEDGE and b.statement.act is Act.DENIAL
    return b.hedged or _hangs(b) or (not denied and (a.hedged or _hangs(a)))


def _hangs(side: Side) -> bool:
    """Whether what a side says hangs on a condition; "they were told to leave if it rained" tells of one."""
    if not side.conditional or side.statement.act not in FACTUAL:
        return side.conditional
    opening = {"if", "unless"} & set(side.words[:1])
    return bool(opening) or not _MODALS.isdisjoint(side.words)


_MODALS: Final = frozenset({"would", "could", "might", "may", "will", "can", "should", "shall", "must"})


def _not_due(pair: Pair) -> bool:
    """A report older than the day that a pledge sets; what was promised never to happen may happen any day."""
    a, b = pair.a, pair.b
    if a.statement.act is not Act.PLEDGE or b.statement.act in _AHEAD:
        return False
    due, told = a.reading.times.deadline, b.statement.said_day
    if due is None or told is None or told >= due:
        return False
    return not a.reading.polarity.leading and not _is_denied(b) and not _is_called_off(b)


def _is_denied(report: Side) -> bool:
    """Whether it is denied that anything was promised: "any such assurance"."""
    return report.statement.act is Act.DENIAL and "such" in report.words


def _is_called_off(report: Side) -> bool:
    """Whether somebody has made up his mind against it before it is due: "resolved not to pay"."""
    return " not to " in report.lower or " never to " in report.lower


def _updated(pair: Pair) -> bool:
    """A count that grows, or that stands "now" at something else, told at a later time; of a pledge nothing grows."""
    if not pair.later or not (pair.a.reading.quantities and pair.b.reading.quantities) or _reports_on_pledge(pair):
        return False
    growing = {term(word) for word in read_words("growing_counts")}
    hours = pair.a.reading.times.values("clock") & pair.b.reading.times.values("clock")
    now = not _NOW.isdisjoint((*pair.b.words, *pair.b.opening))
    return now or (bool((pair.a.terms | pair.b.terms) & growing) and not hours)


def _reports_on_pledge(pair: Pair) -> bool:
    return pair.a.statement.act is Act.PLEDGE and pair.b.statement.act in FACTUAL


def _at_another_hour(pair: Pair) -> bool:
    """Figures on both sides, each of its own moment; of expectations, which clash by the moment alone, of one unit."""
    units = [{figure.unit for figure in side.reading.quantities} for side in (pair.a, pair.b)]
    if not pair.other_moment or not (units[0] and units[1]):
        return False
    return pair.acts != {Act.PREDICTION} or bool(units[0] & units[1])


def _counts_other(pair: Pair) -> bool:
    """Two plain counts that are told, each with a predicate of its own and nothing else in common."""
    if not (pair.acts <= FACTUAL or pair.acts == {Act.PREDICTION}):
        return False
    counted = {quantity.noun for side in (pair.a, pair.b) for quantity in side.reading.quantities}
    told = min(len(pair.a.predicate - counted), len(pair.b.predicate - counted))
    both = _counts(pair.a) and _counts(pair.b) and not _ends_in_count(pair)
    return both and bool(told) and not pair.shared - counted and min(len(pair.a.words), len(pair.b.words)) > _BARE


def _ends_in_count(pair: Pair) -> bool:
    """Whether the second side, right behind the first, ends in a figure of what was counted there: "it had seen 61"."""
    words, figures = pair.b.reading.words, pair.b.reading.quantities
    if pair.distance != 1 or len(figures) != 1 or figures[0].noun:
        return False
    after = next((word for word in words if word.start >= figures[0].end), None)
    return after is None or after.tag in {"PU", "IN"}


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
