"""Which pairs are worth weighing: neighbors in an article, and statements that share telling terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from .sides import Side
from .signals.notice import first_notice_key

NEIGHBORS: Final = 4
PER_STATEMENT: Final = 30
_COMMON: Final = 200


def pick_candidates(sides: Sequence[Side], weights: dict[str, float]) -> list[tuple[int, int]]:
    """Index pairs, smaller first: a few neighbors of each statement, and the 30 with the most telling shared terms."""
    picked: set[tuple[int, int]] = set(_neighbors(sides))
    postings: dict[str, list[int]] = defaultdict(list)
    for index, side in enumerate(sides):
        scores: dict[int, float] = defaultdict(float)
        for found in sorted(side.terms | first_notice_key(side)):
            for other in postings[found][-_COMMON:]:
                scores[other] += weights.get(found, 1.0)
            postings[found].append(index)
        best = sorted(scores, key=lambda other: (-scores[other], other))[:PER_STATEMENT]
        picked.update((other, index) for other in best)
    return sorted(picked)


def _neighbors(sides: Sequence[Side]) -> Iterable[tuple[int, int]]:
    by_article: dict[str, list[int]] = defaultdict(list)
    for index, side in enumerate(sides):
        article = by_article[side.statement.article_id]
        yield from ((other, index) for other in article[-NEIGHBORS:])
        article.append(index)
