"""What the words of a source tell before anybody knows whom they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...segment import Word, noun_phrase_end, tag_words, word_at
from .naming import Naming, is_person_noun, organisation_heads, person_nouns, read_naming
from .pronouns import PRONOUNS


def spelled_small(words: Sequence[Word]) -> Sequence[Word]:
    """A label in capitals that names an office ("THE MINISTER") as it stands in running text."""
    if len(words) < len(_OFFICE) or words[0].text != _OFFICE[0] or not all(word.text.isupper() for word in words):
        return words
    return tag_words([word._replace(text=word.lower, tag="") for word in words])


# An article and a noun.
_OFFICE: Final = ("THE", "MINISTER")


def plain(words: Sequence[Word]) -> Sequence[Word]:
    """A phrase without the reflexive that stresses it: "Lima herself"."""
    return words[:-1] if len(words) > 1 and words[-1].lower.endswith(("self", "selves")) else words


def is_pronoun(words: Sequence[Word]) -> bool:
    """`she`, `she herself`."""
    alone = len(words) == 1 or words[1].lower.endswith(("self", "selves"))
    return alone and words[0].lower in PRONOUNS


def shows_person(head: str) -> bool | None:
    """Whether a noun names a person or a body; None where it shows neither."""
    if head in person_nouns():
        return True
    return False if head in organisation_heads() else None


def apposed_name(words: Sequence[Word], start: int) -> Naming | None:
    """The name in an apposition: "the mayor, Ana Lima"."""
    comma = next((index for index in range(start, len(words) - 1) if words[index].text == ","), len(words))
    if word_at(words, comma + 1).tag in {"", "PRP$"}:
        return None
    end = noun_phrase_end(words, comma + 1)
    if end <= comma + 1:
        return None
    naming = read_naming(words[comma + 1 : end])
    if not naming.is_name:
        return None
    described = words[comma + 1].tag == "DT"
    return naming if not described or any(map(is_person_noun, naming.modifiers)) else None  # "the trader Ana Lima"


def own_name(words: Sequence[Word], start: int) -> Naming | None:
    """`farmers who call themselves Grey Heron`, `a man named Ana`."""
    for index in range(start, len(words) - 1):
        if words[index].lower in {"itself", "themselves", "named", "called"} and words[index + 1].tag == "NNP":
            naming = read_naming(words[index + 1 : noun_phrase_end(words, index + 1)])
            return naming if naming.is_name else None  # "a mule named Deacon": a role's name names nobody
    return None


def issuer_words(words: Sequence[Word]) -> Sequence[Word]:
    """The words before a possessive, or behind "by" and "from"."""
    for index, word in enumerate(words):
        if word.tag == "POS" and index:
            return words[:index]
        if word.lower in {"by", "from"} and index + 1 < len(words):
            return words[index + 1 :]
    return ()
