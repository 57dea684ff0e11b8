"""What speaks for two texts making one claim: signs, named figures, and the weights that make a score of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float32]

# Each in 0 to 1 or near it; the order is that of the columns.
SIGNS: Final = (
    "words",  # what is shared, rare words most (BM25 over 30)
    "all_words",  # the same with common words
    "covered",  # how much of the stored claim's telling words stand in the text
    "meaning",  # the cosine of both meanings
    "meaning_squared",
    "words_of_best",  # the shared words beside those of the best by words
    "behind_nearest",  # how far the meaning lies behind the nearest of all
    "other_figures",  # the claim has figures, and none of them stands in the text
    "words_and_meaning",  # the product of both
)


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model one can read: a constant, and a weight for each sign."""

    constant: float
    signs: Sequence[float]

    def scores(self, table: Table) -> Table:
        """How likely each candidate is the same claim, by a row of signs each."""
        total = table @ np.array(self.signs, dtype=np.float32) + np.float32(self.constant)
        scores: Table = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        return scores


@cache
def shipped_weights() -> Weights:
    """The weights that come with the engine; `training/matching` says how they were learned."""
    told = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    return Weights(told["constant"], [told["signs"].get(sign, 0.0) for sign in SIGNS])
