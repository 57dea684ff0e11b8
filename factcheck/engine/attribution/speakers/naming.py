"""What a noun phrase tells about the one it names: titles, name, role, owner, number, gender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ...lexicon import read_groups, read_rows, read_words
from ...segment import Word, is_capitalized


@dataclass(frozen=True, slots=True)
class Naming:
    """A noun phrase read as the naming of somebody.

    `name` are the words of a proper name without titles, `head` the small-letter noun of a description, `modifiers`
    the words before it, `owner` the words before a possessive ("the board" in "the board's chair").
    """

    text: str
    name: tuple[str, ...]
    roles: frozenset[str]
    head: str
    modifiers: tuple[str, ...]
    owner: str
    determiner: str
    plural: bool
    gender: str

    @property
    def written(self) -> str:
        """The proper name as it stands."""
        return " ".join(self.name).replace(" ’ ", "’ ").replace(" ' ", "' ")

    @property
    def is_name(self) -> bool:
        """Whether a proper name stands here."""
        return bool(self.name)


@cache
def genders() -> dict[str, str]:
    """Gender, where known, of titles and roles; an empty text where not."""
    rows = (*read_rows("titles"), *read_rows("person_roles"))
    return {row[0]: row[1].replace("-", "") for row in rows}


@cache
def person_nouns() -> frozenset[str]:
    """Nouns for persons in the singular."""
    return frozenset(row[0] for row in read_rows("person_roles"))


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name."""
    return frozenset(row[0] for row in read_rows("titles")) | person_nouns()


@cache
def organisation_heads() -> frozenset[str]:
    """Nouns for bodies, specific and generic."""
    groups = read_groups("organisation_heads")
    return groups["specific"] | groups["generic"]


@cache
def is_person_noun(noun: str) -> bool:
    """Whether a singular noun names a person: one of the list, "54-year-old", or by its ending (flautist, oarsman)."""
    if noun in person_nouns() or noun.endswith("-year-old"):
        return True
    known = noun in organisation_heads() or noun in read_words("document_nouns")
    return not known and noun.endswith(_PERSONAL_ENDINGS) and not read_words("personal_lookalikes") & {noun}


_PERSONAL_ENDINGS: Final = (
    "ist", "man", "woman", "person", "keeper", "maker", "seller", "worker", "driver", "player", "holder", "owner",
    "grapher", "eer", "ician", "mate", "wright", "smith", "monger", "herd",
)  # fmt: skip


def singular(noun: str) -> str:
    """The singular of a regular plural; the noun itself where it is none."""
    if noun.endswith("ies") and len(noun) > len("ties"):
        return f"{noun[:-3]}y"
    if noun.endswith("men"):
        return f"{noun[:-3]}man"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def read_naming(words: Sequence[Word]) -> Naming:
    """Read a noun phrase without its prepositional phrases and appositions."""
    segment, owner = _split_owner(words)
    determiner, core = _split_determiner(segment)
    first = _name_start(core)
    name = tuple(word.text for word in core[first:])
    before = tuple(word.lower for word in core[:first])
    if name:
        gender = _title_gender(before) or (given_gender(name[0].lower()) if len(name) > 1 else "")
        return Naming(
            text=join_words(segment),
            name=name,
            roles=_roles(before),
            head="",
            modifiers=before,
            owner=owner,
            determiner=determiner,
            plural=False,
            gender=gender,
        )
    return _read_description(segment, core, owner, determiner)


def _read_description(segment: Sequence[Word], core: Sequence[Word], owner: str, determiner: str) -> Naming:
    """The naming of a phrase without a proper name: "the young clerk"."""
    nouns = tuple(word.lower for word in core)
    return Naming(
        text=join_words(segment),
        name=(),
        roles=_roles(nouns),
        head=nouns[-1] if nouns else "",
        modifiers=nouns[:-1],
        owner=owner,
        determiner=determiner,
        plural=bool(core) and _is_plural(core[-1], determiner),
        gender=_title_gender(nouns),
    )


def _split_determiner(segment: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """A phrase's determiner or count, and the phrase without its article or possessive, where that is not all of it."""
    if not segment or segment[0].tag not in {"DT", "PRP$", "CD"}:
        return "", segment
    counts = segment[0].tag == "CD" or len(segment) == 1
    return segment[0].lower, segment if counts else segment[1:]


def _split_owner(words: Sequence[Word]) -> tuple[Sequence[Word], str]:
    """The part after the last possessive that does not belong to a name ("Teachers' Federation")."""
    for index in range(len(words) - 1, 0, -1):
        if words[index].tag == "POS" and not _inside_name(words, index):
            return words[index + 1 :], join_words(words[:index])
    return words, ""


def _inside_name(words: Sequence[Word], index: int) -> bool:
    if index + 1 >= len(words) or not words[index + 1].text[0].isupper() or not words[index - 1].text[0].isupper():
        return False
    return (
        words[index - 1].lower.endswith("s")
        and words[index].text in {"'", "’"}
        and words[-1].lower in organisation_heads()
    )


def join_words(words: Sequence[Word]) -> str:
    """Words as they are written: a blank between them, none before a possessive or a stop."""
    text = ""
    for word in words:
        text += word.text if not text or word.tag == "POS" or word.text == "." else f" {word.text}"
    return text


def _name_start(core: Sequence[Word]) -> int:
    """Where the proper name begins: after roles in small letters and titles with a capital."""
    start = len(core)
    while start > 0 and _in_name(core, start - 1):
        start -= 1
    while start < len(core) and not is_capitalized(core[start].text):
        start += 1
    return start if _ends_in_body(core) else _past_titles(core, start)


def _past_titles(core: Sequence[Word], start: int) -> int:
    """Where a person's name begins behind the titles, which stand anywhere before it."""
    known = titles()
    last_title = next((index for index in range(len(core) - 1, start - 1, -1) if core[index].lower in known), -1)
    if last_title < len(core) - 1 or start == len(core) - 1:
        return max(start, last_title + 1)
    return _after_titles(core, start)


def _after_titles(core: Sequence[Word], start: int) -> int:
    """A name that ends in a word which is a title too: John Major."""
    while start < len(core) and core[start].lower in titles():
        start += 1
    return start


def _ends_in_body(core: Sequence[Word]) -> bool:
    return bool(core) and core[-1].lower in organisation_heads()


def _in_name(core: Sequence[Word], index: int) -> bool:
    word = core[index]
    if is_capitalized(word.text):
        return word.tag == "NNP" or any(
            is_capitalized(other.text) for other in core[max(0, index - 1) : index + 2] if other is not word
        )
    between = (
        0 < index < len(core) - 1 and is_capitalized(core[index - 1].text) and is_capitalized(core[index + 1].text)
    )
    if word.lower in read_words("name_particles") or word.tag == "POS":
        return between
    return (
        index == len(core) - 1
        and index > 0
        and core[index - 1].tag == "NNP"
        and word.lower in read_groups("organisation_heads")["specific"]
        and len(core) > 1
    )


def _roles(words: Sequence[str]) -> frozenset[str]:
    found = {word for word in words if word in titles()}
    return frozenset(found | {singular(word) for word in words if singular(word) in person_nouns()})


def _is_plural(head: Word, determiner: str) -> bool:
    if determiner in {"a", "an", "one", "this", "that", "another", "each", "every"}:
        return False
    if head.lower in {"police", "police-force"} or head.lower in organisation_heads():
        return head.tag == "NNS"
    return (
        head.tag == "NNS"
        or head.lower in read_words("group_nouns")
        or determiner in {"both", "these", "those", "many", "several"}
    )


def _title_gender(nouns: Sequence[str]) -> str:
    """The gender of the first title or role that tells one."""
    return next((gender for noun in nouns if (gender := genders().get(noun))), "")


def given_gender(first: str) -> str:
    """What a given name suggests: m, f or nothing."""
    names = read_groups("first_names")
    return "m" if first in names["m"] else "f" if first in names["f"] else ""
