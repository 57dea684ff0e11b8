from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

# Both are read when a library is loaded: numpy's own threads would take cores that other workers read on, and the
# tokenizers package would ask a hub.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from ..errors import ModelUnusable
from .folder import HEADS, ModelFolder
from .tokens import Tokens

Hidden = npt.NDArray[np.float32]
_OPENING: Final = 101
_CLOSING: Final = 102


class Model:
    """An encoder with its tokenizer and the weights of its heads; safe to use from one thread at a time."""

    def __init__(self, folder: ModelFolder, threads: int) -> None:
        self.folder = folder
        self._tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._session = _open_session(folder, threads)
        self._giving_back = onnxruntime.RunOptions()
        self._giving_back.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self.heads = _load_heads(folder.path / HEADS)

    @classmethod
    def load(cls, folder: ModelFolder, threads: int) -> Model:
        """The model of a folder; the same bytes come out for any number of threads.

        Raises:
            ModelUnusable: onnxruntime or the tokenizer refuse it.
        """
        try:
            return cls(folder, threads)
        except Exception as error:
            raise ModelUnusable(folder.path, f"it does not load ({type(error).__name__}: {error})") from error

    def tokenize(self, text: str) -> Tokens:
        """The pieces of a text, without the model's own opening and closing."""
        # Half a character cannot be handed over; a question mark has the same length.
        encoding = self._tokenizer.encode(text.encode("utf-8", "replace").decode(), add_special_tokens=False)
        return Tokens(encoding.ids, encoding.offsets)

    def encode(self, ids: Sequence[int], layout: Sequence[int]) -> Hidden:
        """The hidden state of each piece, [pieces, width], of one window read alone.

        Windows are never read together: dynamic int8 would make a row depend on its neighbors.
        """
        return self._read(ids, [0, *layout, 0])[1:-1]

    def summarize(self, text: str) -> Hidden:
        """One state for a short text, [width]: the mean over its pieces and the model's own opening and closing.

        A text longer than a window is read as far as the window goes.
        """
        ids = self.tokenize(text).ids[: self.folder.window]
        mean: Hidden = self._read(ids, [0] * (len(ids) + 2)).mean(axis=0)
        return mean

    def encode_pair(self, first: str, second: str) -> tuple[Hidden, Hidden]:
        """The states of two texts read together, each [pieces, width], with the model's own mark before and behind.

        Each is read as far as half a window goes.
        """
        most = self.folder.window // 2 - 2
        ids, others = (self.tokenize(text).ids[:most] for text in (first, second))
        end = len(ids) + 2
        hidden = self._read([*ids, _CLOSING, *others], [*[0] * end, *[1] * (len(others) + 1)])
        return hidden[:end], hidden[end:]

    def rest(self) -> None:
        """Give back the memory that reading took, some 20 MB; the next window takes it anew."""
        self._read([], [0, 0], self._giving_back)  # given back at the end of a pass, so of the shortest that there is

    def _read(self, ids: Sequence[int], layout: Sequence[int], options: onnxruntime.RunOptions | None = None) -> Hidden:
        """One pass; `layout` has a place for the opening and one for the closing too."""
        words = np.array([[_OPENING, *ids, _CLOSING]], dtype=np.int64)
        bits = np.array([layout], dtype=np.int64)
        (hidden,) = self._session.run(None, {"ids": words, "layout": bits}, options)
        return np.asarray(hidden[0], dtype=np.float32)


def _load_heads(path: Path) -> Mapping[str, Hidden]:
    """The weights of the heads by name; none where the model has no heads."""
    if not path.exists():
        return {}
    with np.load(path) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _open_session(folder: ModelFolder, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(folder.path / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
