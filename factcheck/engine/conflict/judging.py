"""Signs → the probability that a pair is a conflict, and of which kind: two small logistic models one can read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ..annotations import ConflictKind
from .calibration import Weights

UNAIDED: Final = "unaided"
AIDED: Final = "aided"
# Texts of one article's pairs that a model reads in one comparison, each in one pass. A desk compares an article with
# itself and with others apart: 200 passes in all.
MOST_READ: Final = 100
_WORTH_READING: Final = 0.12  # what promises less is not raised whatever it means


@dataclass(frozen=True, slots=True)
class Judge:
    """How likely a conflict is (`score`, the same for every kind), and what speaks for each kind of it (`kinds`)."""

    score: Weights
    kinds: Mapping[ConflictKind, Weights]

    def rate(self, signs: Mapping[str, float]) -> float:
        """The probability, 0 to 1, that a pair with these signs is a conflict."""
        return self.score.probability(signs)

    def name_kind(self, signs: Mapping[str, float]) -> ConflictKind:
        """The kind of what the rules found, if they are sure; else the one that most of the signs speak for."""
        if signs.get("found"):
            return max(self.kinds, key=lambda kind: (signs.get(f"rule_{kind}", 0.0), kind.value))
        return max(self.kinds, key=lambda kind: (self.kinds[kind].total(signs), kind.value))


@dataclass(frozen=True, slots=True)
class Promise:
    """A pair that a model might read: for which article, how likely a conflict it is unaided, and its two texts."""

    article: str
    score: float
    texts: tuple[str, str]


def choose_promising(promises: Sequence[Promise]) -> set[int]:
    """Which pairs a model shall read: the likeliest whose texts are not more than 100 for any article."""
    read: dict[str, set[str]] = defaultdict(set)
    chosen: set[int] = set()
    for number in _likeliest_first(promises):
        promise = promises[number]
        texts = read[promise.article] | set(promise.texts)
        if len(texts) <= MOST_READ:
            read[promise.article] = texts
            chosen.add(number)
    return chosen


def _likeliest_first(promises: Sequence[Promise]) -> Iterable[int]:
    able = (number for number, promise in enumerate(promises) if promise.score >= _WORTH_READING)
    return sorted(able, key=lambda number: (-promises[number].score, number))


@cache
def open_judge(name: str = UNAIDED) -> Judge:
    """The judge for pairs that no model has read (`unaided`) or whose meaning one has read (`aided`)."""
    text = (files(__package__) / "weights" / f"{name}.json").read_text(encoding="utf-8")
    values = json.loads(text)
    kinds = {ConflictKind(kind): Weights.from_dict(row) for kind, row in values["kinds"].items()}
    return Judge(Weights.from_dict(values["score"]), kinds)


def shipped_weights(*, aided: bool = False) -> Weights:
    """The weights that come with the engine: what a desk's own calibration starts from."""
    return open_judge(AIDED if aided else UNAIDED).score
