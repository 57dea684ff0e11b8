"""Figures with their unit or what is counted, and their bounds: "at most 7 percent", "3.4 million bees"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ..lexicon import read_groups, read_rows
from ..segment import Word, noun_phrase_end, word_at
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

    @property
    def is_bare(self) -> bool:
        """Whether it says neither in what it is measured nor what is counted."""
        return not self.unit and not self.noun

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


_SCALES: Final = frozenset({"hundred", "thousand", "lakh", "million", "crore", "billion", "trillion", "m", "bn"})


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
    while end < len(words) and words[end].lower in _SCALES:
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
    return _read_half(words, index) if _is_half_of(words, index) else _read_share(words, index)


def _is_half_of(words: Sequence[Word], index: int) -> bool:
    return words[index].lower == "half" and word_at(words, index + 1).tag in {"DT", "PRP$", "IN", "NNS", "MD"}


def _read_half(words: Sequence[Word], index: int) -> tuple[float, int] | None:
    """`half the bolts`, but not `half past six`."""
    return None if words[index + 1].lower == "past" else (_FRACTIONS["half"], index + 1)


def _read_share(words: Sequence[Word], index: int) -> tuple[float, int] | None:
    count = 1.0 if words[index].lower in {"a", "one"} else _plain_value(words[index])
    share = _FRACTIONS.get(word_at(words, index + 1).lower.removesuffix("s"))
    return None if count is None or share is None else (count * share, index + 2)


def _plain_value(word: Word) -> float | None:
    spoken = _spoken_value(word.lower)
    return spoken if spoken is not None else _written_value(word.lower)


def _spoken_value(lower: str) -> float | None:
    """`seven`, `twenty-one`."""
    values = _values()
    if lower in values and len(lower) >= len("one"):
        return values[lower]
    parts = lower.split("-")
    return sum(values[part] for part in parts) if len(parts) > 1 and values.keys() >= set(parts) else None


def _written_value(lower: str) -> float | None:
    """`3,400`, `7.5`, and the figure of `20-minute`."""
    hyphened = _HYPHENED.fullmatch(lower)
    digits = hyphened[1] if hyphened and hyphened[2] in _units() else lower
    return float(digits.replace(",", "")) if _DIGITS.fullmatch(digits) else None


def _is_label(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a number names or dates something: Terminal 2, March 31, 2029, at 20.10, half past nine."""
    return any(is_label(words, start, end) for is_label in _LABELS)


def _is_numbered(words: Sequence[Word], start: int, end: int) -> bool:
    """`number 7`, `March 31`, `31 March`, `9 p.m.`."""
    months = read_groups("time_words")["months"]
    before, after = word_at(words, start - 1).lower, word_at(words, end).lower
    return before in months | _BEFORE_LABEL or after in months | _AFTER_HOUR


_BEFORE_LABEL: Final = frozenset({"number", "no.", "past", "class", "page"})
_AFTER_HOUR: Final = frozenset({"o'clock", "a.m.", "p.m.", "a.m", "am", "pm"})


def _is_in_name(words: Sequence[Word], start: int, end: int) -> bool:
    """`Terminal 2`."""
    before = word_at(words, start - 1)
    return before.tag == "NNP" and before.text[0].isupper() and start > 1 and end - start == 1


def _is_year(words: Sequence[Word], start: int, end: int) -> bool:
    """`in 2029`, `2029` at the head of a text."""
    text = words[start].text
    able = start == 0 or words[start - 1].tag in {"IN", "PU", "NNP", "TO"}
    return able and text.isdigit() and int(text) in _YEARS


def _is_clock(words: Sequence[Word], start: int, end: int) -> bool:
    """`at 20.10`, `by two`: an hour behind its preposition, with nothing counted; not `put the toll at two`."""
    before = start - 1 - (word_at(words, start - 1).lower in {"about", "around"})
    if word_at(words, before).lower not in {"at", "by", "since", "until", "before", "after"}:
        return False
    after = word_at(words, end)
    counts_nothing = end >= len(words) or after.tag in {"PU", "IN", "CC"} or after.lower in {"on", "in", "that", "this"}
    return counts_nothing and _is_hour(words[start]) and not _gives_total(words, start)


def _is_hour(word: Word) -> bool:
    spoken = word.lower in _values() and _values()[word.lower] <= _NOON
    return spoken or re.fullmatch(r"\d{1,2}[.:]\d{2}", word.text) is not None


def _gives_total(words: Sequence[Word], start: int) -> bool:
    """Whether a word for a count stands before a figure: "put the number of boats at"."""
    return any(word.lower in _TOTALS for word in words[max(0, start - 10) : start])


_TOTALS: Final = frozenset({"number", "toll", "total", "figure", "share", "count"})
_LABELS: Final = (_is_numbered, _is_in_name, _is_year, _is_clock)


def _quantity(words: Sequence[Word], start: int, read: tuple[float, int]) -> Quantity:
    value, end = read
    first = words[start]
    unit, after = _unit_of(words, start, end)
    noun = _counted(words, start, after) if unit in {"", "percent"} else _measured(words, after)
    if not noun and unit == "":
        noun = _number_of(words, start)
    ratio = _read_ratio(words, start) is not None or _read_fraction(words, start) is not None
    bound = _end_of_range(words, start) or _bound(words, start)
    return Quantity(first.start, words[end - 1].end, value, bound, "percent" if ratio else unit, noun)


def _unit_of(words: Sequence[Word], start: int, end: int) -> tuple[str, int]:
    """The unit of the figure at words [start, end), "" for plain counts, and where it ends."""
    units = _units()
    hyphened = _HYPHENED.fullmatch(words[start].lower)
    if hyphened and hyphened[2] in units:
        return units[hyphened[2]], end
    if word_at(words, start - 1).text in units:
        return "money", end
    after = end + (word_at(words, end).tag in {"JJ", "VBN"} and word_at(words, end).lower not in units)
    unit = units.get(word_at(words, after).lower, "")
    return _with_rate(words, after + 1, unit) if unit else ("", end)


def _with_rate(words: Sequence[Word], end: int, unit: str) -> tuple[str, int]:
    """`litres a second`, `meters per day`: what one unit is told against."""
    per = _units().get(word_at(words, end + 1).lower)
    if per is None or word_at(words, end).lower not in {"a", "an", "per"}:
        return unit, end
    return f"{unit}/{per}", end + 2


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


def _measured(words: Sequence[Word], after: int) -> str:
    """What a measure is of: `480,000 tons of diesel fuel`."""
    if word_at(words, after).lower != "of" or after + 1 >= len(words):
        return ""
    end = noun_phrase_end(words, after + 1)
    return term(words[end - 1].lower) if end > after + 1 and words[end - 1].tag in {"NN", "NNS"} else ""


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


def _end_of_range(words: Sequence[Word], start: int) -> str:
    """`between 13 and 15`: at least the first, at most the second; "" for what is no end of a range."""
    around = words[max(0, start - _LONGEST_RANGE) : start + _LONGEST_RANGE]
    lower = [word.lower for word in around]
    at = min(start, _LONGEST_RANGE)
    opened = [index for index in range(at) if lower[index] == "between" and _plain_value(around[index + 1]) is not None]
    if not opened:
        return ""
    if opened[-1] == at - 1:
        return "least" if "and" in lower[at:] else ""
    return "most" if lower[at - 1] == "and" else ""


_LONGEST_RANGE: Final = 5
