"""The picture of agreement: which rating met which on one claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from factcheck.claims.agreement import coincidences
from factcheck.claims.models import Rating

HEATS = 5  # steps of the tint
CELL, LEFT, TOP = 56, 170, 34
BASELINE = 5  # below the middle of a cell
LONGEST_LABEL = 22


@dataclass(frozen=True, slots=True)
class Cell:
    """How often two ratings met, and where the picture draws it."""

    row: int
    column: int
    count: int
    heat: int

    @property
    def x(self) -> int:
        """Its left edge."""
        return LEFT + CELL * self.column

    @property
    def y(self) -> int:
        """Its upper edge."""
        return TOP + CELL * self.row

    @property
    def middle(self) -> tuple[int, int]:
        """Where its number stands."""
        return self.x + CELL // 2, self.y + CELL // 2 + BASELINE

    @property
    def is_agreement(self) -> bool:
        """Whether it is the same rating twice."""
        return self.row == self.column


@dataclass(frozen=True, slots=True)
class Step:
    """A rating at the edges of the picture: by name on the left, by number above."""

    rating: Rating
    place: int

    @property
    def label(self) -> str:
        """Its name, as far as there is room."""
        return self.rating.label[:LONGEST_LABEL]

    @property
    def number(self) -> int:
        """Its number, counted from one."""
        return self.place + 1

    @property
    def y(self) -> int:
        """Where its name stands."""
        return TOP + CELL * self.place + CELL // 2 + BASELINE

    @property
    def x(self) -> int:
        """Where its number stands."""
        return LEFT + CELL * self.place + CELL // 2


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture, and the table behind it."""

    cells: Sequence[Cell]
    steps: Sequence[Step]
    rows: Sequence[tuple[Rating, Sequence[int]]]
    cell: int = CELL

    @property
    def width(self) -> int:
        """How wide it is."""
        return LEFT + CELL * len(self.steps) + 2

    @property
    def height(self) -> int:
        """How high it is."""
        return TOP + CELL * len(self.steps) + 2


def matrix_of(units: Sequence[Mapping[UUID, int]], steps: Sequence[Rating]) -> Matrix:
    """Draw which rating met which; a difference stands on both sides of the diagonal."""
    met = coincidences([list(unit.values()) for unit in units if len(unit) > 1])
    counts = [[_times(met, row.position, column.position) for column in steps] for row in steps]
    edges = [Step(step, place) for place, step in enumerate(steps)]
    return Matrix(_cells(counts), edges, list(zip(steps, counts, strict=True)))


def _times(met: Mapping[tuple[int, int], float], one: int, other: int) -> int:
    """How many pairs of people gave these two; the same rating twice meets itself in both directions."""
    return round(met[one, other] / (2 if one == other else 1))


def _cells(counts: Sequence[Sequence[int]]) -> list[Cell]:
    most = max(1, *(count for line in counts for count in line))
    flat = [(row, column) for row in range(len(counts)) for column in range(len(counts))]
    return [Cell(row, column, counts[row][column], -(-HEATS * counts[row][column] // most)) for row, column in flat]
