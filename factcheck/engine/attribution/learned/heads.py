"""The reader's heads: arrays in, scores out.

A cue head tags each piece O, B or I. A role head tags each piece given a cue, as in semantic role labelling
(He et al. 2017): the same sentence gets one sequence of tags for each cue in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from ...encoder import Hidden

Heads = Mapping[str, Hidden]
CUE_TAGS: Final = ("O", "B", "I")
ROLE_TAGS: Final = ("O", "B-source", "I-source", "B-content", "I-content")
# Distances from a cue are told apart up to five pieces, then by ever wider steps; the middle bucket is the cue itself.
_MIDDLE: Final = 16
_NEAR: Final = 5


def score_cues(hidden: Hidden, heads: Heads) -> Hidden:
    """The probability of each cue tag at each piece, [pieces, 3]."""
    return softmax(hidden @ heads["cue_weight"] + heads["cue_bias"])


def score_roles(hidden: Hidden, cues: Sequence[tuple[int, int]], heads: Heads) -> Hidden:
    """The score of each role tag at each piece given each cue [first, last), [cues, pieces, 5]."""
    of_piece = hidden @ heads["of_piece_weight"] + heads["of_piece_bias"]
    means = np.stack([hidden[first:last].mean(axis=0) for first, last in cues])
    of_cue = means @ heads["of_cue_weight"] + heads["of_cue_bias"]
    scores = np.empty((len(cues), len(hidden), len(ROLE_TAGS)), dtype=np.float32)
    mixed, apart = np.empty_like(of_piece), np.empty_like(of_piece)
    for (first, last), row, out in zip(cues, of_cue, scores, strict=True):
        np.add(of_piece, row, out=mixed)
        np.take(heads["distance"], buckets(len(hidden), first, last), axis=0, out=apart, mode="clip")
        np.add(mixed, apart, out=mixed)
        np.add(np.maximum(mixed, 0, out=mixed) @ heads["role_weight"], heads["role_bias"], out=out)
    return scores


def buckets(length: int, first: int, last: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The signed logarithmic bucket of each piece's distance from a cue [first, last), 0 to 32."""
    positions = np.arange(length)
    distance = np.minimum(positions - first, 0) + np.maximum(positions - (last - 1), 0)
    size = np.abs(distance)
    far = _NEAR + np.log2(np.maximum(size, _NEAR + 1) / _NEAR) * 2
    steps = np.minimum(np.where(size <= _NEAR, size, far).round().astype(np.int64), _MIDDLE)
    return np.asarray(_MIDDLE + np.sign(distance) * steps, dtype=np.int64)


def softmax(scores: Hidden) -> Hidden:
    """Scores as probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)
