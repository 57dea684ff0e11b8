"""Whether an utterance denies by its own words: that nothing such was done, is, or ever was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ..annotations import Act, Quote
from ..lexicon import read_words
from ..segment import Word
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


def weigh_denial(utterance: Utterance, second: Reading, act: Act) -> Act:
    """`"I sold two boats. Nobody was cheated"`: what the second sentence of a quotation denies."""
    denied = act is Act.ASSERTION and second.words != () and read_denial(utterance, second) is not None
    return Act.DENIAL if denied else act


def _denies_the_kind(reading: Reading) -> bool:
    """`no such order was given`, `no threat of any kind`."""
    of_any_kind = "no" in reading.lower and " of any kind" in " ".join(reading.lower)
    such = {("no", "such"), ("any", "such"), ("nothing", "of")} & set(pairwise(reading.lower[:10]))
    return of_any_kind or (bool(such) and "the" not in reading.lower[:1])


def _says_never(reading: Reading) -> bool:
    """`he never met them`, `it had never been sent a bill`."""
    of_somebody = (reading.is_personal or "it" in reading.subject) and "they" not in reading.subject
    return ("never" in reading.verb and not reading.is_passive) or ("never" in reading.lower[:8] and of_somebody)


def _denies_deed(reading: Reading) -> bool:
    """`no order was given`, `not one shot was fired`, `no officer entered`."""
    if _counts_none(reading):
        return reading.is_past or reading.is_passive or any(word.tag == "VBD" for word in reading.words)
    counted = len(reading.lower) > 1 and reading.lower[1] in {"more", "fewer", "less"}
    nobodys = reading.subject[:1] == ("no",) or reading.lower[:1] in _NOBODYS
    return nobodys and not counted and (reading.is_passive or reading.is_past)


# "None of them came" counts rather than denies.
_NOBODYS: Final = {("nobody",), ("nothing",), ("no-one",)}


def _counts_none(reading: Reading) -> bool:
    """`not a shot`, `from our side not one of the guards`."""
    at = next((at for at, two in enumerate(pairwise(reading.lower[:_FIRST])) if two in _NOT_ONE), None)
    if at is None or (at and reading.lower[at + 1] != "one"):
        return False
    return any(word.tag in _NOUNS or word.lower == "of" for word in reading.words[at + 2 : at + 4])


_FIRST: Final = 8  # words
_NOT_ONE: Final = frozenset({("not", "one"), ("not", "a"), ("not", "an")})
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
    """`there is no plan`, `there is not a word in it`, `no list exists`; not "there was no bread left"."""
    unheard_of = reading.subject[:1] == ("no",) and reading.verb[-1:] in {("exists",), ("exist",), ("existed",)}
    return unheard_of or (reading.subject[:1] == ("there",) and _is_absent(reading))


def _is_absent(reading: Reading) -> bool:
    none = "no" in reading.lower[1:5] or not {("not", "a"), ("not", "one")}.isdisjoint(pairwise(reading.lower[:6]))
    lacked = not (read_words("lacked_nouns") | {"can", "could"}).isdisjoint(reading.lower)
    return none and (not lacked or not read_words("denied_nouns").isdisjoint(reading.lower))


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
    if _holds(reading, _NO_TIMES):
        return True
    negated = reading.is_negated or "never" in reading.lower[:_FIRST] or reading.lower[:1] in _NEGATING
    return negated and (_holds(reading, _FLAT) or _leaves_none(reading) or _is_not_ones(reading))


_NEGATING: Final = {("not",), ("nobody",), ("nothing",)}


def _holds(reading: Reading, phrases: Sequence[str]) -> bool:
    text = f" {' '.join(reading.lower)} "
    return any(f" {words} " in text for words in phrases)


def _leaves_none(reading: Reading) -> bool:
    """`did not speak to anybody`, `has not received one cent`."""
    behind = reading.words[reading.group.end if reading.group else 0 :]
    if reading.lower[:1] == ("nobody",) or (reading.is_past and not reading.is_passive):
        return _names_any(behind)
    return False


def _names_any(words: Sequence[Word]) -> bool:
    one = any(word.lower == "one" and other.tag in _NOUNS for word, other in pairwise(words))
    return one or not _ANY.isdisjoint(word.lower for word in words)


_ANY: Final = frozenset({"anyone", "anybody", "anything", "anyone's", "anybody's"})


def _is_not_ones(reading: Reading) -> bool:
    """`the voice was not hers`, `those bags are not ours`."""
    behind = reading.lower[reading.group.end : reading.group.end + 2] if reading.group else ()
    return reading.is_negated and not _OWN.isdisjoint(behind)


_OWN: Final = frozenset({"mine", "ours", "hers", "theirs"})
_NO_TIMES: Final = ("at no point", "at no time", "under no circumstances", "in no way")
_FLAT: Final = ("a single", "one single", "so much as", "at all", "whatsoever", "at any time", "once", "ever")
_DENIALS: Final = (
    _denies_flatly, _denies_deed, _denies_existence, _denies_own_deed, _denies_part, _denies_charged_deed,
)  # fmt: skip
