"""Signs → the probability that a pair is a conflict, and of which kind: two small logistic models one can read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ..annotations import ConflictKind
from .calibration import Weights

UNAIDED: Final = "unaided"
AIDED: Final = "aided"
MOST_READ: Final = 100  # pairs of an article in one comparison: 200 passes at most, as each text is read once
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


def choose_promising(scores: Sequence[tuple[str, float]]) -> set[int]:
    """Which pairs a model shall read, given each pair's article and unaided score: at most 100 of an article."""
    by_article: dict[str, list[int]] = defaultdict(list)
    for number in sorted(range(len(scores)), key=lambda at: (-scores[at][1], at)):
        article, score = scores[number]
        if len(by_article[article]) < MOST_READ and score >= _WORTH_READING:
            by_article[article].append(number)
    return {number for numbers in by_article.values() for number in numbers}


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
