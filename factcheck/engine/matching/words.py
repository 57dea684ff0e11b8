"""A text → the words by which claims are told apart: handles and hashtags opened, endings cut, links left out."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ..lexicon import read_words
from ..normalize import stem

_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/|www\.)\S+")
_WORD = re.compile(r"[@#]?\w+(?:[.,]\d+)*(?:['’]\w+)?")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")  # WallStreetJournal, COVID19
_JOINED = re.compile(r"[a-z][A-Z]")
_ENDING = re.compile(r"['’]\w+$")
_LONGEST_WORD: Final = 60
_BYTES: Final = 4


# The last two bits of a word's number say what it is, so that stored numbers tell it too.
COMMON: Final = 1
FIGURE: Final = 2


class Seen(NamedTuple):
    """A word of a text: the number it is known by, and how it is written there."""

    number: int
    shown: str


def read_seen(text: str) -> list[Seen]:
    """The words of a text in order."""
    return [Seen(number, shown) for shown in _split(_LINK.sub(" ", text)) if (number := _see(shown))]


def pack_words(text: str) -> bytes:
    """The numbers of a text's words as they are stored."""
    return array("i", [seen.number for seen in read_seen(text)]).tobytes()


def _split(text: str) -> Iterator[str]:
    """The words; a name written as one word is given whole and in its parts."""
    for written in _WORD.findall(text):
        word = _ENDING.sub("", written.lstrip("@#"))[:_LONGEST_WORD]
        yield word
        if written[0] in "@#" or _JOINED.search(word):
            parts = _PARTS.findall(word)
            yield from parts if len(parts) > 1 else ()


@lru_cache(maxsize=50_000)
def _see(shown: str) -> int:
    """The number of a word, 0 for none; of millions of words two may share one: then a match is a little less sharp."""
    lower = shown.lower().replace(",", "")
    if not lower:
        return 0
    term = stem(lower) if lower.isalpha() else lower
    digest = hashlib.blake2b(term.encode(), digest_size=_BYTES).digest()
    kind = COMMON * (lower in read_words("stopwords")) | FIGURE * lower[0].isdigit()
    return int.from_bytes(digest, "little", signed=True) & ~(COMMON | FIGURE) | kind
