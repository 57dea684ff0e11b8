"""What a reading makes of the statements that stand, before anything is written: live runs write, shadow runs report.

What people added by hand may be found again by a machine; it is never moved, changed or gone by that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from factcheck.corpus.models import Anchor, Revision, Statement
from factcheck.corpus.models.statement import Origin
from factcheck.corpus.services.reconciling import Reconciliation, Seen, Standing, reconcile
from factcheck.engine import Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """The article's statements by id, where they stand in the revision, and what becomes of each."""

    standing: Mapping[UUID, Statement]
    spans: Mapping[UUID, Span]
    reconciliation: Reconciliation

    def kept(self) -> list[UUID]:
        """Those found where they stand, and what people added that is found again. One that was gone is back."""
        return [*self.reconciliation.kept, *(pk for pk in self.reconciliation.moved if self._is_by_hand(pk))]

    def moved(self) -> list[UUID]:
        """The engine's statements that are found elsewhere, or in more or fewer words."""
        return [pk for pk in self.reconciliation.moved if not self._is_by_hand(pk)]

    def gone(self) -> list[UUID]:
        """The engine's statements that stand now and are not found."""
        lost = self.reconciliation.gone
        return [pk for pk in lost if self.standing[pk].gone_at is None and not self._is_by_hand(pk)]

    def outcome(self) -> dict[str, object]:
        """What became of the statements, as a run keeps it: ids, and how many are new."""
        lists = {"kept": self.kept(), "moved": self.moved(), "gone": self.gone()}
        return {**{name: [str(pk) for pk in ids] for name, ids in lists.items()}, "new": self.reconciliation.new}

    def _is_by_hand(self, pk: UUID) -> bool:
        return self.standing[pk].origin == Origin.HAND


def compare(revision: Revision, seen: Sequence[Seen]) -> Comparison:
    """Compare what a reading of the revision sees with the statements of its article; writes nothing.

    Where two would do for one detection, one that stands goes before one that is gone, and the older before the newer.
    """
    rank = F("gone_at").asc(nulls_first=True), "pk"
    standing = {row.pk: row for row in Statement.objects.filter(article=revision.article_id).order_by(*rank)}
    anchors = Anchor.objects.filter(revision=revision)
    spans = {anchor.statement_id: Span(anchor.start, anchor.end) for anchor in anchors}
    rows = [Standing(row.pk, spans.get(row.pk), row.content_key) for row in standing.values()]
    return Comparison(standing, spans, reconcile(rows, seen))


def seen_at(revision: Revision, span: Span) -> Seen:
    """What was seen at one place of a revision."""
    return Seen(span, Statement.key_of(span.of(revision.text)))
