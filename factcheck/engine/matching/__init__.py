"""Has this been checked? Which stored claims a text makes again, by words and by meaning.

Importing it loads neither numpy nor a model; whoever matches does.
"""

from typing import TYPE_CHECKING, Any

from .meaning import Encoder, load_encoder
from .words import pack_words

if TYPE_CHECKING:
    from .parts import Record
    from .shelf import Match, Question, Shelf, read_question

__all__ = ["Encoder", "Match", "Question", "Record", "Shelf", "load_encoder", "pack_words", "read_question"]


def __getattr__(name: str) -> Any:
    if name == "Record":
        from . import parts

        return parts.Record
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import shelf

    return getattr(shelf, name)
