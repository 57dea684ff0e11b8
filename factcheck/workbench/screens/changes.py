"""What changed between two texts, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 90  # characters of context beside a change
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text and whether it is the same in both, gone from the first, or new in the second."""

    text: str
    role: str  # "same", "gone" or "new"


def changes_between(before: str, after: str) -> list[Part]:
    """Both texts as one, in parts: what stayed, what went, what came. Changes with a mere space between are one."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    parts: list[Part] = []
    gone, came = "", ""
    for verb, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if verb == "equal" and (left.strip(" ") or not (gone or came)):
            parts += [Part(gone, "gone"), Part(came, "new"), Part(left, "same")]
            gone, came = "", ""
        else:
            gone, came = gone + left, came + right
    parts += [Part(gone, "gone"), Part(came, "new")]
    return [part for part in parts if part.text]


def only_around_changes(parts: Sequence[Part]) -> list[Part]:
    """The same with long stretches that stayed cut to their edges; nothing at all where nothing changed."""
    if all(part.role == "same" for part in parts):
        return []
    return [Part(_edges(part.text), part.role) if part.role == "same" else part for part in parts]


def _edges(text: str) -> str:
    return text if len(text) <= 3 * AROUND else f"{text[:AROUND]} … {text[-AROUND:]}"
