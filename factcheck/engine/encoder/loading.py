"""From a choice of models to what reads: the folder is checked, and the model loaded, once per process."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..annotations import Models
from .folder import Kind, ModelFolder, open_folder

if TYPE_CHECKING:
    from .model import Model

_open_once = lru_cache(maxsize=4)(open_folder)


def find_folder(models: Models, kind: Kind = Kind.ATTRIBUTION) -> ModelFolder | None:
    """The folder of the model of a kind, checked once per process and not loaded; None for rules alone.

    Raises:
        ModelUnusable: the folder is not whole, or its model is of another kind.
    """
    path = _path(models, kind)
    return None if path is None else _open_once(path, kind)


def load_model(models: Models, kind: Kind = Kind.ATTRIBUTION) -> Model | None:
    """The model of a kind, loaded once per process; None for rules alone.

    Raises:
        ModelUnusable: the folder is not whole or of another kind, or onnxruntime or the tokenizer refuse it.
    """
    path = _path(models, kind)
    return None if path is None else _load(path, kind, models.threads or os.cpu_count() or 1, os.getpid())


def _path(models: Models, kind: Kind) -> Path | None:
    return {Kind.ATTRIBUTION: models.attribution, Kind.PAIR: models.pair, Kind.SENTENCE: models.sentence}[kind]


@lru_cache(maxsize=4)
def _load(path: Path, kind: Kind, threads: int, process: int) -> Model:
    """One model a process: a session that was made before a fork stands still in the child."""
    from .model import Model

    return Model.load(open_folder(path, kind), threads)
