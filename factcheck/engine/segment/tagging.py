"""Part-of-speech tags: a lexicon, spelling and shape for words it lacks, then rules of context (Brill 1995)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from ..lexicon import TagRule, possible_tags, read_tag_rules
from .words import Word

_CLOSED: Final = frozenset({"PRP", "DT", "IN", "CC", "PRP$", "MD", "TO", "WH", "WRB", "EX"})
_ENDINGS: Final = (
    ("ly", "RB"), ("ing", "VBG"), ("ed", "VBN"), ("tion", "NN"), ("sion", "NN"), ("ment", "NN"), ("ness", "NN"),
    ("ity", "NN"), ("ism", "NN"), ("ship", "NN"), ("ance", "NN"), ("ence", "NN"), ("ist", "NN"), ("or", "NN"),
    ("er", "NN"), ("ure", "NN"), ("age", "NN"), ("ous", "JJ"), ("ful", "JJ"), ("less", "JJ"), ("able", "JJ"),
    ("ible", "JJ"), ("ive", "JJ"), ("ic", "JJ"), ("al", "JJ"), ("ish", "JJ"), ("ary", "JJ"), ("ent", "JJ"),
    ("ant", "JJ"), ("est", "JJ"), ("ss", "NN"), ("us", "NN"), ("is", "NN"), ("s", "NNS"),
)  # fmt: skip
_BY_ENDING: Final = (
    ("ly", frozenset({"RB", "JJ"})),
    ("ing", frozenset({"VBG", "NN", "JJ"})),
    ("ed", frozenset({"VBN", "VBD", "JJ"})),
    ("s", frozenset({"NNS", "VBZ"})),
)
_OPEN: Final = frozenset({"NN", "JJ", "VB", "VBP"})
_NUMERAL = re.compile(r"\d[\d.,:/]*(?:st|nd|rd|th|m|bn|k|km|p|pm|am)?")
_FIXED: Final = frozenset({"QUOTE", "QM"})
_APOSTROPHES: Final = frozenset("'’")
_STOPS: Final = frozenset(".,;:!?…")


def tag_words(words: Sequence[Word]) -> list[Word]:
    """The words of one sentence with their tags; words tagged QUOTE and QM keep theirs."""
    texts = [word.lower for word in words]
    tags = _first_tags(words)
    present = set(tags)
    for rule, applies in _compiled_rules():
        if rule.before not in present:
            continue
        hits = [
            index
            for index, tag in enumerate(tags)
            if tag == rule.before and applies(texts, tags, index) and rule.after in _allowed(words[index].text)
        ]
        for index in hits:
            tags[index] = rule.after
        if hits:
            present.add(rule.after)
    _fix_auxiliaries(words, texts, tags)
    return [word._replace(tag=tag) for word, tag in zip(words, tags, strict=True)]


_FINITE_AUXILIARIES: Final = {
    "is": "VBZ", "are": "VBP", "was": "VBD", "were": "VBD", "has": "VBZ", "had": "VBD", "does": "VBZ", "did": "VBD",
}  # fmt: skip


def _fix_auxiliaries(words: Sequence[Word], texts: list[str], tags: list[str]) -> None:
    """Forms that can only be finite, and the noun right before one; "had" is a participle after "has"."""
    for index, text in enumerate(texts):
        perfect = text == "had" and _at(texts, index - 1) in {"has", "have", "had", "'ve"}
        if text in _FINITE_AUXILIARIES and not perfect:
            tags[index] = _FINITE_AUXILIARIES[text]
        elif tags[index] != "MD":
            continue
        if index and _at(tags, index - 2) not in {"TO", "MD"}:
            noun = {"VB": "NN", "VBP": "NN", "VBZ": "NNS"}.get(tags[index - 1], "")
            if noun and noun in _allowed(words[index - 1].text) and texts[index - 1] not in _FINITE_AUXILIARIES:
                tags[index - 1] = noun


def _first_tags(words: Sequence[Word]) -> list[str]:
    tags: list[str] = []
    begun = False
    for index, word in enumerate(words):
        tag = word.tag if word.tag in _FIXED else _first_tag(word, first=not begun)
        if not begun and tag in {"VB", "VBP"} and index + 1 < len(words) and words[index + 1].text[0].isupper():
            tag = "NNP"  # the first word of a name: Fly Fair
        elif word.text in _APOSTROPHES and tag not in _FIXED and index and words[index - 1].lower.endswith("s"):
            tag = "POS"
        tags.append(tag)
        begun = begun or word.text[0].isalnum()
    return tags


def _first_tag(word: Word, *, first: bool) -> str:
    known = possible_tags(word.lower)
    if not word.text[0].isupper() or word.lower == "i":
        return known[0] if known else _guess(word.text)
    if known and (first or known[0] in _CLOSED - {"MD"}) and (first or len(word.text) > 1):
        return known[0]
    if first:
        guess = _guess(word.text)
        return guess if guess in {"RB", "VBG", "CD", "PU", "SYM", "POS"} else "NNP"
    return "CD" if word.text[0].isdigit() else "NNP"


@cache
def _guess(text: str) -> str:
    lower = text.lower()
    if not any(letter.isalnum() for letter in text):
        return "SYM" if text in "$€£¥%" else "PU"
    if any(letter.isdigit() for letter in text):
        return "CD" if _NUMERAL.fullmatch(lower) else "JJ"
    if lower in {"'s", "’s"}:
        return "POS"
    if "-" in text:
        return "JJ"
    for ending, tag in _ENDINGS:
        if lower.endswith(ending) and len(lower) > len(ending) + (1 if ending == "ed" else 2):
            return tag
    return "NN"


@cache
def _allowed(text: str) -> frozenset[str]:
    """The tags a rule may give a word: those of the lexicon, or what its spelling leaves open."""
    lower = text.lower()
    known = possible_tags(lower)
    if known:
        more = {"JJ"} if lower.endswith("ed") and "VBN" in known else {"VB"} if known == ("NN",) else set()
        return frozenset(known) | more | ({"NNP"} if text[0].isupper() else set())
    if text in _STOPS:
        return frozenset({"PU"})
    if not text[0].isalpha():
        return (
            frozenset({"PU", "SYM", "POS"}) if not any(map(str.isalnum, text)) else frozenset({"CD", "JJ", "NN", "NNS"})
        )
    if text[0].isupper():
        return frozenset({"NNP", _guess(text)})
    if "-" in text:
        return frozenset({"JJ", "NN", "NNS", "RB"})
    return next((tags for ending, tags in _BY_ENDING if lower.endswith(ending)), _OPEN)


_Context = Callable[[list[str], list[str], int], bool]
_EDGE: Final = "_"


def _at(row: list[str], index: int) -> str:
    return row[index] if 0 <= index < len(row) else _EDGE


@cache
def _compiled_rules() -> tuple[tuple[TagRule, _Context], ...]:
    return tuple((rule, _compile(rule)) for rule in read_tag_rules())


def _compile(rule: TagRule) -> _Context:
    """The test of a rule's context; the names of the contexts are explained in tag_rules.txt."""
    first, _, second = rule.value.partition(" ")
    if rule.context in _ONE_OF:
        offsets = _ONE_OF[rule.context]
        return lambda _, tags, i: any(_at(tags, i + offset) == first for offset in offsets)
    if rule.context in _BOTH:
        one, two = _BOTH[rule.context]
        return lambda _, tags, i: _at(tags, i + one) == first and _at(tags, i + two) == second
    if rule.context in _WORD_AT:
        offset = _WORD_AT[rule.context]
        return lambda texts, _, i: _at(texts, i + offset) == first
    beside = -1 if rule.context == "wp" else 1
    return lambda texts, tags, i: texts[i] == first and _at(tags, i + beside) == second


_ONE_OF: Final = {
    "p": (-1,), "n": (1,), "pp": (-2,), "nn": (2,), "p12": (-1, -2), "n12": (1, 2), "p123": (-1, -2, -3),
}  # fmt: skip
_BOTH: Final = {"p2": (-2, -1), "n2": (1, 2), "pn": (-1, 1)}
_WORD_AT: Final = {"pw": -1, "nw": 1, "ppw": -2}
