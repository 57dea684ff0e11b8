"""Which pairs are worth weighing: at most 30 a statement, by shared telling terms and related articles."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from .rarity import weigh_term, weigh_terms
from .rules.notice import first_notice_key
from .sides import Side

PER_STATEMENT: Final = 30
NEIGHBORS: Final = 4
_RELATED: Final = 12
_LEAST_RELATED: Final = 0.05
_COMMON: Final = 200
_OF_ARTICLE: Final = 3.0
_OF_SCENE: Final = 0.3
_OF_PLACE: Final = 1.0


def pick_candidates(sides: Sequence[Side]) -> list[tuple[int, int]]:
    """Index pairs, smaller first: the neighbors of each statement, and the 30 before it that promise most."""
    articles = _Articles(sides)
    picked: set[tuple[int, int]] = set(_neighbors(sides))
    postings: dict[str, list[int]] = defaultdict(list)
    for index, side in enumerate(sides):
        scores = articles.promises(index)
        for found in sorted(side.terms | first_notice_key(side)):
            for other in postings[found][-_COMMON:]:
                scores[other] += weigh_term(found)
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


class _Articles:
    """Which articles are on one matter, by the terms of all that is stated in them."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self._sides = sides
        self._members: dict[str, list[int]] = defaultdict(list)
        self._terms: dict[str, set[str]] = defaultdict(set)
        for index, side in enumerate(sides):
            self._members[side.statement.article_id].append(index)
            self._terms[side.statement.article_id] |= side.terms | side.scene
        self._related = {article: self._relate(article) for article in self._members}

    def _relate(self, article: str) -> Mapping[str, float]:
        """The articles nearest to one, itself among them, with how near each is, 0 to 1."""
        own = self._terms[article]
        near = {other: _likeness(own, terms) for other, terms in self._terms.items()}
        kept = sorted(near, key=lambda other: (-near[other], other))[:_RELATED]
        return {other: near[other] for other in kept if near[other] >= _LEAST_RELATED}

    def promises(self, index: int) -> dict[int, float]:
        """What the statements before one promise by their place and what is told around them."""
        side = self._sides[index]
        article = side.statement.article_id
        scores: dict[int, float] = defaultdict(float)
        for other, near in self._related[article].items():
            for earlier in self._members[other]:
                if earlier < index:
                    scores[earlier] = _OF_ARTICLE * near + self._promise(self._sides[earlier], side)
        return scores

    @staticmethod
    def _promise(earlier: Side, side: Side) -> float:
        around = (earlier.scene & (side.scene | side.terms)) | (side.scene & earlier.terms)
        same = earlier.statement.article_id == side.statement.article_id
        return _OF_SCENE * weigh_terms(around) + (_OF_PLACE / max(1, abs(side.rank - earlier.rank)) if same else 0.0)


def _likeness(one: set[str], other: set[str]) -> float:
    whole = math.sqrt(weigh_terms(one) * weigh_terms(other))
    return weigh_terms(one & other) / whole if whole else 0.0
