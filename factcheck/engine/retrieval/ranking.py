from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final, Generic, TypeVar

Key = TypeVar("Key")

# Chosen on marked events among 100,000 statements of other news.
_RELATED: Final = 10.0  # how related the articles are weighs most: one shared word may be anybody's
_CONTEXT: Final = 0.3  # what a shared term weighs that stands around both and in neither
_NARRATED: Final = 4.0  # an article's own telling is disputed less often than what somebody says
_FEWEST_TERMS: Final = 20  # a short article is as good as one with so many terms


@dataclass(frozen=True, slots=True)
class Entry(Generic[Key]):
    """A statement as an index holds it; terms are numbers or words, as long as they are the same everywhere.

    `context` holds no term of `terms`. `article` is any value that its statements share.
    """

    key: Key
    article: int
    terms: frozenset[int]
    context: frozenset[int]
    narrated: bool = False


def rank(
    new: Sequence[Entry[Key]], known: Sequence[Entry[Key]], weights: Mapping[int, float], most: int
) -> list[list[Key]]:
    """For each statement of a new article, the keys of those known statements that are nearest, at most so many.

    How near: the summed weight of the terms that both share, and how related their articles are (the cosine of their
    sets of terms, up to what is the same for all). Of equally near ones the later article's come first. `weights`
    says how telling a term is; those without a weight are not looked at.
    """
    holders = _holders(known, _relate(new, known, weights))
    return [[known[place].key for place in _best(one, known, holders, weights, most)] for one in new]


def _relate(new: Iterable[Entry[Key]], known: Iterable[Entry[Key]], weights: Mapping[int, float]) -> dict[int, float]:
    """How related each known article is to the new one."""
    wanted: set[int] = set().union(*(entry.terms | entry.context for entry in new))
    articles: dict[int, set[int]] = defaultdict(set)
    for entry in known:
        articles[entry.article] |= entry.terms | entry.context
    return {
        article: sum(sorted(weights.get(term, 0.0) for term in terms & wanted))
        / math.sqrt(max(_FEWEST_TERMS, len(terms)))
        for article, terms in articles.items()
    }


@dataclass(frozen=True, slots=True)
class _Holders:
    """Which known statements have a term, in their content and around it; and how near each is before any is shared."""

    terms: Mapping[int, Sequence[int]]
    context: Mapping[int, Sequence[int]]
    start: Sequence[float]


def _holders(known: Sequence[Entry[Key]], relations: Mapping[int, float]) -> _Holders:
    terms: dict[int, list[int]] = defaultdict(list)
    context: dict[int, list[int]] = defaultdict(list)
    for place, entry in enumerate(known):
        for term in entry.terms:
            terms[term].append(place)
        for term in entry.context:
            context[term].append(place)
    start = [_RELATED * relations[entry.article] - _NARRATED * entry.narrated for entry in known]
    return _Holders(terms, context, start)


def _best(
    one: Entry[Key], known: Sequence[Entry[Key]], holders: _Holders, weights: Mapping[int, float], most: int
) -> list[int]:
    near = list(holders.start)
    for term in sorted(one.terms | one.context):
        weight = weights.get(term, 0.0)
        around = _CONTEXT * weight
        said = weight if term in one.terms else around
        for place in holders.terms.get(term, ()):
            near[place] += said
        for place in holders.context.get(term, ()):
            near[place] += around
    return nlargest(most, range(len(known)), key=lambda place: (round(near[place], 6), known[place].article, place))
