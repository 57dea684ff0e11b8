"""What a text affirms and what it denies: negation cues and their scope, cut at clause borders (after *SEM 2012)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..segment import Word
from .topic import word_term

_CUES: Final = frozenset({"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "cannot", "nowhere", "hardly"})
_BORDERS: Final = frozenset({",", ";", ":", "—", "–", "-", "(", ")"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Phrases that hold a negation word and deny nothing.
_IDLE: Final = (("not", "only"), ("no", "doubt"), ("no", "more", "than"), ("no", "less", "than"), ("no", "fewer", "than"), ("not", "just"))


@dataclass(frozen=True, slots=True)
class Polarity:
    """The terms a text affirms and those it denies, the words that deny, and whether a negation is itself negated."""

    affirmed: frozenset[str]
    denied: frozenset[str]
    cues: tuple[Word, ...]
    double: bool

    @property
    def negative(self) -> bool:
        """Whether the text denies something, once."""
        return bool(self.cues) and not self.double


def read_polarity(words: Sequence[Word]) -> Polarity:
    """The polarity of a text's words."""
    affirmed: set[str] = set()
    denied: set[str] = set()
    cues: list[Word] = []
    double = False
    for segment in _segments(words):
        found = [word for index, word in enumerate(segment) if is_negation(segment, index)]
        terms = {term for word in segment if (term := word_term(word))}
        double = double or len(found) > 1
        (denied if len(found) % 2 else affirmed).update(terms)
        cues.extend(found)
    return Polarity(frozenset(affirmed), frozenset(denied), tuple(cues), double)


def is_negation(words: Sequence[Word], index: int) -> bool:
    """Whether a word negates: not, no, never, n't …, outside idle phrases such as "not only"."""
    lower = words[index].lower
    if lower not in _CUES and not lower.endswith("n't"):
        return False
    ahead = tuple(word.lower for word in words[index : index + 3])
    return not any(ahead[: len(phrase)] == phrase for phrase in _IDLE)


def _segments(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Stretches between commas, and between "and" and a verb that follows it."""
    segments: list[list[Word]] = [[]]
    for index, word in enumerate(words):
        if word.text in _BORDERS or (word.lower in {"and", "but"} and _leads_verb(words, index)):
            segments.append([])
        else:
            segments[-1].append(word)
    return [segment for segment in segments if segment]


def _leads_verb(words: Sequence[Word], index: int) -> bool:
    """Whether a finite verb stands within the next few words, before another border."""
    for word in words[index + 1 : index + 7]:
        if word.text in _BORDERS or word.tag == "CC":
            return False
        if word.tag in _FINITE:
            return True
    return False
