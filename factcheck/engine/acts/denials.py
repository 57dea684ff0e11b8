"""Whether an utterance denies by its own words: that nothing such was done, is, or ever was."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..annotations import Act, Quote
from ..lexicon import read_words
from .reading import Reading, Utterance

_MOSTLY: Final = 0.5


def read_denial(utterance: Utterance, reading: Reading) -> Act | None:
    """What is denied is not, or was not: what will not be is refused or expected."""
    if _denies_the_kind(reading):
        return Act.DENIAL
    if reading.is_future:
        return None
    mostly_quoted = utterance.quote is Quote.MIXED and utterance.quoted_share > _MOSTLY
    denies = _says_never(reading) or (not mostly_quoted and any(denies(reading) for denies in _DENIALS))
    return Act.DENIAL if denies else None


def _denies_the_kind(reading: Reading) -> bool:
    """`no such order was given`, `no threat of any kind`."""
    of_any_kind = "no" in reading.lower and " of any kind" in " ".join(reading.lower)
    such = {("no", "such"), ("any", "such"), ("nothing", "of")} & set(pairwise(reading.lower[:10]))
    return of_any_kind or (bool(such) and "the" not in reading.lower[:1])


def _says_never(reading: Reading) -> bool:
    """`he never met them`."""
    return ("never" in reading.verb and not reading.is_passive) or (
        "never" in reading.lower[:8] and reading.is_personal
    )


def _denies_deed(reading: Reading) -> bool:
    """`no order was given`, `not one shot was fired`, `no officer entered`."""
    if (
        reading.lower[:2] in {("not", "a"), ("not", "one"), ("not", "an")}
        and reading.words[2:3]
        and reading.words[2].tag in _NOUNS
    ):
        return reading.is_past or reading.is_passive
    counted = len(reading.lower) > 1 and reading.lower[1] in {"more", "fewer", "less", "one"}
    return reading.subject[:1] == ("no",) and not counted and (reading.is_passive or reading.is_past)


_NOUNS: Final = frozenset({"NN", "JJ", "NNP"})


def _denies_part(reading: Reading) -> bool:
    """`it has nothing to do with us`."""
    return "nothing to do with" in " ".join(reading.lower)


def _denies_charged_deed(reading: Reading) -> bool:
    """`the firm had sold no shares`, `his client had admitted nothing`: a deed, not what one meets or has."""
    if not (reading.negates_object and reading.is_past) or reading.group is None or reading.subject[:1] == ("there",):
        return False
    return reading.lower[reading.group.head] not in _MET


def _denies_existence(reading: Reading) -> bool:
    """`there is no plan`, of things that are mostly denied."""
    absent = reading.subject[:1] == ("there",) and "no" in reading.lower[:5]
    return absent and not read_words("denied_nouns").isdisjoint(reading.lower)


def _denies_own_deed(reading: Reading) -> bool:
    """`we paid nobody`."""
    return not {"i", "we"}.isdisjoint(reading.subject) and reading.negates_object and reading.is_past


# What somebody happens upon, has or lacks: "found no trace", "received no wages".
_MET: Final = frozenset(
    {
        "found",
        "find",
        "seen",
        "saw",
        "see",
        "had",
        "have",
        "has",
        "received",
        "heard",
        "got",
        "was",
        "were",
        "been",
        "felt",
        "left",
    }
)


def _denies_flatly(reading: Reading) -> bool:
    """`has not received a single cent`, `had not tripped once`, `was at no point asked`: a negation made strong."""
    text = f" {' '.join(reading.lower)} "
    negated = reading.is_negated or reading.lower[:1] == ("not",)
    return any(f" {words} " in text for words in _NO_TIMES) or (
        negated and any(f" {words} " in text for words in _FLAT)
    )


_NO_TIMES: Final = ("at no point", "at no time", "under no circumstances", "in no way")
_FLAT: Final = ("a single", "one single", "so much as", "at all", "whatsoever", "at any time", "once", "ever")
_DENIALS: Final = (
    _denies_flatly, _denies_deed, _denies_existence, _denies_own_deed, _denies_part, _denies_charged_deed,
)  # fmt: skip
