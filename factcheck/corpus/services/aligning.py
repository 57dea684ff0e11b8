"""How one text became another: what stayed, what came, what went; and where a place of the old stands in the new.

Paragraphs are compared first, and words only where paragraphs differ, so that a long article costs what its changes
cost. Pure functions over texts; offsets count code points.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from factcheck.engine import Span

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]+")
LONGEST = 4_000  # words of differing paragraphs that are compared word by word


@dataclass(frozen=True, slots=True)
class Block:
    """The same stretch in both texts."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    role: str  # "same", "new" or "old"
    text: str


@dataclass(frozen=True)
class Alignment:
    """Two texts, and the stretches that are the same in both, in their order."""

    old: str
    new: str
    blocks: Sequence[Block]

    @cached_property
    def _starts(self) -> list[int]:
        return [block.old for block in self.blocks]

    def stayed(self, span: Span) -> Span | None:
        """Where a stretch of the old text stands in the new, if all of it is the same there."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0 or span.end > self.blocks[index].old + self.blocks[index].length:
            return None
        moved = self.blocks[index].new - self.blocks[index].old
        return Span(span.start + moved, span.end + moved)

    def projected(self, span: Span) -> Span | None:
        """The stretch of the new text that has taken the place of one of the old; None where it holds no word."""
        start = self._place(span.start, is_end=False)
        end = max(start, self._place(span.end, is_end=True))
        words = self.new[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        return Span(start, end) if any(sign.isalnum() for sign in self.new[start:end]) else None

    def kept_share(self, span: Span) -> float:
        """How much of the letters and figures of an old stretch is the same in the new."""
        total = _letters(self.old[span.start : span.end])
        parts = ((max(one.old, span.start), min(one.old + one.length, span.end)) for one in self.blocks)
        kept = sum(_letters(self.old[start:end]) for start, end in parts if start < end)
        return kept / total if total else 0.0

    def came(self, span: Span) -> bool:
        """Whether most of a stretch of the new text was not at its place in the old."""
        parts = ((max(one.new, span.start), min(one.new + one.length, span.end)) for one in self.blocks)
        stood = sum(end - start for start, end in parts if start < end)
        return 2 * stood < span.end - span.start

    def pieces(self) -> list[Piece]:
        """The whole of both texts as one row of what stayed, went and came."""
        found: list[Piece] = []
        old = new = 0
        for block in (*self.blocks, Block(len(self.old), len(self.new), 0)):
            found.append(Piece("old", self.old[old : block.old]))
            found.append(Piece("new", self.new[new : block.new]))
            old, new = block.old + block.length, block.new + block.length
            found.append(Piece("same", self.old[block.old : old]))
        return [piece for piece in found if piece.text]

    def _place(self, at: int, *, is_end: bool) -> int:
        """Where an edge of a stretch stands: moved with its block, or at the edge of what replaced its words."""
        index = bisect_right(self._starts, at - is_end) - 1
        if index >= 0:
            block = self.blocks[index]
            if at <= block.old + block.length:
                return at + block.new - block.old
            if not is_end:
                return block.new + block.length
        if not is_end:
            return 0
        following = index + 1
        return self.blocks[following].new if following < len(self.blocks) else len(self.new)


def align(old: str, new: str) -> Alignment:
    """Find what is the same in both texts."""
    return Alignment(old, new, list(_joined(old, new, _blocks(old, new))))


def _blocks(old: str, new: str) -> Iterator[Block]:
    before, after = _spans(_LINE, old, Span(0, len(old))), _spans(_LINE, new, Span(0, len(new)))
    for what, a, b, c, d in _matcher(old, before, new, after).get_opcodes():
        if what == "equal":
            yield from _side_by_side(before[a:b], after[c:d])
        elif what == "replace":
            yield from _same_words(old, new, _over(before[a:b]), _over(after[c:d]))


def _spans(pattern: re.Pattern[str], text: str, within: Span) -> list[Span]:
    return [Span(*found.span()) for found in pattern.finditer(text, within.start, within.end)]


def _matcher(old: str, before: Sequence[Span], new: str, after: Sequence[Span]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [one.of(old) for one in before], [one.of(new) for one in after])


def _side_by_side(before: Sequence[Span], after: Sequence[Span]) -> Iterator[Block]:
    return (Block(x.start, y.start, x.end - x.start) for x, y in zip(before, after, strict=True))


def _over(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end)


def _same_words(old: str, new: str, before: Span, after: Span) -> Iterator[Block]:
    a, b = _spans(_TOKEN, old, before), _spans(_TOKEN, new, after)
    if max(len(a), len(b)) > LONGEST:
        return
    for i, j, length in _matcher(old, a, new, b).get_matching_blocks():
        yield from _side_by_side(a[i : i + length], b[j : j + length])


def _joined(old: str, new: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """Neighbors with the same between them, as one."""
    last: Block | None = None
    for block in blocks:
        if last is None:
            last = block
            continue
        end_old, end_new = last.old + last.length, last.new + last.length
        if old[end_old : block.old] == new[end_new : block.new]:
            last = Block(last.old, last.new, block.old + block.length - last.old)
        else:
            yield last
            last = block
    if last is not None:
        yield last


def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)
