"""What a model of pairs tells of two texts: what follows from one for the other, and whether two statements clash.

The pairing works without one; whoever has a model hands over a `PairReader`.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Inference(NamedTuple):
    """The probabilities that the second text follows from the first, is open, or contradicts it; they sum to 1."""

    entailment: float
    neutral: float
    contradiction: float


class Reading(NamedTuple):
    """What the model makes of two voiced statements; `clash` is how likely they cannot both hold, 0 to 1."""

    inference: Inference
    clash: float


class PairReader(Protocol):
    """Reads two texts together, the first as the premise of the second."""

    def __call__(self, first: str, second: str) -> Reading:
        """The reading of two texts."""
