"""From scores to spans of pieces: cues above a threshold, the best sequence of roles for each (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from ...encoder import Hidden
from .heads import CUE_TAGS, ROLE_TAGS, Heads

_BEGIN: Final = CUE_TAGS.index("B")
_INSIDE: Final = CUE_TAGS.index("I")
_OUTSIDE: Final = CUE_TAGS.index("O")


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


def best_roles(scores: Sequence[Hidden], heads: Heads) -> list[list[int]]:
    """The best tag sequence for each matrix of scores [pieces, tags]; all are searched side by side."""
    lengths = [len(rows) for rows in scores]
    padded = np.zeros((len(scores), max(lengths), len(ROLE_TAGS)), dtype=np.float32)
    for row, matrix in zip(padded, scores, strict=True):
        row[: len(matrix)] = matrix
    steps = np.zeros(padded.shape, dtype=np.int8)
    best = padded[:, 0] + heads["role_first"]
    ends = np.zeros((len(scores), len(ROLE_TAGS)), dtype=np.float32)
    for at in range(max(lengths)):
        if at:
            reached = best[:, :, None] + heads["role_moves"]
            steps[:, at] = reached.argmax(axis=1)
            best = reached.max(axis=1) + padded[:, at]
        for number in [number for number, length in enumerate(lengths) if length == at + 1]:
            ends[number] = best[number]
    return [_trace(steps[row], int(ends[row].argmax()), length) for row, length in enumerate(lengths)]


def _trace(steps: np.ndarray[tuple[int, ...], np.dtype[np.int8]], tag: int, length: int) -> list[int]:
    path = [tag]
    for at in range(length - 1, 0, -1):
        path.append(int(steps[at, path[-1]]))
    return path[::-1]


def find_runs(tags: Sequence[int]) -> Iterator[Run]:
    """The stretches of a tag sequence that have a role."""
    start = 0
    for at in range(1, len(tags) + 1):
        if at < len(tags) and ROLE_TAGS[tags[at]].startswith("I-"):
            continue
        if tags[start]:
            yield Run(ROLE_TAGS[tags[start]][2:], start, at)
        start = at
