"""The only room that knows onnxruntime and the tokenizer: words → pieces, pieces → arrays."""

from .folder import MANIFEST, ModelFolder, open_folder
from .model import Hidden, Model, Tokens, load_model

__all__ = ["MANIFEST", "Hidden", "Model", "ModelFolder", "Tokens", "load_model", "open_folder"]
