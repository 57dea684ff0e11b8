"""An article as pieces of words, and the windows in which a model reads it.

A window is short enough for the model and ends where a sentence does; windows overlap, and each piece belongs to the
window in which it stands farthest from an edge, so that a cue is read with what surrounds it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ...encoder import Tokens
from ...segment import Document

# What the layout tells about a piece, as bits: in a quotation, first of its paragraph, in the headline.
IN_QUOTATION: Final = 1
OPENS_PARAGRAPH: Final = 2
IN_HEADLINE: Final = 4


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of an article: vocabulary ids, offsets in its text, layout bits; and which of them open a sentence."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    layout: tuple[int, ...]
    openings: tuple[int, ...]

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The pieces [first, last) that the characters [start, end) touch."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) read together; those in [own_start, own_end) are read best here."""

    start: int
    end: int
    own_start: int
    own_end: int


def cut_pieces(tokenize: Callable[[str], Tokens], document: Document) -> Pieces:
    """The pieces of an article's paragraphs, in order; offsets count code points of the article's text."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    layout: list[int] = []
    for number, paragraph in enumerate(document.paragraphs):
        tokens = tokenize(paragraph.span.of(document.text))
        base = paragraph.span.start
        ids.extend(tokens.ids)
        starts.extend(base + start for start, _ in tokens.offsets)
        ends.extend(base + end for _, end in tokens.offsets)
        quoted = [quotation.span for quotation in document.quotations[number]]
        bits = IN_HEADLINE if paragraph.headline else 0
        layout.extend(_layout(starts[len(layout) :], [(span.start, span.end) for span in quoted], bits))
    openings = tuple(sorted({bisect_left(starts, start) for start in document.starts} - {len(ids)}))
    return Pieces(tuple(ids), tuple(starts), tuple(ends), tuple(layout), openings)


def _layout(starts: Sequence[int], quoted: Sequence[tuple[int, int]], bits: int) -> list[int]:
    """The layout bits of one paragraph's pieces."""
    rows = [bits] * len(starts)
    for start, end in quoted:
        for index in range(bisect_left(starts, start), bisect_left(starts, end)):
            rows[index] |= IN_QUOTATION
    if rows:
        rows[0] |= OPENS_PARAGRAPH
    return rows


def cut_windows(pieces: Pieces, size: int, overlap: int) -> list[Window]:
    """The windows of an article, at most `size` pieces each, sharing about `overlap` pieces with the next."""
    bounds = [(0, min(size, len(pieces.ids)))] if pieces.ids else []
    reached = 0
    while bounds and bounds[-1][1] < len(pieces.ids):
        start, end = bounds[-1]
        # Behind where the window before ended, else a long sentence would be the end of two.
        end = reached = _opening_before(pieces, end, max(start + size // 2, reached + 1))
        bounds[-1] = start, end
        start = _opening_before(pieces, end - overlap, start + 1, default=end - overlap)
        bounds.append((start, min(start + size, len(pieces.ids))))
    middles = [(before[1] + after[0]) // 2 for before, after in pairwise(bounds)]
    edges = [0, *middles, len(pieces.ids)]
    return [Window(start, end, edges[n], edges[n + 1]) for n, (start, end) in enumerate(bounds)]


def _opening_before(pieces: Pieces, limit: int, least: int, default: int | None = None) -> int:
    """The last sentence opening at or before `limit`; the default, or `limit`, where that would be before `least`."""
    index = bisect_right(pieces.openings, limit) - 1
    opening = pieces.openings[index] if index >= 0 else 0
    if opening >= least:
        return opening
    return limit if default is None else default
