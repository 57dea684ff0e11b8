"""The article reader: paragraphs in pieces, each with the statements that cover it, and a card per statement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from factcheck.corpus.models import Access, Anchor, Article, ConflictPair, Revision, Statement
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.screens.progress import Progress, progress_of

TINTS = 6


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a paragraph: plain, or covered by statements, of which the shortest gives tint and line."""

    text: str
    statements: Sequence[Statement]
    tint: int
    begins: Sequence[Statement]

    @property
    def innermost(self) -> Statement | None:
        """The shortest statement that covers it."""
        return self.statements[-1] if self.statements else None


@dataclass(frozen=True, slots=True)
class Clash:
    """A pair that a statement is part of, and the other side's speaker."""

    pair: ConflictPair
    other: Statement


@dataclass(frozen=True, slots=True)
class Card:
    """What the margin says of a statement."""

    statement: Statement
    tint: int
    clashes: Sequence[Clash]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the cards of the statements that begin in it."""

    pieces: Sequence[Marked]
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Legend:
    """A speaker of the article, their tint, and how many statements they make."""

    name: str
    tint: int
    count: int


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader shows."""

    article: Article
    revision: Revision
    paragraphs: Sequence[Paragraph]
    speakers: Sequence[Legend]
    statements: int
    conflicts: int
    progress: Progress
    may_restrict: bool
    may_archive: bool


def reader_for(article: Article, person: User) -> Reader:
    """Gather the page of an article in a fixed number of queries."""
    revision = article.current
    anchors = list(
        Anchor.objects.filter(revision=revision, statement__gone_at__isnull=True)
        .select_related("statement__speaker", "statement__reported_by")
        .order_by("start", "-end")
    )
    tints = _tints(anchors)
    clashes = _clashes(article, person)
    cards = {
        row.statement_id: Card(row.statement, tints[row.statement.speaker_id], clashes[row.statement_id])
        for row in anchors
    }
    return Reader(
        article=article,
        revision=revision,
        paragraphs=list(_paragraphs(revision.text, anchors, cards)),
        speakers=_legend(anchors, tints),
        statements=len(anchors),
        conflicts=len({clash.pair.pk for found in clashes.values() for clash in found}),
        progress=progress_of(article, person),
        may_restrict=article.access == Access.OPEN and may(person, Action.RESTRICT_ARTICLE, article),
        may_archive=article.archived_at is None and may(person, Action.ARCHIVE_ARTICLE, article),
    )


def _tints(anchors: Iterable[Anchor]) -> dict[UUID, int]:
    """The six most frequent speakers get a tint each, in order of first word; the rest share the neutral one, 0."""
    frequent = [pk for pk, _ in Counter(row.statement.speaker_id for row in anchors).most_common(TINTS)]
    tints: dict[UUID, int] = defaultdict(int)
    for row in anchors:
        speaker = row.statement.speaker_id
        if speaker in frequent and speaker not in tints:
            tints[speaker] = len(tints) + 1
    return tints


def _legend(anchors: Iterable[Anchor], tints: Mapping[UUID, int]) -> list[Legend]:
    counts = Counter((row.statement.speaker_id, row.statement.speaker.name) for row in anchors)
    return [Legend(name, tints.get(pk, 0), count) for (pk, name), count in counts.most_common()]


def _clashes(article: Article, person: User) -> dict[UUID, list[Clash]]:
    found: dict[UUID, list[Clash]] = defaultdict(list)
    pairs = ConflictPair.objects.readable_by(person).touching(article).shown().with_sides().best_first()
    for pair in pairs:
        found[pair.a_id].append(Clash(pair, pair.b))
        found[pair.b_id].append(Clash(pair, pair.a))
    return found


def _paragraphs(text: str, anchors: Sequence[Anchor], cards: Mapping[UUID, Card]) -> Iterator[Paragraph]:
    """The lines that hold words; the headline, which stands above the text, only where it holds a statement."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        here = [row for row in anchors if row.start < end and row.end > start]
        if line.strip() and (number > 0 or here):
            begun = [cards[row.statement_id] for row in here if start <= row.start]
            yield Paragraph(list(_pieces(text, start, end, here, cards)), begun)
        start = end + 1


def _pieces(text: str, start: int, end: int, anchors: Sequence[Anchor], cards: Mapping[UUID, Card]) -> Iterator[Marked]:
    spans = [(left, right, row) for row in anchors for left, right in row.parts]
    for left, right in pairwise(_cuts(anchors, start, end)):
        covering = [row for first, last, row in spans if first <= left and right <= last]
        yield _marked(text, left, right, sorted(covering, key=lambda row: row.start - row.end), cards)


def _marked(text: str, left: int, right: int, covering: Sequence[Anchor], cards: Mapping[UUID, Card]) -> Marked:
    """A piece of the text with the statements over it, the widest first; it has the tint of the narrowest."""
    tint = cards[covering[-1].statement_id].tint if covering else 0
    begun = [row.statement for row in covering if row.start == left]
    return Marked(text[left:right], [row.statement for row in covering], tint, begun)


def _cuts(anchors: Sequence[Anchor], start: int, end: int) -> list[int]:
    """Where some statement begins or ends in a paragraph, and the paragraph's own edges."""
    edges = (edge for row in anchors for part in row.parts for edge in part)
    return sorted({start, end, *(edge for edge in edges if start < edge < end)})
