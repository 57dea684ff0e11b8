"""What a reading makes of the statements that stand, before anything is written: live runs write, shadow runs report.

What people made or mended may be found again by a machine; it is never moved, changed or gone by that. What they
removed does not come back, nor what an engine saw where they have split, merged or moved a statement since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from factcheck.corpus.models import Anchor, Detection, Revision, RunMode, Statement
from factcheck.corpus.services.aligning import align
from factcheck.corpus.services.reconciling import Corrected, Reconciliation, Seen, Standing, reconcile
from factcheck.engine import Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """The article's statements by id, where they stand in the revision, and what becomes of each."""

    standing: Mapping[UUID, Statement]
    spans: Mapping[UUID, Span]
    reconciliation: Reconciliation

    def kept(self) -> list[UUID]:
        """Those found where they stand, and what people made or mended that is found again. One that was gone is back.

        What people removed is not among them, though it be found.
        """
        again = (pk for pk in self.reconciliation.moved if self._is_by_hand(pk))
        found = dict.fromkeys([*self.reconciliation.kept, *again, *self.reconciliation.answered])
        return [pk for pk in found if self.standing[pk].removed_at is None]

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
        return self.standing[pk].is_by_hand


def compare(revision: Revision, seen: Sequence[Seen]) -> Comparison:
    """Compare what a reading of the revision sees with the statements of its article; writes nothing.

    Where two would do for one detection, one that stands goes before one that is gone, and the older before the newer.
    """
    rank = F("gone_at").asc(nulls_first=True), "pk"
    standing = {row.pk: row for row in Statement.objects.filter(article=revision.article_id).order_by(*rank)}
    anchors = Anchor.objects.filter(revision=revision)
    spans = {anchor.statement_id: Span(anchor.start, anchor.end) for anchor in anchors}
    # Where people say that a statement stands, there it stands: the same words elsewhere are not it.
    fixed = [Corrected(pk, span) for pk, span in spans.items() if pk in standing and standing[pk].is_by_hand]
    by_place = {one.statement_id for one in fixed}
    rows = [Standing(pk, spans.get(pk), row.content_key) for pk, row in standing.items() if pk not in by_place]
    return Comparison(standing, spans, reconcile(rows, seen, [*fixed, *_seen_before(revision)]))


def _seen_before(revision: Revision) -> list[Corrected]:
    """Where engines saw what people have corrected since: in this text, or in the last one read before it."""
    read = Revision.objects.filter(article=revision.article_id, runs__mode=RunMode.LIVE, number__lte=revision.number)
    last = read.order_by("-number").first()
    places = Detection.objects.filter(run__revision=last, run__mode=RunMode.LIVE).filter(
        statement__in=Statement.objects.filter(article=revision.article_id).by_hand()
    )
    found = [
        Corrected(pk, Span(start, end))
        for pk, start, end in places.order_by("pk").values_list("statement", "start", "end")
    ]
    return found if last is None or not found or last == revision else _moved(found, last, revision)


def _moved(places: Sequence[Corrected], old: Revision, new: Revision) -> list[Corrected]:
    """The places of an older text where they are in a newer one, as far as they are."""
    alignment = align(old.text, new.text)
    moved = ((one.statement_id, alignment.projected(one.span)) for one in places)
    return [Corrected(pk, span) for pk, span in moved if span]


def seen_at(revision: Revision, span: Span) -> Seen:
    """What was seen at one place of a revision."""
    return Seen(span, Statement.key_of(span.of(revision.text)))
