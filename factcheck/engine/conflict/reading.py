"""A cross-encoder read in numpy: both texts through one encoder, then two small heads.

The encoder reads both texts together (Devlin et al. 2019); the heads see its opening piece, the mean of either text,
their difference and their product (Conneau et al. 2017). Import it where a model is there to read with: it loads numpy.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from .inference import Inference, Reading

if TYPE_CHECKING:
    from ..encoder import Hidden, Model

_ROOT: Final = math.sqrt(2 / math.pi)


class ModelReader:
    """Reads with a model of pairs; the same texts give the same figures for any thread count and order."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __call__(self, first: str, second: str) -> Reading:
        """The reading of two texts, each as far as half a window goes."""
        states, others = self._model.encode_pair(first, second)
        one, two = states.mean(axis=0), others.mean(axis=0)
        known = np.concatenate([states[0], one, two, np.abs(one - two), one * two])
        scores = self._head("infer", _gelu(self._head("mixed", known)))
        shares = np.exp(scores - scores.max())
        clash = 1 / (1 + np.exp(-self._head("clash", _gelu(self._head("voiced", known)))[0]))
        return Reading(Inference(*(round(float(share), 4) for share in shares / shares.sum())), round(float(clash), 4))

    def _head(self, name: str, states: Hidden) -> Hidden:
        heads = self._model.heads
        scores: Hidden = states @ heads[f"{name}_weight"] + heads[f"{name}_bias"]
        return scores


def _gelu(scores: Hidden) -> Hidden:
    """The activation that the heads were trained with (Hendrycks and Gimpel 2016), in its usual close form."""
    bent: Hidden = 0.5 * scores * (1 + np.tanh(_ROOT * (scores + 0.044715 * scores**3)))
    return bent
