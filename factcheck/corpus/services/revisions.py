"""What two texts of an article, or of two versions of a story, say otherwise: words, and statements."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from factcheck.corpus.models import Anchor, Revision, Statement
from factcheck.corpus.services.aligning import Alignment, Piece, align
from factcheck.engine import Span


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement that stands in both texts, at another place or in other words."""

    statement: Statement
    before: str
    after: str

    @property
    def is_reworded(self) -> bool:
        """Whether its words differ."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of both texts, in pieces that stayed, went and came."""

    pieces: Sequence[Piece]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed in it."""
        return all(piece.role == "same" for piece in self.pieces)

    @property
    def before(self) -> Sequence[Piece]:
        """As it was."""
        return [piece for piece in self.pieces if piece.role != "new"]

    @property
    def after(self) -> Sequence[Piece]:
        """As it is."""
        return [piece for piece in self.pieces if piece.role != "old"]


@dataclass(frozen=True, slots=True)
class RevisionDiff:
    """Two texts side by side, and what became of the statements."""

    old: Revision
    new: Revision
    pieces: Sequence[Piece]
    rows: Sequence[Row]
    kept: int
    moved: Sequence[Moved]
    lost: Sequence[Statement]
    found: Sequence[Statement]

    @property
    def changes(self) -> int:
        """How many paragraphs read otherwise."""
        return sum(not row.is_same for row in self.rows)


def compare_revisions(old: Revision, new: Revision) -> RevisionDiff:
    """Compare two texts of one article, the earlier first."""
    alignment = align(old.text, new.text)
    before, after = _anchors(old), _anchors(new)
    both = [pk for pk in before if pk in after]
    moved = [pk for pk in both if not _stands_alike(before[pk], after[pk], alignment)]
    return RevisionDiff(
        old,
        new,
        alignment.pieces(),
        rows_of(alignment),
        kept=len(both) - len(moved),
        moved=[Moved(after[pk].statement, before[pk].content, after[pk].content) for pk in moved],
        lost=[row.statement for pk, row in before.items() if pk not in after],
        found=[row.statement for pk, row in after.items() if pk not in before],
    )


def rows_of(alignment: Alignment) -> list[Row]:
    """Both texts in rows of a paragraph each: a break that is in both ends a row."""
    rows: list[list[Piece]] = [[]]
    for piece in alignment.pieces():
        if piece.role != "same":
            rows[-1].append(piece)
            continue
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                rows.append([])
            if part:
                rows[-1].append(Piece("same", part))
    return [_tight(row) for row in rows if any(piece.text.strip() for piece in row)]


def _tight(pieces: Sequence[Piece]) -> Row:
    """A row without the empty lines that came or went with its paragraphs: each of them leaves a gap."""
    return Row([Piece(piece.role, re.sub(r"\n{2,}", "\n", piece.text)) for piece in pieces])


def _anchors(revision: Revision) -> Mapping[UUID, Anchor]:
    """Where statements stand in a text; of the newest, those that still do."""
    rows = Anchor.objects.filter(revision=revision, statement__removed_at__isnull=True).order_by("start", "end")
    if not Revision.objects.filter(article=revision.article_id, number__gt=revision.number).exists():
        rows = rows.filter(statement__gone_at__isnull=True)
    return {row.statement_id: row for row in rows.select_related("statement__speaker", "statement__article")}


def _stands_alike(before: Anchor, after: Anchor, alignment: Alignment) -> bool:
    there = alignment.stayed(Span(before.start, before.end))
    return there is not None and (there.start, there.end) == (after.start, after.end)
