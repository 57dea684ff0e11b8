"""What reads a text, in words that change when it does: the engine's version and the digests of its models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..annotations import Models
from ..encoder import ModelFolder, find_folder

VERSION: Final = "0.1.0"
_ENOUGH: Final = 12


def find_digests(models: Models) -> dict[str, str]:
    """The digest of each model by what it is for, as `sha256:…`; empty for rules alone. Loads no model.

    Raises:
        ModelUnusable: a model's folder is not whole.
    """
    return digests_of(find_folder(models))


def digests_of(attribution: ModelFolder | None) -> dict[str, str]:
    """The digests of models by what they are for."""
    return {} if attribution is None else {"attribution": f"sha256:{attribution.digest}"}


def name_build(digests: Mapping[str, str]) -> str:
    """The version with the first digits of its models' digests: two builds that may read differently differ in it."""
    return "+".join([VERSION, *(digest.removeprefix("sha256:")[:_ENOUGH] for _, digest in sorted(digests.items()))])
