"""From scores to spans of pieces: cues above a threshold, the best sequence of roles for each (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ...encoder import Hidden
from .heads import CUE_TAGS, ROLE_TAGS, Heads

_BEGIN: Final = CUE_TAGS.index("B")
_INSIDE: Final = CUE_TAGS.index("I")
_OUTSIDE: Final = CUE_TAGS.index("O")
# A stretch goes on over the tags that begin none.
_BEGINS: Final = np.array([not tag.startswith("I-") for tag in ROLE_TAGS])
# A tag a piece, numbered as in ROLE_TAGS.
Tags = npt.NDArray[np.intp]


class CueFound(NamedTuple):
    """A cue at pieces [first, last), and how likely it is one."""

    first: int
    last: int
    probability: float


class Run(NamedTuple):
    """A stretch of pieces [first, last) with one role."""

    role: str
    first: int
    last: int


def find_cues(tags: Hidden, least: float) -> Iterator[CueFound]:
    """The cues that begin with at least that probability; each goes on while going on is likelier than not."""
    for first in np.flatnonzero(tags[:, _BEGIN] >= least):
        last = int(first) + 1
        while last < len(tags) and tags[last, _INSIDE] > max(tags[last, _BEGIN], tags[last, _OUTSIDE]):
            last += 1
        yield CueFound(int(first), last, float(tags[first, _BEGIN]))


def best_roles(scores: Sequence[Hidden], heads: Heads) -> list[Tags]:
    """The best tag sequence for each matrix of scores [pieces, tags]; all are searched side by side."""
    ends = [len(matrix) - 1 for matrix in scores]
    best = np.zeros((max(ends) + 1, len(ROLE_TAGS), len(scores)), dtype=np.float32)
    for row, matrix in enumerate(scores):
        best[: len(matrix), :, row] = matrix
    best[0] += heads["role_first"][:, None]
    moves = heads["role_moves"][:, :, None]
    reached, nearest = np.empty((len(ROLE_TAGS), *best.shape[1:]), dtype=np.float32), np.empty_like(best[0])
    # Behind the end of a shorter sequence the search goes on over nothing; its way back begins at its end.
    for before, here in pairwise(best):
        np.add(before[:, None], moves, out=reached)
        np.add(here, np.maximum.reduce(reached, axis=0, out=nearest), out=here)
    paths = _go_back(np.ascontiguousarray(best.transpose(0, 2, 1)), ends, np.ascontiguousarray(moves[:, :, 0].T))
    return [paths[: end + 1, row] for row, end in enumerate(ends)]


def _go_back(best: Hidden, ends: Sequence[int], moves_to: Hidden) -> Tags:
    """The tags on the best way to the end of each sequence, [pieces, sequences]; of equals the first."""
    paths = np.zeros(best.shape[:2], dtype=np.intp)
    ending: dict[int, list[int]] = {}
    for row, end in enumerate(ends):
        ending.setdefault(end, []).append(row)
    for at in range(len(best) - 1, -1, -1):
        if rows := ending.get(at):
            paths[at, rows] = best[at, rows].argmax(axis=1)
        if at:
            (best[at - 1] + moves_to[paths[at]]).argmax(axis=1, out=paths[at - 1])
    return paths


def find_runs(tags: Tags) -> Iterator[Run]:
    """The stretches of a tag sequence that have a role."""
    starts = (np.flatnonzero(_BEGINS[tags[1:]]) + 1).tolist()
    for start, end in pairwise([0, *starts, len(tags)]):
        if role := tags[start]:
            yield Run(ROLE_TAGS[role][2:], start, end)
