"""A model's folder: a manifest that names every file with its hash, and what the model was made to read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ..errors import ModelUnusable

MANIFEST: Final = "model.json"
HEADS: Final = "heads.npz"
_FILES: Final = ("encoder.onnx", "tokenizer.json")


class Kind(StrEnum):
    """What a model was made for: to find statements in a text, to read two texts together, to say what a text means."""

    ATTRIBUTION = "attribution"
    PAIR = "pair"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder whose files are those its manifest names; `digest`, the manifest's own hash, stands for all of them.

    `window` is how many pieces are read at once, `overlap` how many two windows share. `confidence` holds the weights
    by which rules and model together are as sure as they are.
    """

    path: Path
    window: int
    overlap: int
    confidence: Mapping[str, float]
    digest: str


def open_folder(path: Path, kind: Kind = Kind.ATTRIBUTION) -> ModelFolder:
    """Check a model's folder file by file, without loading it.

    Raises:
        ModelUnusable: the manifest or a file is missing, a file is not the one the manifest names, or the model was
            made for something else.
    """
    try:
        written = (path / MANIFEST).read_bytes()
        manifest = json.loads(written)
        hashes = {name: str(manifest["files"][name]) for name in _files_of(kind)}
        sizes = int(manifest["window"]), int(manifest["overlap"])
        confidence = {str(name): float(value) for name, value in manifest.get("confidence", {}).items()}
        found = str(manifest.get("kind", Kind.ATTRIBUTION))
    except OSError as error:
        raise ModelUnusable(path, f"its {MANIFEST} cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnusable(path, f"its {MANIFEST} cannot be read ({type(error).__name__}: {error})") from error
    if found != kind:
        raise ModelUnusable(path, f"it is a model of kind {found}, and one of kind {kind} is wanted")
    for name, expected in hashes.items():
        _check_file(path, name, expected)
    return ModelFolder(path, *sizes, confidence, hashlib.sha256(written).hexdigest())


def _files_of(kind: Kind) -> tuple[str, ...]:
    """What a sentence means is read from the encoder itself; all others have heads."""
    return _FILES if kind is Kind.SENTENCE else (*_FILES, HEADS)


def _check_file(path: Path, name: str, expected: str) -> None:
    try:
        found = hashlib.sha256((path / name).read_bytes()).hexdigest()
    except OSError as error:
        raise ModelUnusable(path, f"its file {name} cannot be read ({error.strerror})") from error
    if found != expected:
        raise ModelUnusable(path, f"its file {name} is not the one that {MANIFEST} names")
