"""Where and when two statements stand: one article or several, side by side, on one day or later."""

from __future__ import annotations

from ..sides import Pair

_DAY = 86_400.0
_PARAGRAPH = 400
_PAGE = 3000
_TWO, _THREE = 2, 3


def read_setting(pair: Pair) -> dict[str, float]:
    """Signs of nearness in place and time, each 0 to 1."""
    gap = _gap(pair)
    return {
        "one_article": float(pair.same_article),
        "beside": float(pair.distance == 1),
        "two_apart": float(pair.distance == _TWO),
        "three_apart": float(pair.distance == _THREE),
        "close": max(0.0, 1 - gap / _PARAGRAPH) if pair.same_article else 0.0,
        "on_one_page": max(0.0, 1 - gap / _PAGE) if pair.same_article else 0.0,
        "one_wording": float(pair.one_wording),
        "one_passage": float(pair.same_article and pair.a.statement.passage == pair.b.statement.passage),
        "later": float(pair.later),
        "days_between": _days(pair),
        "other_moment": float(pair.other_moment),
        "same_moment": float(pair.same_moment),
    }


def _gap(pair: Pair) -> int:
    first, second = sorted((pair.a.statement.content, pair.b.statement.content))
    return max(0, second.start - first.end)


def _days(pair: Pair) -> float:
    """How long after the first the second was said: a week or more is 1."""
    first, second = pair.a.statement.said_at, pair.b.statement.said_at
    if first is None or second is None or not pair.later:
        return 0.0
    return min(1.0, (second - first).total_seconds() / _DAY / 7)
