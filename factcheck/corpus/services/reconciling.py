"""What a new reading does to the statements that stand: kept, moved, new, gone. Pure functions over spans and words."""

from collections.abc import Callable, Hashable, Iterable, Sequence
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
class Corrected:
    """A place that people have spoken for: where something stands by hand, or where an engine saw it before."""

    statement_id: UUID
    span: Span


@dataclass(frozen=True, slots=True)
class Seen:
    """One detection of the new reading."""

    span: Span
    content_key: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """For each detection the statement that it continues (None: a new one); and what became of those that stood.

    `answered` are those that people have made or corrected and that were seen again.
    """

    continues: tuple[UUID | None, ...]
    kept: tuple[UUID, ...] = ()
    moved: tuple[UUID, ...] = ()
    gone: tuple[UUID, ...] = ()
    answered: tuple[UUID, ...] = ()

    @property
    def new(self) -> int:
        """How many detections continue nothing."""
        return self.continues.count(None)


def reconcile(
    standing: Sequence[Standing], seen: Sequence[Seen], corrected: Sequence[Corrected] = ()
) -> Reconciliation:
    """Match detections with statements: same place first, then same words, then the greatest overlap from a half.

    What is seen where people have corrected something continues that, before words or overlap bring another there.
    """
    matching = _Matching(standing, seen)
    kept = matching.by(lambda row: row.span, lambda found: found.span)
    answered = matching.by_correction(corrected)
    moved = matching.by(lambda row: row.content_key, lambda found: found.content_key)
    moved += matching.by_overlap()
    continues = tuple(matching.found.get(index) for index in range(len(seen)))
    again = dict.fromkeys(answered)
    gone = [pk for pk in matching.free if pk not in again]
    return Reconciliation(continues, tuple(kept), tuple(moved), tuple(gone), tuple(again))


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

    def by_correction(self, corrected: Sequence[Corrected]) -> list[UUID]:
        """Match what shares at least half of its stretch with a place of people's; one place may answer several."""
        answered = []
        for index, found in enumerate(self.seen):
            share, best = _nearest(found.span, ((one.span, one.statement_id) for one in corrected))
            another, _ = _nearest(found.span, ((row.span, row.statement_id) for row in self.free.values() if row.span))
            if index not in self.found and best is not None and share >= ENOUGH_OVERLAP and share >= another:
                self.found[index] = best
                answered.append(best)
        return answered

    def _take(self, index: int, statement_id: UUID) -> UUID:
        del self.free[statement_id]
        self.found[index] = statement_id
        return statement_id


def _nearest(span: Span, places: Iterable[tuple[Span, UUID]]) -> tuple[float, UUID | None]:
    """The place that shares most with a span, and how much."""
    shares = ((_overlap(place, span), pk) for place, pk in places if place.overlaps(span))
    return max(shares, key=lambda pair: pair[0], default=(0.0, None))


def _overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start))
