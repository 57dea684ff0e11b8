from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..lexicon import read_words

# One alternative a kind of word; no quantifier stands inside another, so the time is linear in the text.
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:[-‐‑][^\W_]+)*(?:[a-z]{1,3}(?![^\W_]))?"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[-‐‑’'.@][^\W_]+)*"
    r"|\.{3}|--|\S"
)
_CLITIC = re.compile(r"(?<=[^\W_])['’](?:s|ll|re|ve|m|d)$", re.IGNORECASE)
_LONGEST_WORD: Final = 200


class Word(NamedTuple):
    """A word or mark of punctuation; `lower` is small and with a straight apostrophe; `tag` is a Penn Treebank tag.

    `quotation` is the number, in the paragraph, of the quotation that this word stands for as a whole (tag QUOTE).
    """

    start: int
    end: int
    text: str
    lower: str
    tag: str = ""
    quotation: int = -1


# Prefixes of names that keep their small letter: al-Rashid, d'Ancona.
_SMALL_PREFIX = re.compile(r"(?:al|el|ar|as|ash|az|ad|an|ul|ud|ou|dell?|d|l)[-‐‑’'](?=[^\W\d_])")


def is_capitalized(text: str) -> bool:
    """Whether a word is written as names are: with a capital, or with one behind a small prefix ("al-Rashid")."""
    if text[0].isupper():
        return True
    prefix = _SMALL_PREFIX.match(text) if text[0].islower() else None
    return prefix is not None and text[prefix.end()].isupper()


def word_at(words: Sequence[Word], index: int) -> Word:
    """The word at a place; outside the sentence one without text and tag."""
    return words[index] if 0 <= index < len(words) else _NO_WORD


_NO_WORD: Final = Word(-1, -1, "", "")


def split_words(text: str, start: int, end: int) -> list[Word]:
    """The words of text[start:end]; possessive and contracted endings stand by themselves, "don't" stays whole."""
    words: list[Word] = []
    for match in _TOKEN.finditer(text, start, end):
        token = match.group()[:_LONGEST_WORD]
        clitic = _CLITIC.search(token) if "'" in token or "’" in token else None
        if clitic is None:
            words.append(_word(match.start(), token))
        else:
            words.append(_word(match.start(), token[: clitic.start()]))
            words.append(_word(match.start() + clitic.start(), clitic.group()))
    return _join_abbreviations(text, words)


def _word(start: int, text: str) -> Word:
    return Word(start, start + len(text), text, text.lower().replace("’", "'"))


def _join_abbreviations(text: str, words: list[Word]) -> list[Word]:
    """A full stop right after an abbreviation belongs to it."""
    abbreviations = read_words("abbreviations")
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if word.text == "." and joined else None
        if before is not None and before.end == word.start and _is_abbreviation(before, abbreviations):
            joined[-1] = Word(before.start, word.end, text[before.start : word.end], before.lower + ".")
        else:
            joined.append(word)
    return joined


def _is_abbreviation(word: Word, abbreviations: frozenset[str]) -> bool:
    initial = len(word.text) == 1 and word.text.isupper()
    return initial or word.lower in abbreviations
