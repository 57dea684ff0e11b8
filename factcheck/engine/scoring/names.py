from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"'s\b")
_TITLES: Final = frozenset(
    "the a an mr mrs ms dr sir president minister prime mayor senator governor".split()  # noqa: SIM905 -- reads as a list
)


@dataclass(frozen=True, slots=True)
class MarkedSpeaker:
    """A speaker of marked text; the names are in comparable form."""

    id: str
    name: str
    kind: str
    names: frozenset[str]

    @classmethod
    def called(cls, speaker_id: str, name: str, kind: str, aliases: AbstractSet[str]) -> MarkedSpeaker:
        """A speaker by name and aliases as they are written."""
        return cls(speaker_id, name, kind, frozenset(comparable(each) for each in {name, *aliases}) - {""})

    def is_named(self, name: str) -> bool:
        """Whether a name means this speaker: name or alias; a person's surname; a part of a body's name or more."""
        wanted = comparable(name)
        if not wanted or wanted in self.names:
            return bool(wanted)
        said = wanted.split()
        if self.kind == "person":
            return said[-1] in {known.split()[-1] for known in self.names}
        return any(set(said) <= set(known.split()) or set(known.split()) <= set(said) for known in self.names)


def comparable(name: str) -> str:
    """A name without accents, case, possessive, marks and leading titles."""
    plain = unicodedata.normalize("NFKD", name).replace("’", "'")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    words = _WORD.findall(_POSSESSIVE.sub("", plain))
    while words and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words)
