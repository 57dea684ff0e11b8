"""What a text is about: stems of its content words, with the words news copy uses for one another made one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from ..lexicon import lemmas, read_rows, read_words
from ..segment import Word, tag_text

# Cut longest first; a stem keeps three letters, so that "ties" and "tie" meet but "use" and "us" do not.
_ENDINGS: Final = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ators", "ator", "ating", "ments", "ment",
    "ances", "ance", "ences", "ence", "ions", "ings", "ated", "ates", "ness", "ion", "ing", "ies", "ied", "ers", "ors",
    "als", "ate", "ely", "er", "or", "ed", "es", "al", "ly", "y", "e", "s",
)  # fmt: skip
_SHORTEST: Final = 3


@cache
def stem(word: str) -> str:
    """The stem of a small-letter word: irregular forms to their base, then endings cut as far as three letters stay."""
    current = lemmas().get(word, word)
    for _ in range(2):
        ending = next((e for e in _ENDINGS if current.endswith(e) and len(current) - len(e) >= _SHORTEST), "")
        current = current[: len(current) - len(ending)]
        if not ending:
            break
    if len(current) > _SHORTEST and current[-1] == current[-2] and current[-1] not in "aeiou":
        current = current[:-1]
    return current


@cache
def _groups() -> dict[str, str]:
    """Each stem of a synonym to the stem of its group's first word."""
    groups: dict[str, str] = {}
    for row in read_rows("synonyms"):
        for word in row:
            groups.setdefault(stem(word), stem(row[0]))
    return groups


@cache
def term(word: str) -> str:
    """The term of a small-letter word: its stem, or that of the group of words it belongs to."""
    root = stem(word)
    return _groups().get(root, root)


@cache
def is_content_word(word: str) -> bool:
    """Whether a small-letter word says something about the matter."""
    return len(word) > 1 and word[0].isalpha() and word not in read_words("stopwords")


def word_term(word: Word) -> str:
    """The term of a word of a text; empty for function words, figures and punctuation."""
    name = word.text[0].isupper() and word.tag == "NNP"
    if name and word.lower != "i" and word.lower not in read_words("stopwords"):
        return word.lower
    if not is_content_word(word.lower) or word.tag in {"CD", "PU", "SYM"}:
        return ""
    return term(word.lower)


def read_words_of(text: str) -> list[Word]:
    """The tagged words of a short text, quotation marks left out."""
    return [
        word for word in tag_text(text) if word.text not in '“”‘«»"„' and not (word.text in "’'" and word.tag == "PU")
    ]


_PARTICLES: Final = frozenset({"down", "off", "out", "up", "in", "away", "way"})


def terms_of(words: Sequence[Word]) -> frozenset[str]:
    """The terms of some words; a verb and its particle make one more ("brought down" is lowered)."""
    found = {one for word in words if (one := word_term(word))}
    for verb, particle in pairwise(words):
        if particle.lower in _PARTICLES:
            phrase = f"{lemmas().get(verb.lower, verb.lower)}-{particle.lower}"
            found |= {_phrases()[phrase]} if phrase in _phrases() else set()
    return frozenset(found)


@cache
def _phrases() -> dict[str, str]:
    """Groups of phrasal verbs, by their base form."""
    return {word: stem(row[0]) for row in read_rows("synonyms") for word in row if "-" in word}
