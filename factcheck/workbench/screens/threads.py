"""An article's conflict threads as a picture: its statements along the text, and what conflicts with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from factcheck.corpus.models import Anchor, ConflictPair, PairStatus

WIDTH, BASE, EDGE = 800, 120, 12
HIGHEST = 104.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A statement on the line of the text; lengths are in the picture's own units, as text."""

    x: str
    tint: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A pair: an arc between two statements of the article, or a stub to another article; and its row in the table."""

    pair: ConflictPair
    path: str
    is_within: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has said that it is a conflict."""
        return self.pair.status == PairStatus.CONFIRMED


@dataclass(frozen=True, slots=True)
class Threads:
    """The picture, and behind it the table."""

    ticks: Sequence[Tick]
    threads: Sequence[Thread]
    top: int
    width: int = WIDTH
    base: int = BASE

    @property
    def height(self) -> int:
        """From the highest thread to the longest stub below."""
        return BASE + 30 - self.top

    @property
    def within(self) -> int:
        """How many join two statements of the article."""
        return sum(thread.is_within for thread in self.threads)

    @property
    def across(self) -> int:
        """How many lead to other articles."""
        return len(self.threads) - self.within


def threads_of(
    length: int, anchors: Sequence[Anchor], tints: Mapping[UUID, int], pairs: Sequence[ConflictPair]
) -> Threads:
    """Draw an article of this length: those threads that lead far go high."""
    places = {row.statement_id: EDGE + (WIDTH - 2 * EDGE) * row.start / max(length, 1) for row in anchors}
    ticks = [Tick(f"{places[row.statement_id]:.1f}", tints[row.statement.speaker_id]) for row in anchors]
    ends = [(pair, places.get(pair.a_id), places.get(pair.b_id)) for pair in pairs]
    highest = max((_height(a, b) for _, a, b in ends if a is not None and b is not None), default=0.0)
    drawn = (_thread(pair, a, b) for pair, a, b in ends)
    return Threads(ticks, [thread for thread in drawn if thread], int(BASE - max(highest, 12) - 4))


def _height(a: float, b: float) -> float:
    return min(abs(b - a) / 2, 16 + HIGHEST * abs(b - a) / WIDTH)


def _thread(pair: ConflictPair, a: float | None, b: float | None) -> Thread | None:
    if a is not None and b is not None:
        left, right = min(a, b), max(a, b)
        width = (right - left) / 2
        path = f"M{left:.1f} {BASE} A{width:.1f} {_height(a, b):.1f} 0 0 1 {right:.1f} {BASE}"
        return Thread(pair, path, is_within=True)
    here = a if a is not None else b
    return None if here is None else Thread(pair, f"M{here:.1f} {BASE} v26", is_within=False)
