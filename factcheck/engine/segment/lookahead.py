"""Whether a clause lies ahead: a subject, then a finite verb, with nothing between that ends the search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..lexicon import read_words
from .phrases import FINITE, noun_phrase_end
from .words import Word

_LOOKAHEAD: Final = 30


def leads_clause(words: Sequence[Word], index: int) -> bool:
    """Whether a noun phrase and a finite verb follow, as after a subordinator: "after / the shots were heard"."""
    limit = min(len(words), index + _LOOKAHEAD)
    seen = False
    while index < limit:
        is_verb = words[index].tag in FINITE or (seen and _is_past_with_object(words, index, limit))
        if is_verb or _ends_search(words, index, limit, seen=seen):
            return is_verb and seen
        index, seen = _past_phrase(words, index, limit, seen=seen)
    return False


def _is_past_with_object(words: Sequence[Word], index: int, limit: int) -> bool:
    return words[index].tag == "VBN" and index + 1 < limit and words[index + 1].tag in {"NNP", "DT", "PRP", "PRP$"}


def _ends_search(words: Sequence[Word], index: int, limit: int, *, seen: bool) -> bool:
    """Whether the phrase ends here without a verb, or what follows has a verb of its own."""
    word = words[index]
    if seen and (word.tag == "CC" or _opens_aside(words, index, limit)):
        return False
    if word.tag in _BORDERS:
        return True
    if not seen:
        return word.tag in {"VBG", "TO"}
    subordinates = word.tag == "IN" and word.lower in read_words("subordinators")
    return subordinates and leads_clause(words, index + 1)


_BORDERS: Final = frozenset({"PU", "QUOTE", "CC", "WH"})


def _past_phrase(words: Sequence[Word], index: int, limit: int, *, seen: bool) -> tuple[int, bool]:
    """Where to look next, and whether a subject has been seen by then."""
    if seen and _opens_aside(words, index, limit):
        return _after_aside(words, index, limit), True
    if seen and words[index].tag == "CC":
        return index + 1, False  # "both the bank and the board are"
    end = noun_phrase_end(words, index)
    return max(index + 1, end), seen or end > index


def _opens_aside(words: Sequence[Word], index: int, limit: int) -> bool:
    """Whether a comma and a preposition begin an aside: "..., from all sides, ..."."""
    return words[index].text == "," and index + 1 < limit and words[index + 1].tag == "IN"


def _after_aside(words: Sequence[Word], index: int, limit: int) -> int:
    """Past an aside between commas: "..., from all sides, ..."."""
    for ahead in range(index + 1, limit):
        if words[ahead].text == ",":
            return ahead + 1
    return limit
