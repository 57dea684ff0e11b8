from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

Json = dict[str, Any]

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Summed:
    """Counts that add up field by field."""

    def __add__(self, other: Self) -> Self:
        sums = (getattr(self, field.name) + getattr(other, field.name) for field in fields(self))
        return type(self)(*sums)


@dataclass(frozen=True, slots=True)
class Tally(Summed):
    """What was found and is right, what was found and is wrong, what was not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def marked(self) -> int:
        """How many there were to find."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """How many were found, right or wrong."""
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return share(self.right, self.found)

    @property
    def recall(self) -> float:
        """The share of what there was to find that was found; 0 where there was nothing."""
        return share(self.right, self.marked)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def figures(self) -> Json:
        """Precision, recall and F1, to three digits."""
        return {"precision": rounded(self.precision), "recall": rounded(self.recall), "f1": rounded(self.f1)}


def share(part: int, whole: int) -> float:
    """Part of whole; 0 where the whole is nothing."""
    return part / whole if whole else 0.0


def rounded(figure: float) -> float:
    """A figure to three digits, as it is published."""
    return round(figure, _DIGITS)
