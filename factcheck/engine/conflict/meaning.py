"""How near two statements are in meaning: each is read by itself, once, by the model of sentences.

The pairing works without one; whoever has another measure hands over a `Nearness`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..matching.meaning import load_encoder

if TYPE_CHECKING:
    from ..annotations import Models
    from ..matching.meaning import Meaning


class Nearness(Protocol):
    """Compares two texts."""

    def __call__(self, first: str, second: str) -> float:
        """The cosine of both meanings."""


def nearness_by(models: Models) -> Nearness | None:
    """What compares texts by the chosen model of sentences, loaded at the first text; None where none is chosen."""
    return None if models.sentence is None else _ReadNearness(models)


class _ReadNearness:
    """Reads each text once, however many pairs it stands in."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._known: dict[str, Meaning] = {}

    def __call__(self, first: str, second: str) -> float:
        """The cosine of both meanings.

        Raises:
            ModelUnusable: the model's folder is not whole or does not load.
        """
        return float(self._meaning(first) @ self._meaning(second))

    def _meaning(self, text: str) -> Meaning:
        if text not in self._known:
            self._known[text] = load_encoder(self._models).ask(text)
        return self._known[text]
