"""Sentences that stand alone, one JSON object a line: what other tools score for check-worthiness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from .. import acts
from ..annotations import Models
from ..encoder import load_model
from .extraction import Progress
from .lines import read_rows
from .thresholds import DESK_MODELS


class Sentence(NamedTuple):
    """A sentence under the id that its owner gave it, given back as it came."""

    id: str | int | float
    text: str


def read_sentences(lines: str) -> list[Sentence]:
    """The sentences of JSONL, one a line: `{"id", "text"}`; other keys are left alone.

    Raises:
        ValueError: a line is no such object; the message names its number.
    """
    return [_read_sentence(row, number) for number, row in read_rows(lines)]


def _read_sentence(row: Any, number: int) -> Sentence:
    match row:
        case {"id": str() | int() | float() as id_, "text": str() as text}:
            return Sentence(id_, text)
    raise ValueError(f'line {number} is no object with "id", a string or number, and "text", a string')


def score_sentences(
    sentences: Sequence[Sentence], *, models: Models = DESK_MODELS, progress: Progress | None = None
) -> Iterator[tuple[Sentence, float]]:
    """Each sentence with how much it asks to be checked, 0 to 1, in order; read one by one, so that order is nothing.

    Raises:
        ModelUnusable: at once, not while reading: the model's folder is not whole or does not load.
    """
    model = load_model(models)
    return _score_each(sentences, lambda text: acts.score_sentence(text, model), progress)


def _score_each(
    sentences: Sequence[Sentence], score: Callable[[str], float], progress: Progress | None
) -> Iterator[tuple[Sentence, float]]:
    for number, sentence in enumerate(sentences, 1):
        yield sentence, score(sentence.text)
        if progress is not None:
            progress(round(number / len(sentences), 6))
