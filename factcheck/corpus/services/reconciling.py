"""What a new reading does to the statements that stand: kept, moved, new, gone. Pure functions over spans and words."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

from factcheck.engine import Span

ENOUGH_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement as it stands: its words, and its span in the revision that is read now, None if it has none there."""

    statement_id: UUID
    span: Span | None
    content_key: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One detection of the new reading."""

    span: Span
    content_key: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """For each detection the statement that it continues (None: a new one); and what became of those that stood."""

    continues: tuple[UUID | None, ...]
    kept: tuple[UUID, ...] = ()
    moved: tuple[UUID, ...] = ()
    gone: tuple[UUID, ...] = ()

    @property
    def new(self) -> int:
        """How many detections continue nothing."""
        return self.continues.count(None)


def reconcile(standing: Sequence[Standing], seen: Sequence[Seen]) -> Reconciliation:
    """Match detections with statements: same place first, then same words, then the greatest overlap from a half."""
    matching = _Matching(standing, seen)
    kept = matching.by(lambda row: row.span, lambda found: found.span)
    moved = matching.by(lambda row: row.content_key, lambda found: found.content_key)
    moved += matching.by_overlap()
    continues = tuple(matching.found.get(index) for index in range(len(seen)))
    return Reconciliation(continues, tuple(kept), tuple(moved), tuple(matching.free))


class _Matching:
    """Detections and statements still to be matched, and what is matched so far."""

    def __init__(self, standing: Sequence[Standing], seen: Sequence[Seen]) -> None:
        self.free = {row.statement_id: row for row in standing}
        self.seen = seen
        self.found: dict[int, UUID] = {}

    def by(self, trait: Callable[[Standing], Hashable], seen_trait: Callable[[Seen], Hashable]) -> list[UUID]:
        """Match those whose trait is the same, in reading order."""
        waiting: dict[Hashable, list[UUID]] = {}
        for row in self.free.values():
            waiting.setdefault(trait(row), []).append(row.statement_id)
        matched = []
        for index, found in enumerate(self.seen):
            if index not in self.found and waiting.get(seen_trait(found)):
                matched.append(self._take(index, waiting[seen_trait(found)].pop(0)))
        return matched

    def by_overlap(self) -> list[UUID]:
        """Match those that share at least half of their stretch, most first."""
        shares = [
            (_overlap(row.span, found.span), -index, row.statement_id)
            for index, found in enumerate(self.seen)
            for row in self.free.values()
            if index not in self.found and row.span is not None and row.span.overlaps(found.span)
        ]
        return [
            self._take(-index, statement_id)
            for share, index, statement_id in sorted(shares, reverse=True)
            if share >= ENOUGH_OVERLAP and -index not in self.found and statement_id in self.free
        ]

    def _take(self, index: int, statement_id: UUID) -> UUID:
        del self.free[statement_id]
        self.found[index] = statement_id
        return statement_id


def _overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start))
