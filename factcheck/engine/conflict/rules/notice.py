"""Who knew when: somebody first learned of it on one day, somebody else says he was told before."""

from __future__ import annotations

from typing import Final

from ...annotations import ConflictKind, Span
from ...normalize import term
from ..findings import Finding, mark_terms
from ..sides import FACTUAL, Pair, Side

_KNOWING: Final = frozenset(
    {term("learned"), term("informed"), term("warned"), term("complaint"), term("aware"), term("report")}
)
_TELLING: Final = frozenset(
    {term("told"), term("warned"), term("informed"), term("wrote"), term("learned"), term("report"), term("complaint")}
)


def find_first_notice(pair: Pair) -> Finding | None:
    """A first notice on one day against an earlier one."""
    if not pair.acts <= FACTUAL or pair.goes_on:
        return None
    for first, earlier in ((pair.a, pair.b), (pair.b, pair.a)):
        found = _contradicts(pair, first, earlier)
        if found is not None:
            return found
    return None


def first_notice_key(side: Side) -> frozenset[str]:
    """A key under which dated notices find one another although they share no other term."""
    noticed = side.terms & (_TELLING | _KNOWING)
    return frozenset({"first notice"}) if noticed and _days(side) else frozenset()


def _contradicts(pair: Pair, first: Side, earlier: Side) -> Finding | None:
    if not _names_first_notice(first) or not earlier.terms & _TELLING:
        return None
    known, told = _days(first), _days(earlier)
    if not known or not told or min(told) >= min(known):
        return None
    kind = ConflictKind.REVERSAL if pair.same_side else ConflictKind.CONTRADICTION
    score = min(0.9, 0.6 + 0.1 * len(pair.shared - _KNOWING))
    reason = "one was told before the day the other calls the first"
    marks = {id(first): _mark_days(first), id(earlier): _mark_days(earlier)}
    return Finding(
        kind,
        score,
        reason,
        (*mark_terms(pair.a, _KNOWING), *marks[id(pair.a)]),
        (*mark_terms(pair.b, _TELLING), *marks[id(pair.b)]),
    )


def _names_first_notice(side: Side) -> bool:
    return "first" in side.words and bool(side.terms & _KNOWING)


def _days(side: Side) -> list[str]:
    return sorted(value for value in side.reading.times.values("day") if value[:2].isdigit())


def _mark_days(side: Side) -> tuple[Span, ...]:
    moments = side.reading.times.moments
    return tuple(side.span(m.start, m.end) for m in moments if m.grain == "day" and m.end <= len(side.text))
