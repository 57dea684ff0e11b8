from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ..errors import ModelUnusable
from .folder import ModelFolder, open_folder

# The tokenizers package would ask a hub otherwise.
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import onnxruntime
from tokenizers import Tokenizer

Hidden = npt.NDArray[np.float32]
_OPENING: Final = 101
_CLOSING: Final = 102


class Tokens(NamedTuple):
    """A text's pieces: vocabulary ids, and where each begins and ends in code points."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Model:
    """An encoder with its tokenizer and the weights of its heads; safe to use from one thread at a time."""

    def __init__(self, folder: ModelFolder, threads: int) -> None:
        self.folder = folder
        self._tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        path = str(folder.path / "encoder.onnx")
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        with np.load(folder.path / "heads.npz") as arrays:
            self.heads: Mapping[str, Hidden] = {name: arrays[name] for name in arrays.files}

    def tokenize(self, text: str) -> Tokens:
        """The pieces of a text, without the model's own opening and closing."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return Tokens(encoding.ids, encoding.offsets)

    def encode(self, ids: Sequence[int], layout: Sequence[int]) -> Hidden:
        """The hidden state of each piece, [pieces, width], of one window read alone.

        Windows are never read together: dynamic int8 would make a row depend on its neighbors.
        """
        words = np.array([[_OPENING, *ids, _CLOSING]], dtype=np.int64)
        bits = np.array([[0, *layout, 0]], dtype=np.int64)
        (hidden,) = self._session.run(None, {"ids": words, "layout": bits})
        return np.asarray(hidden[0, 1:-1], dtype=np.float32)


@lru_cache(maxsize=2)
def load_model(path: Path, threads: int = 0) -> Model:
    """The model in a folder, loaded once per process; `threads` 0 takes every core.

    Raises:
        ModelUnusable: the folder is not whole, or onnxruntime or the tokenizer refuse it.
    """
    folder = open_folder(path)
    try:
        return Model(folder, threads)
    except Exception as error:
        raise ModelUnusable(path, f"it does not load ({type(error).__name__}: {error})") from error
