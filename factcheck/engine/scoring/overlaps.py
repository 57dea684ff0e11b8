"""How far two stretches of a text are the same, by the positions of their words."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

from ..annotations import Span

HALF: Final = 0.5
_MOST: Final = 0.8
_WORD = re.compile(r"\w+")

Words = frozenset[int]


def words_of(text: str, span: Span) -> Words:
    """The offsets at which the words of a span begin."""
    return frozenset(span.start + word.start() for word in _WORD.finditer(span.of(text)))


def overlap(one: AbstractSet[int], other: AbstractSet[int]) -> float:
    """Shared words over all words of both."""
    return len(one & other) / (len(one | other) or 1)


def stands_for(found: AbstractSet[int], marked: AbstractSet[int]) -> bool:
    """Whether a side of a pair is the marked one: half their words in common, or most of its words and few besides."""
    shared = len(found & marked)
    return overlap(found, marked) >= HALF or (shared >= _MOST * len(marked) and len(found) <= 2 * len(marked))
