"""From a choice of models to what reads: the folder is checked, and the model loaded, once per process."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..annotations import Models
from .folder import ModelFolder, open_folder

if TYPE_CHECKING:
    from .model import Model

_open_once = lru_cache(maxsize=4)(open_folder)


def find_folder(models: Models) -> ModelFolder | None:
    """The folder of the model that finds statements, checked once per process and not loaded; None for rules alone.

    Raises:
        ModelUnusable: the folder is not whole.
    """
    if models.attribution is None:
        return None
    return _open_once(models.attribution)


def load_model(models: Models) -> Model | None:
    """The model that finds statements, loaded once per process; None for rules alone.

    Raises:
        ModelUnusable: the folder is not whole, or onnxruntime or the tokenizer refuse it.
    """
    if models.attribution is None:
        return None
    return _load(models.attribution, models.threads or os.cpu_count() or 1, os.getpid())


@lru_cache(maxsize=2)
def _load(path: Path, threads: int, process: int) -> Model:
    """One model a process: a session that was made before a fork stands still in the child."""
    from .model import Model

    return Model.load(open_folder(path), threads)
