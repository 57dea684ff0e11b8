"""Columns of a page that was drawn row by row, across them: told by where the pieces of its rows begin."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple

FEWEST_ROWS: Final = 4
SAME_ROW: Final = 2.0  # points
GUTTER: Final = 60.0  # points between where two columns begin, at least
SHORTEST: Final = 18  # characters of the usual piece: those of a table's cells are shorter
MOSTLY: Final = 0.6


class Piece(NamedTuple):
    """Some text, and where on the page it begins."""

    x: float
    y: float
    text: str


def in_columns(pieces: Sequence[Piece]) -> list[str] | None:
    """The lines of a page, a column after the other; None where it was not drawn across columns."""
    across = [at for at, (one, other) in enumerate(pairwise(pieces)) if _goes_on(one, other)]
    often = Counter(round(pieces[at + 1].x) for at in across)
    starts = sorted(x for x, times in often.items() if times >= max(FEWEST_ROWS, MOSTLY * max(often.values())))
    if not starts:
        return None
    first, end = across[0], across[-1] + 2
    columns = _parted(pieces[first:end], starts)
    if _is_table(columns):
        return None
    return list(_lines([*pieces[:first], *chain.from_iterable(columns), *pieces[end:]]))


def _goes_on(one: Piece, other: Piece) -> bool:
    """Whether a row goes on in another column."""
    return abs(one.y - other.y) < SAME_ROW and other.x - one.x > GUTTER


def _parted(pieces: Sequence[Piece], starts: Sequence[float]) -> list[list[Piece]]:
    columns: list[list[Piece]] = [[] for _ in range(len(starts) + 1)]
    for piece in pieces:
        columns[bisect_right(starts, piece.x + SAME_ROW)].append(piece)
    return columns


def _is_table(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether these are no columns of prose: their cells are short, or one of them stands in few of the rows."""
    rows = len({round(piece.y) for column in columns for piece in column})
    return any(_usual_length(column) < SHORTEST or len(column) < MOSTLY * rows for column in columns)


def _usual_length(column: Sequence[Piece]) -> int:
    lengths = sorted(len(piece.text) for piece in column)
    return lengths[len(lengths) // 2] if lengths else 0


def _lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """Pieces of one row, one after the other, are one line."""
    line, y = "", float("inf")
    for piece in pieces:
        if abs(piece.y - y) >= SAME_ROW and line:
            yield line
            line = ""
        line, y = f"{line} {piece.text}".strip(), piece.y
    yield line
