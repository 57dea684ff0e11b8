"""What a text affirms and what it denies: negation cues and their scope, cut at clause borders (after *SEM 2012)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..segment import Word
from .topic import word_term

_CUES: Final = frozenset(
    {"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "cannot", "nowhere", "hardly"}
)
_BORDERS: Final = frozenset({",", ";", ":", "—", "–", "-", "(", ")"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Phrases that hold a negation word and deny nothing.
_IDLE: Final = (
    ("not", "only"),
    ("no", "doubt"),
    ("no", "more", "than"),
    ("no", "less", "than"),
    ("no", "fewer", "than"),
    ("not", "just"),
    ("no", "matter"),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch between clause borders: its terms, those of its verbs, and whether it is negated.

    `heads` are the terms that a negation falls on first: "not sent or received", "no ferry was stopped".
    """

    terms: frozenset[str]
    verbs: frozenset[str]
    negated: bool
    heads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Polarity:
    """The stretches of a text, the words that negate, and whether a negation is itself negated.

    `leading` tells whether the main verb or its subject is negated.
    """

    stretches: tuple[Stretch, ...]
    cues: tuple[Word, ...]
    double: bool
    leading: bool

    @property
    def negative(self) -> bool:
        """Whether the text denies something, once."""
        return bool(self.cues) and not self.double

    @property
    def denied(self) -> frozenset[str]:
        """The terms under negation."""
        return frozenset[str]().union(*(stretch.terms for stretch in self.stretches if stretch.negated))

    @property
    def affirmed(self) -> frozenset[str]:
        """The terms under no negation."""
        return frozenset[str]().union(*(stretch.terms for stretch in self.stretches if not stretch.negated))


def read_polarity(words: Sequence[Word]) -> Polarity:
    """The polarity of a text's words."""
    stretches: list[Stretch] = []
    cues: list[Word] = []
    double = False
    for segment in _segments(words):
        found = [word for index, word in enumerate(segment) if is_negation(segment, index)]
        terms = frozenset(term for word in segment if (term := word_term(word)))
        verbs = frozenset(term for word in segment if word.tag.startswith("V") and (term := word_term(word)))
        stretches.append(Stretch(terms, verbs, len(found) % 2 == 1, _heads(segment)))
        double = double or len(found) > 1
        cues.extend(found)
    return Polarity(tuple(stretches), tuple(cues), double, _is_leading(words, cues))


def _heads(words: Sequence[Word]) -> frozenset[str]:
    """The terms from the first negation on, to the first verb that follows and those joined to it by "or"."""
    first = next((index for index in range(len(words)) if is_negation(words, index)), None)
    if first is None:
        return frozenset()
    on_verb = words[first].lower.endswith(_ON_VERBS)
    behind = range(first + 1, len(words))
    last = next((index for index in behind if _ends_heads(words, index, on_verb=on_verb)), len(words) - 1)
    heads = (word_term(word) for word in words[first + 1 : last + 1] if word.tag != "RB")
    return frozenset(heads) - {""}


def _ends_heads(words: Sequence[Word], index: int, *, on_verb: bool) -> bool:
    """Whether a negation falls on no word behind this one."""
    word, after = words[index], words[min(index + 1, len(words) - 1)]
    telling = bool(word_term(word)) and (on_verb or word.tag.startswith("V"))
    return telling and after.lower not in {"or", "nor", "and"}


_ON_VERBS: Final = ("not", "never", "n't")


def denies(words: Sequence[Word]) -> bool:
    """Whether the main verb, or its subject, is negated, and no negation is itself negated."""
    found = [[word for at, word in enumerate(segment) if is_negation(segment, at)] for segment in _segments(words)]
    once = all(len(cues) <= 1 for cues in found)
    return once and any(found) and _is_leading(words, [cue for cues in found for cue in cues])


def _is_leading(words: Sequence[Word], cues: Sequence[Word]) -> bool:
    """Whether the first negation stands before the first verb or right behind it."""
    first = 1 if words and words[0].tag == "TO" else _main_verb(words)
    limit = words[min(first + 2, len(words) - 1)].end if words else 0
    passed = _relative_end(words, first)
    nearest = next((cue for cue in cues if cue.start >= passed), None)
    return nearest is not None and nearest.end <= limit


def _relative_end(words: Sequence[Word], main: int) -> int:
    """Where the verb of the last relative clause before the main verb ends, with a "not" behind it; 0 without one."""
    verbs = [index for index, word in enumerate(words[:main]) if word.tag in _FINITE]
    return words[verbs[-1] + 1].end if verbs else 0


def _main_verb(words: Sequence[Word]) -> int:
    """Where the first finite verb stands that is no relative clause's."""
    relative = False
    for index, word in enumerate(words):
        if word.tag == "WH":
            relative = True
        elif word.tag in _FINITE and not relative:
            return index
        elif word.tag in _FINITE:
            relative = False
    return len(words) - 1


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
