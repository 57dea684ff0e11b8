"""Pairs of texts, one JSON object a line: what other tools ask whether one follows from the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..annotations import Models
from ..conflict.inference import Inference, PairReader, reader_of
from ..encoder import Kind, load_model
from ..errors import ModelMissing
from .extraction import Progress
from .lines import read_rows
from .thresholds import DESK_MODELS


class TextPair(NamedTuple):
    """Two texts under the id that their owner gave them, given back as it came."""

    id: str | int | float
    premise: str
    hypothesis: str


def read_text_pairs(lines: str) -> list[TextPair]:
    """The pairs of JSONL, one a line: `{"id", "premise", "hypothesis"}`; other keys are left alone.

    Raises:
        ValueError: a line is no such object; the message names its number.
    """
    return [_read_pair(row, number) for number, row in read_rows(lines)]


def _read_pair(row: Any, number: int) -> TextPair:
    match row:
        case {"id": str() | int() | float() as id_, "premise": str() as premise, "hypothesis": str() as hypothesis}:
            return TextPair(id_, premise, hypothesis)
    raise ValueError(
        f'line {number} is no object with "id", a string or number, and "premise" and "hypothesis", both strings'
    )


def infer_pairs(
    pairs: Sequence[TextPair], *, models: Models = DESK_MODELS, progress: Progress | None = None
) -> Iterator[tuple[TextPair, Inference]]:
    """What follows for each hypothesis from its premise, in order; read one by one, so that order is nothing.

    Raises:
        ModelUnusable: at once, not while reading: the folder of the model of pairs is not whole or does not load.
        ModelMissing: the models chosen have none of pairs, and rules cannot infer.
    """
    model = load_model(models, Kind.PAIR)
    if model is None:
        raise ModelMissing("no model of pairs is chosen, and rules alone cannot tell what follows from what")
    return _infer_each(pairs, reader_of(model), progress)


def _infer_each(
    pairs: Sequence[TextPair], read: PairReader, progress: Progress | None
) -> Iterator[tuple[TextPair, Inference]]:
    for number, pair in enumerate(pairs, 1):
        yield pair, read(pair.premise, pair.hypothesis).inference
        if progress is not None:
            progress(round(number / len(pairs), 6))
