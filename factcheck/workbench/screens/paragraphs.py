"""An article's text in paragraphs and pieces: which statements cover each stretch of it, and a card for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from factcheck.corpus.models import Anchor, ConflictPair, Statement


@dataclass(frozen=True, slots=True)
class Clash:
    """A pair that a statement is part of, and the other side's speaker."""

    pair: ConflictPair
    other: Statement


@dataclass(frozen=True, slots=True)
class Card:
    """What the margin says of a statement.

    `threads` are those on this page with which it conflicts, `also` is at how many other articles it stands.
    """

    statement: Statement
    tint: int
    clashes: Sequence[Clash]
    threads: str
    also: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a paragraph: plain, or covered by statements, of which the shortest gives tint and line.

    `outer` is the next wider one, whose line is drawn below the first.
    """

    text: str
    statements: Sequence[Statement]
    tint: int
    begins: Sequence[Statement]
    outer: Card | None

    @property
    def innermost(self) -> Statement | None:
        """The shortest statement that covers it."""
        return self.statements[-1] if self.statements else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, where it starts in the text, and the cards of the statements that begin in it."""

    start: int
    pieces: Sequence[Marked]
    cards: Sequence[Card]


def paragraphs_of(text: str, anchors: Sequence[Anchor], cards: Mapping[UUID, Card]) -> Iterator[Paragraph]:
    """The lines that hold words; the headline, which stands above the text, only where it holds a statement."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        here = [row for row in anchors if row.start < end and row.end > start]
        if line.strip() and (number > 0 or here):
            begun = [cards[row.statement_id] for row in here if start <= row.start]
            yield Paragraph(start, list(_pieces(text, start, end, here, cards)), begun)
        start = end + 1


def _pieces(text: str, start: int, end: int, anchors: Sequence[Anchor], cards: Mapping[UUID, Card]) -> Iterator[Marked]:
    spans = [(left, right, row) for row in anchors for left, right in row.parts]
    for left, right in pairwise(_cuts(anchors, start, end)):
        covering = [row for first, last, row in spans if first <= left and right <= last]
        yield _marked(text, left, right, sorted(covering, key=lambda row: row.start - row.end), cards)


def _marked(text: str, left: int, right: int, covering: Sequence[Anchor], cards: Mapping[UUID, Card]) -> Marked:
    """A piece of the text with the statements over it, the widest first; it has the tint of the narrowest."""
    tint = cards[covering[-1].statement_id].tint if covering else 0
    outer = cards[covering[-2].statement_id] if len(covering) > 1 else None
    begun = [row.statement for row in covering if row.start == left]
    return Marked(text[left:right], [row.statement for row in covering], tint, begun, outer)


def _cuts(anchors: Sequence[Anchor], start: int, end: int) -> list[int]:
    """Where some statement begins or ends in a paragraph, and the paragraph's own edges."""
    edges = (edge for row in anchors for part in row.parts for edge in part)
    return sorted({start, end, *(edge for edge in edges if start < edge < end)})
