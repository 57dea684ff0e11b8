"""A speaker's statements along a line of time, as a picture: what conflicts with an earlier one is joined to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from factcheck.corpus.models import ConflictPair, Statement
from factcheck.engine import ConflictKind

WIDTH, EDGE, BASE = 800, 36, 112
STEP, HIGHEST, LIFT = 12.0, 66.0, 9.0  # between dots; of a pile of them; above the line
REACH, SIDE = 60.0, 34.0  # how far turns reach up and to the side


@dataclass(frozen=True, slots=True)
class Dot:
    """A statement on the line; lengths are in the picture's own units, as text."""

    statement: Statement
    x: str
    y: str
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Two statements of the speaker that conflict: the earlier joined to the later."""

    pair: ConflictPair
    path: str

    @property
    def is_reversal(self) -> bool:
        """Whether the speaker took back what they had said, and not merely said two things."""
        return self.pair.kind in (ConflictKind.REVERSAL.value, ConflictKind.BROKEN_PLEDGE.value)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: dots, turns, and the days at both ends."""

    dots: Sequence[Dot]
    turns: Sequence[Turn]
    first: datetime | None
    last: datetime | None
    width: int = WIDTH
    base: int = BASE
    edge: int = EDGE

    @property
    def end(self) -> int:
        """Where the line ends."""
        return WIDTH - EDGE


def timeline_of(statements: Sequence[Statement], own: Sequence[ConflictPair]) -> Timeline:
    """Draw the statements of a speaker; `own` are the pairs both sides of which are theirs."""
    times = {row.pk: row.said_at for row in statements}
    first, last = (min(times.values()), max(times.values())) if times else (None, None)
    places = _places(times, first, last)
    turned = {side for pair in own for side in (pair.a_id, pair.b_id)}
    dots = [Dot(row, f"{places[row.pk][0]:.1f}", f"{places[row.pk][1]:.1f}", row.pk in turned) for row in statements]
    drawn = (_turn(pair, places) for pair in own)
    return Timeline(dots, [turn for turn in drawn if turn], first, last)


def _places(
    times: dict[UUID, datetime], first: datetime | None, last: datetime | None
) -> dict[UUID, tuple[float, float]]:
    """Dots of one moment stand above each other, the closer the more there are; beside each other if all are of one."""
    if first is None or last is None:
        return {}
    in_order = sorted(times.items(), key=lambda item: (item[1], item[0]))
    if first == last:
        step = min(STEP, (WIDTH - 2 * EDGE) / len(in_order))
        left = WIDTH / 2 - step * (len(in_order) - 1) / 2
        return {pk: (left + number * step, BASE - LIFT) for number, (pk, _) in enumerate(in_order)}
    places: dict[UUID, tuple[float, float]] = {}
    for at, moment in groupby(in_order, key=lambda item: item[1]):
        x = EDGE + (WIDTH - 2 * EDGE) * (at - first) / (last - first)
        together = [pk for pk, _ in moment]
        step = min(STEP, HIGHEST / len(together))
        places |= {pk: (x, BASE - LIFT - number * step) for number, pk in enumerate(together)}
    return places


def _turn(pair: ConflictPair, places: dict[UUID, tuple[float, float]]) -> Turn | None:
    if pair.a_id not in places or pair.b_id not in places:
        return None
    (left, y), (right, z) = sorted((places[pair.a_id], places[pair.b_id]))
    middle, top = (left + right) / 2, max(min(y, z) - 26 - REACH * (right - left) / WIDTH, -40)
    if left == right:  # of one moment: around the side
        middle, top = left - SIDE, (y + z) / 2
    return Turn(pair, f"M{left:.1f} {y:.1f} Q{middle:.1f} {top:.1f} {right:.1f} {z:.1f}")
