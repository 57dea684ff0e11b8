"""Figures with their unit or what is counted, and their bounds: "at most 7 percent", "3.4 million bees"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ..lexicon import read_groups, read_rows
from ..segment import Word, noun_phrase_end
from .topic import term

_NOON: Final = 12
_LARGEST_RATIO: Final = 100
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_HYPHENED = re.compile(r"(\d[\d,.]*)-([a-z]+)")
_YEARS: Final = range(1800, 2101)
_LEAST: Final = (("at", "least"), ("more", "than"), ("over",), ("no", "fewer", "than"), ("no", "less", "than"))
_MOST: Final = (
    ("no", "more", "than"),
    ("at", "most"),
    ("up", "to"),
    ("less", "than"),
    ("fewer", "than"),
    ("under",),
    ("below",),
)
_ABOUT: Final = (("about",), ("some",), ("around",), ("roughly",), ("nearly",), ("almost",), ("approximately",))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text, at [start, end): value, `bound` (exact, least, most, about), `unit`, and the `noun` counted.

    `unit` is "" for plain counts; a rate has a stroke ("litre/second"). `noun` is a term, "" where it is left out.
    """

    start: int
    end: int
    value: float
    bound: str
    unit: str
    noun: str

    def differs_from(self, other: Quantity) -> bool:
        """Whether the two cannot be the same figure; bounds and "about" are given their room."""
        if self.value == other.value:
            return False
        low, high = sorted((self, other), key=lambda quantity: quantity.value)
        if low.bound == "least" or high.bound == "most":
            return False
        room = 0.1 if "about" in {low.bound, high.bound} else 0.0
        return high.value > low.value * (1 + room)


def find_quantities(words: Sequence[Word]) -> tuple[Quantity, ...]:
    """The quantities among the words of a text, in order; dates, clock times and numbers in names are none."""
    found: list[Quantity] = []
    index = 0
    while index < len(words):
        read = _read_number(words, index)
        if read is None or _is_label(words, index, read[1]):
            index += 1 if read is None else read[1] - index
            continue
        found.append(_quantity(words, index, read))
        index = read[1]
    return tuple(found)


@cache
def _values() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in read_rows("number_words")}


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in read_groups("units").items() for word in words}


def _read_number(words: Sequence[Word], index: int) -> tuple[float, int] | None:
    """The value of the number that begins at a word and where it ends."""
    ratio = _read_ratio(words, index) or _read_fraction(words, index)
    if ratio is not None:
        return ratio
    value = _plain_value(words[index])
    if value is None:
        return None
    end = index + 1
    while end < len(words) and words[end].lower in {"hundred", "thousand", "million", "billion", "trillion", "m", "bn"}:
        value *= _values()[words[end].lower]
        end += 1
    return value, end


def _read_ratio(words: Sequence[Word], index: int) -> tuple[float, int] | None:
    """`three in four` and `one baker in six` as a percentage."""
    first = _plain_value(words[index])
    if first is None:
        return None
    for middle in (index + 1, index + 2):
        if middle + 1 < len(words) and words[middle].lower in {"in", "of"} and words[middle].tag == "IN":
            second = _plain_value(words[middle + 1])
            noun_between = middle == index + 1 or words[index + 1].tag in {"NN", "NNS"}
            if second and noun_between and words[middle].lower == "in" and first < second <= _LARGEST_RATIO:
                return 100 * first / second, middle + 2
    return None


_FRACTIONS: Final = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}


def _read_fraction(words: Sequence[Word], index: int) -> tuple[float, int] | None:
    """`half the bolts`, `a tenth`, `two thirds` as a percentage."""
    word = words[index]
    if word.lower == "half" and index + 1 < len(words) and words[index + 1].tag in {"DT", "PRP$", "IN", "NNS", "MD"}:
        past = index + 1 < len(words) and words[index + 1].lower == "past"
        return None if past else (50.0, index + 1)
    count = 1.0 if word.lower in {"a", "one"} else _plain_value(word)
    if count is None or index + 1 >= len(words):
        return None
    share = _FRACTIONS.get(words[index + 1].lower.removesuffix("s"))
    return (count * share, index + 2) if share and words[index + 1].lower not in {"second", "seconds"} else None


def _plain_value(word: Word) -> float | None:
    lower = word.lower
    if lower in _values() and len(lower) >= len("one"):
        return _values()[lower]
    if "-" in lower and all(part in _values() for part in lower.split("-")):
        return sum(_values()[part] for part in lower.split("-"))
    hyphened = _HYPHENED.fullmatch(lower)
    digits = hyphened[1] if hyphened and hyphened[2] in _units() else lower
    return float(digits.replace(",", "")) if _DIGITS.fullmatch(digits) else None


def _is_label(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a number names or dates something: Terminal 2, March 31, 2029, at 20.10, half past nine."""
    word = words[start]
    before = words[start - 1] if start else None
    after = words[end] if end < len(words) else None
    groups = read_groups("time_words")
    if before is not None and (
        before.lower in groups["months"] or before.lower in {"number", "no.", "past", "class", "page"}
    ):
        return True
    if after is not None and (
        after.lower in groups["months"] or after.lower in {"o'clock", "a.m.", "p.m.", "a.m", "am", "pm"}
    ):
        return True
    if before is not None and before.tag == "NNP" and before.text[0].isupper() and start > 1 and end - start == 1:
        return True
    if word.text.isdigit() and int(word.text) in _YEARS and (before is None or before.tag in {"IN", "PU", "NNP", "TO"}):
        return True
    return _is_clock(words, start, end)


def _is_clock(words: Sequence[Word], start: int, end: int) -> bool:
    if not start or words[start - 1].lower not in {"at", "by", "since", "until", "before", "after"}:
        return False
    if any(
        word.lower in {"number", "toll", "total", "figure", "share", "count"}
        for word in words[max(0, start - 10) : start]
    ):
        return False
    after = words[end] if end < len(words) else None
    bare = after is None or after.tag in {"PU", "IN", "CC"} or after.lower in {"on", "in"}
    clock = re.fullmatch(r"\d{1,2}[.:]\d{2}", words[start].text) is not None
    spoken = words[start].lower in _values() and _values()[words[start].lower] <= _NOON
    return bare and (clock or spoken)


def _quantity(words: Sequence[Word], start: int, read: tuple[float, int]) -> Quantity:
    value, end = read
    first = words[start]
    unit, after = _unit_of(words, start, end)
    noun = _counted(words, start, after) if unit in {"", "percent"} else ""
    if not noun and unit == "":
        noun = _number_of(words, start)
    ratio = _read_ratio(words, start) is not None or _read_fraction(words, start) is not None
    return Quantity(first.start, words[end - 1].end, value, _bound(words, start), "percent" if ratio else unit, noun)


def _unit_of(words: Sequence[Word], start: int, end: int) -> tuple[str, int]:
    hyphened = _HYPHENED.fullmatch(words[start].lower)
    if hyphened and hyphened[2] in _units():
        return _units()[hyphened[2]], end
    if start and words[start - 1].text in _units():
        return "money", end
    if end >= len(words) or words[end].lower not in _units():
        return "", end
    unit = _units()[words[end].lower]
    following = [word.lower for word in words[end + 1 : end + 3]]
    if following[:1] and following[0] in {"a", "an", "per"} and following[1:] and following[1] in _units():
        return f"{unit}/{_units()[following[1]]}", end + 3
    return unit, end + 1


def _counted(words: Sequence[Word], start: int, after: int) -> str:
    """The noun counted: the head of the phrase the figure stands in, or what "percent of" measures."""
    index = after
    if index < len(words) and words[index].lower == "of":
        index += 1
    if index >= len(words):
        return ""
    end = noun_phrase_end(words, start) if index == after else noun_phrase_end(words, index)
    head = words[end - 1] if end > index else None
    return term(head.lower) if head is not None and head.tag in {"NN", "NNS", "NNP"} else ""


def _number_of(words: Sequence[Word], start: int) -> str:
    """`gave the number of boats sunk as 5`: what the number is of."""
    for index in range(max(0, start - 16), start - 1):
        if words[index].lower in {"number", "toll", "total"} and words[index + 1].lower in {"of", "from"}:
            end = noun_phrase_end(words, index + 2) if index + 2 < len(words) else index
            return term(words[max(end - 1, index + 2)].lower) if index + 2 < len(words) else ""
    return ""


def _bound(words: Sequence[Word], start: int) -> str:
    before = tuple(word.lower for word in words[max(0, start - 3) : start])
    for bound, phrases in (("most", _MOST), ("least", _LEAST), ("about", _ABOUT)):
        if any(before[-len(phrase) :] == phrase for phrase in phrases):
            return bound
    after = [word.lower for word in words[start + 1 : start + 4]]
    return "about" if "or" in after and "so" in after else "exact"
