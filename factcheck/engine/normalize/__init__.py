"""Content → Reading: what it says in comparable form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..segment import Word
from .dates import Moment, Times, differ, read_times
from .polarity import Polarity, Stretch, denies, is_negation, read_polarity
from .quantities import Quantity, find_quantities
from .topic import is_content_word, read_words_of, stem, term, terms_of, word_term

__all__ = [
    "Moment",
    "Polarity",
    "Quantity",
    "Reading",
    "Stretch",
    "Times",
    "differ",
    "find_quantities",
    "is_content_word",
    "is_negated",
    "is_negation",
    "read_content",
    "read_polarity",
    "read_times",
    "read_words_of",
    "stem",
    "term",
    "terms_of",
    "word_term",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """A content in comparable form; offsets of its parts count from the content's own start."""

    words: tuple[Word, ...]
    terms: frozenset[str]
    quantities: tuple[Quantity, ...]
    times: Times
    polarity: Polarity


_FIRST_CLAUSE: Final = 400


def is_negated(text: str) -> bool:
    """Whether the main verb of a content, or its subject, is negated."""
    return denies(read_words_of(text[:_FIRST_CLAUSE]))


def read_content(text: str, published: datetime | None, setting: str = "") -> Reading:
    """Read a content; `setting` are words outside it that set its time ("In May, he said, ...")."""
    words = tuple(read_words_of(text))
    around = read_times(read_words_of(setting), published) if setting else None
    times = read_times(words, published)
    if around is not None and around.moments:
        times = Times((*times.moments, *around.moments), times.deadline)
    return Reading(words, terms_of(words), find_quantities(words), times, read_polarity(words))
