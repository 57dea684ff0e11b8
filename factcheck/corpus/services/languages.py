"""The language of a text: English is told by its own small words at once, what is not by a detector in a child."""

import re
from collections.abc import Sequence
from typing import Final

from factcheck.intake.parsing.child import parse_file
from factcheck.intake.parsing.documents import UnfitFile

ENGLISH: Final = "en"
READ: Final = 4_000  # characters
FEWEST: Final = 15  # words; a guess from fewer is none
# Six in a hundred words of an English article are "the" alone; these are four in ten, and one in ten of a Dutch one.
SURELY, PERHAPS = 0.25, 0.10
_SMALL: Final = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "a",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "at",
        "by",
        "from",
        "it",
        "he",
    }
    | {"she", "they", "said", "be", "has", "have", "not", "are", "this", "were", "which", "or", "an", "his", "her"}
    | {"but", "had", "its", "will", "who", "been", "their", "would", "we", "i"}
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# Letters that no word of English has, and the language most often written in them; the first that is there holds.
_LETTERS: Final = tuple(
    (language, re.compile(f"[{letters}]"))
    for language, letters in (
        *(("ja", "\u3040-\u30ff"), ("ko", "\uac00-\ud7af"), ("zh", "\u3400-\u4dbf\u4e00-\u9fff")),
        *(("be", "ўЎ"), ("uk", "іїєґІЇЄҐ"), ("ru", "\u0400-\u04ff"), ("el", "\u0370-\u03ff\u1f00-\u1fff")),
        *(("he", "\u0590-\u05ff"), ("fa", "پچژگ"), ("ar", "\u0600-\u06ff"), ("hi", "\u0900-\u097f")),
        *(("bn", "\u0980-\u09ff"), ("ta", "\u0b80-\u0bff"), ("th", "\u0e00-\u0e7f"), ("ka", "\u10a0-\u10ff")),
        *(("hy", "\u0530-\u058f"), ("am", "\u1200-\u137f"), ("km", "\u1780-\u17ff")),
    )
)
_FAR: Final = "\u036f"  # where the letters of Western Europe end; Vietnam's, in their own place, are Latin too
_LATIN_AGAIN: Final = re.compile("[\u1e00-\u1eff]")


def tell_language(text: str, said: str = "", *, told: str = "") -> str:
    """The two letters of a text's language; English where there is too little to tell from.

    `said` is what the page says of itself, which is often its template's word: it holds only where the words agree.
    What people `told` holds.
    """
    if told:
        return told
    text = text[:READ]
    words = _WORD.findall(text.casefold())
    if letters := _by_letters("".join(words)):
        return _detected(text) or letters
    return _by_words(words, said) or _detected(text) or ENGLISH


def _by_words(words: Sequence[str], said: str) -> str:
    """What small words show, or what is said where they do not gainsay it; nothing where the detector has to look."""
    english = _english(words)
    if english >= SURELY or not words:
        return ENGLISH
    if len(words) < FEWEST:
        return said or ENGLISH
    return said if said != ENGLISH and english < PERHAPS else ""


def _english(words: Sequence[str]) -> float:
    """The share of English's small words."""
    return sum(word in _SMALL for word in words) / max(len(words), 1)


def _by_letters(letters: str) -> str:
    """The language that is most often written in these letters, where most of them are not Latin."""
    far = [letter for letter in letters if letter > _FAR and not _LATIN_AGAIN.match(letter)]
    if 2 * len(far) <= len(letters):
        return ""
    return next((language for language, among in _LETTERS if among.search("".join(far))), "")


def _detected(text: str) -> str:
    """What the detector says, whose model is too large to be kept by every worker."""
    try:
        return parse_file("article.txt", text.encode())[0].language
    except UnfitFile:
        return ""
