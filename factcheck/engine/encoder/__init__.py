"""The only room that knows onnxruntime and the tokenizer: words → pieces, pieces → arrays.

Importing it loads neither: they take half a second and 100 MB, which a process that never reads shall not pay.
"""

from typing import TYPE_CHECKING, Any

from .folder import MANIFEST, Kind, ModelFolder, open_folder
from .loading import find_folder, load_model
from .tokens import Tokens

if TYPE_CHECKING:
    from .model import Hidden, Model

__all__ = ["MANIFEST", "Hidden", "Kind", "Model", "ModelFolder", "Tokens", "find_folder", "load_model", "open_folder"]


def __getattr__(name: str) -> Any:
    if name not in {"Hidden", "Model"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import model

    return getattr(model, name)
