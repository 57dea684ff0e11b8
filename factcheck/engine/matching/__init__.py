"""Has this been checked? Which stored claims a text makes again, by words and by meaning.

Importing it loads neither numpy nor a model; whoever matches does.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .meaning import Encoder, find_digest, load_encoder
from .words import pack_words

if TYPE_CHECKING:
    from .lines import Line, match_lines, read_lines
    from .parts import Record
    from .shelf import Match, Question, Shelf, read_question

__all__ = [
    "Encoder",
    "Line",
    "Match",
    "Question",
    "Record",
    "Shelf",
    "find_digest",
    "load_encoder",
    "match_lines",
    "pack_words",
    "read_lines",
    "read_question",
]
_LATE = {
    "Record": "parts",
    **dict.fromkeys(("Match", "Question", "Shelf", "read_question"), "shelf"),
    **dict.fromkeys(("Line", "match_lines", "read_lines"), "lines"),
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_LATE[name]}", __name__), name)
