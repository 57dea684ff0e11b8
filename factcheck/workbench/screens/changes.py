"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text and whether it is the same in both, gone from the first, or new in the second."""

    text: str
    role: str  # "same", "gone" or "new"


def changes_between(before: str, after: str) -> list[Part]:
    """Both texts as one, in parts: what stayed, what went, what came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    return [part for part in _parts(old, new) if part.text]


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    for verb, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if verb == "equal":
            yield Part("".join(old[a:b]), "same")
        else:
            yield Part("".join(old[a:b]), "gone")
            yield Part("".join(new[c:d]), "new")
