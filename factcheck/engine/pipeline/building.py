"""What reads a text, in words that change when it does: the engine's version and the digests of its models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..annotations import Models
from ..encoder import Kind, ModelFolder, find_folder

VERSION: Final = "0.1.0"
_ENOUGH: Final = 12


def find_digests(models: Models) -> dict[str, str]:
    """The digest of each model by what it is for, as `sha256:…`; empty for rules alone. Loads no model.

    Raises:
        ModelUnusable: a model's folder is not whole.
    """
    folders = {kind.value: find_folder(models, kind) for kind in Kind}
    return {name: f"sha256:{folder.digest}" for name, folder in folders.items() if folder is not None}


def digests_of(attribution: ModelFolder | None) -> dict[str, str]:
    """The digest of the model that finds statements, by what it is for."""
    return {} if attribution is None else {Kind.ATTRIBUTION.value: f"sha256:{attribution.digest}"}


def name_build(digests: Mapping[str, str]) -> str:
    """The version with the first digits of its models' digests: two builds that may read differently differ in it."""
    return "+".join([VERSION, *(digest.removeprefix("sha256:")[:_ENOUGH] for _, digest in sorted(digests.items()))])
