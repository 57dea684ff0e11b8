"""An article's statements in a new revision of it, by the texts alone: kept, moved or lost. A reading refines it later.

Whoever made or mended a statement keeps it: its words go with the text, its speaker and act stay as people said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from factcheck.corpus.models import Anchor, Article, ConflictPair, Revision, Statement
from factcheck.corpus.services.aligning import Alignment, align
from factcheck.corpus.services.indexing import index_statements
from factcheck.corpus.services.marking import marked
from factcheck.corpus.services.pairing import settle_pairs
from factcheck.corpus.services.rematching import queue_rematching
from factcheck.corpus.services.translation import engine_value
from factcheck.engine import Span
from factcheck.ledger.changes import Change

ENOUGH_KEPT = 0.5  # of a statement's letters; with fewer it is another statement, or none
NEAR = 2_000  # characters between a statement and who says it, at most
_SPANS = ("source", "cue", "relay_source", "relay_cue")
PEOPLE = ("statement__speaker", "statement__reported_by", "statement__article")


@dataclass(slots=True)
class Reanchored:
    """What became of the statements that stood, as ids.

    `kept` have the same words at their place, `moved` the same words elsewhere, `reworded` other words at their place
    or another saying them, and `lost` do not stand in the text any more.
    """

    kept: list[UUID] = field(default_factory=list)
    moved: list[UUID] = field(default_factory=list)
    reworded: list[UUID] = field(default_factory=list)
    lost: list[UUID] = field(default_factory=list)

    def as_body(self) -> dict[str, Any]:
        """As the history and the notices read it."""
        names = ("kept", "moved", "reworded", "lost")
        return {name: [str(pk) for pk in getattr(self, name)] for name in names}


def reanchor(change: Change, article: Article, old: Revision, new: Revision) -> Reanchored:
    """Carry every statement of the old revision over to the new one; what people removed stays removed."""
    carrying = _Carrying(change, article, align(old.text, new.text), new)
    for anchor in _in_order(Anchor.objects.filter(revision=old).select_related(*PEOPLE)):
        carrying.carry(anchor)
    carrying.bring_back(old)
    carrying.write()
    return carrying.done


def _in_order(anchors: Iterable[Anchor]) -> list[Anchor]:
    """Those that stand first, so that what is gone or removed gives way to them."""
    return sorted(anchors, key=lambda one: (one.statement.gone_at is not None, one.start, one.end))


class _Carrying:
    """A carrying over on its way."""

    def __init__(self, change: Change, article: Article, alignment: Alignment, new: Revision) -> None:
        self.change, self.article, self.alignment, self.new = change, article, alignment, new
        self.done = Reanchored()
        self.anchors: list[Anchor] = []
        self.lost: list[Statement] = []
        self.taken: set[tuple[int, int]] = set()

    def carry(self, anchor: Anchor) -> None:
        """Find where a statement stands now, and note what became of it."""
        statement, span = anchor.statement, Span(anchor.start, anchor.end)
        if there := self._free(self.alignment.stayed(span)):
            self._stand(anchor, there, self.done.kept if self._said_alike(anchor) else self.done.reworded)
        elif there := self._free(self._elsewhere(anchor.content)):
            self._stand(anchor, there, self.done.moved)
        elif statement.gone_at is not None:
            return
        elif there := self._free(self._in_place(span, anchor)):
            self._reword(anchor, there)
        else:
            self.lost.append(statement)
            self.done.lost.append(statement.pk)

    def bring_back(self, old: Revision) -> None:
        """Let those stand again whose words are back: their outlet had taken them out."""
        gone = Statement.objects.filter(article=self.article, gone_at__isnull=False, removed_at__isnull=True)
        rows = Anchor.objects.filter(statement__in=gone).exclude(statement__anchors__revision=old)
        newest = {row.statement_id: row for row in rows.select_related(*PEOPLE).order_by("revision__number")}
        for anchor in newest.values():
            if there := self._free(self._elsewhere(anchor.content)):
                anchor.statement.gone_at = None
                self._stand(anchor, there, self.done.moved)

    def write(self) -> None:
        """Write where everything stands, what is gone, and what follows from it for pairs."""
        Anchor.objects.bulk_create(self.anchors, batch_size=200)
        rows = [anchor.statement for anchor in self.anchors]
        Statement.objects.filter(pk__in=[row.pk for row in self.lost]).update(gone_at=self.change.now)
        Statement.objects.filter(pk__in=self.done.moved, gone_at__isnull=False).update(gone_at=None)
        reworded = set(self.done.reworded)
        changed = [anchor for anchor in self.anchors if anchor.statement_id in reworded]
        index_statements(
            self.article,
            [anchor.statement for anchor in changed],
            [engine_value(anchor, self.new.text) for anchor in changed],
        )
        self.change.touch(*rows, *self.lost)
        _move_marks(self.change, self.article, self.alignment)
        settle_pairs(self.change, self.article)
        if changed:
            queue_rematching(self.change, self.article, [one.statement for one in changed], f"revision:{self.new.pk}")

    def _said_alike(self, anchor: Anchor) -> bool:
        """Whether the words that say who said it, and how, are the same."""
        ends = ((getattr(anchor, f"{name}_start"), getattr(anchor, f"{name}_end")) for name in _SPANS)
        return all(self.alignment.stayed(Span(*span)) for span in ends if span[0] is not None)

    def _free(self, span: Span | None) -> Span | None:
        """The place, if no other statement stands at this very one; from now on this one does."""
        if span is None or (span.start, span.end) in self.taken:
            return None
        self.taken.add((span.start, span.end))
        return span

    def _elsewhere(self, words: str) -> Span | None:
        """Where the words came in with the new text; where they stood already, they are somebody else's."""
        start = self.new.text.find(words)
        while start != -1:
            place = Span(start, start + len(words))
            if self.alignment.came(place):
                return place
            start = self.new.text.find(words, start + 1)
        return None

    def _in_place(self, span: Span, anchor: Anchor) -> Span | None:
        if self.alignment.kept_share(span) < ENOUGH_KEPT:
            return None
        there = self.alignment.projected(span)
        if there is None or ("\n" in there.of(self.new.text) and "\n" not in anchor.content):
            return None
        return there

    def _stand(self, anchor: Anchor, there: Span, names: list[UUID]) -> None:
        """The same words: everything about the place moves along."""
        moved = there.start - anchor.start
        fields: dict[str, Any] = {"parts": [[start + moved, end + moved] for start, end in anchor.parts]}
        self._add(anchor, there, anchor.content, fields)
        if anchor.statement.gone_at is None:
            names.append(anchor.statement_id)

    def _reword(self, anchor: Anchor, there: Span) -> None:
        """Other words at its place: the row takes them over, as the text says them now."""
        statement = anchor.statement
        fields, parts = marked(statement, there, self.new, None)
        if statement.is_by_hand:
            fields["act"] = statement.act
        for name, value in fields.items():
            setattr(statement, name, value)
        Statement.objects.filter(pk=statement.pk).update(**Statement.edited(**fields))
        statement.version += 1
        self._add(anchor, there, parts["content"], {"parts": parts["parts"]})
        self.done.reworded.append(statement.pk)

    def _add(self, anchor: Anchor, there: Span, content: str, fields: dict[str, Any]) -> None:
        spans = dict(self._around(anchor, there))
        edges = [edge for name in (*_SPANS, "passage") for edge in _ends_in(spans, name)]
        spans["passage_start"], spans["passage_end"] = min([there.start, *edges]), max([there.end, *edges])
        self.anchors.append(
            Anchor(
                statement=anchor.statement,
                revision=self.new,
                start=there.start,
                end=there.end,
                content=content,
                **fields,
                **spans,
            )
        )

    def _around(self, anchor: Anchor, there: Span) -> Iterator[tuple[str, int | None]]:
        """Source, cue, relay and passage, each where it stands now, if it does in the statement's paragraph."""
        for name in (*_SPANS, "passage"):
            start, end = getattr(anchor, f"{name}_start"), getattr(anchor, f"{name}_end")
            found = self.alignment.projected(Span(start, end)) if start is not None else None
            if found and not self._is_near(found, there):
                found = None
            yield f"{name}_start", found.start if found else None
            yield f"{name}_end", found.end if found else None

    def _is_near(self, found: Span, there: Span) -> bool:
        between = self.new.text[min(found.start, there.start) : max(found.end, there.end)]
        return between.count("\n\n") <= 1 and len(between) <= NEAR


def _ends_in(spans: dict[str, int | None], name: str) -> Sequence[int]:
    start, end = spans[f"{name}_start"], spans[f"{name}_end"]
    return [] if start is None or end is None else [start, end]


def _move_marks(change: Change, article: Article, alignment: Alignment) -> None:
    """Let the words that clash stay marked where they stand now; what is not there any more is marked no longer."""
    pairs = ConflictPair.objects.touching(article).select_related("a", "b")
    for pair in pairs:
        marks = dict(pair.marks)
        for name, side in (("a", pair.a), ("b", pair.b)):
            if side.article_id == article.pk:
                found = [alignment.stayed(Span(start, end)) for start, end in marks.get(name, [])]
                marks[name] = [[span.start, span.end] for span in found if span]
        if marks != pair.marks:
            pair.marks = marks
            ConflictPair.objects.filter(pk=pair.pk).update(marks=marks)
            change.touch(pair)
