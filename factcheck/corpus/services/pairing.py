"""The second job of an article: find what it says that cannot hold beside something said here or elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from factcheck import engine
from factcheck.corpus.models import AnalysisRun, Anchor, Article, ConflictPair, PairStatus, Statement
from factcheck.corpus.services.candidates import find_candidates
from factcheck.corpus.services.translation import engine_value
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job

PAIR = "pair"
DECIDED = ("status", "decision", "decided_by_id", "decided_at")


@dataclass(frozen=True, slots=True)
class Neighborhood:
    """An article's statements, and those elsewhere worth comparing with each."""

    own: Sequence[Statement]
    candidates: Sequence[tuple[UUID, UUID]]

    def all_ids(self) -> set[UUID]:
        """The ids of every statement involved."""
        return {row.pk for row in self.own} | {other for _, other in self.candidates}


def queue_pairing(change: Change, run: AnalysisRun, parent: Job) -> Job:
    """Queue the pairing of what a run found, once."""
    article = run.revision.article
    return change.enqueue(
        PAIR,
        str(run.pk),
        article,
        desk_id=article.desk_id,
        priority=parent.priority,
        turn=parent.turn,  # an article that was begun is finished before the next one begins
        parent=parent,
        parameters={"run": str(run.pk)},
    )


def pair_article(hand: WorkInHand) -> None:
    """Compare a run's statements with each other and with their candidates, and store the suggestions.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    run = AnalysisRun.objects.select_related("revision__article").get(pk=hand.job.parameters["run"])
    neighborhood = _neighborhood(run, hand)
    values = _values(neighborhood.all_ids())
    own = [values[row.pk] for row in neighborhood.own if row.pk in values]
    found = list(engine.pair(own, progress=lambda share: hand.progress("comparing", 0.3 + 0.3 * share)))
    across = [(str(a), str(b)) for a, b in neighborhood.candidates if a in values and b in values]
    ordered = list(values.values())
    found += engine.pair(ordered, candidates=across, progress=lambda s: hand.progress("comparing", 0.6 + 0.4 * s))
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        stored = store_pairs(change, run.revision.article, found)
        counts = {"suggested": len(stored), "found": len(found)}
        change.audit("pair_article", run.revision.article, desk_id=run.revision.article.desk_id, **counts)


def store_pairs(change: Change, article: Article, found: Iterable[engine.ConflictPair]) -> list[ConflictPair]:
    """Write the pairs that are new, each once; one that repeats a dismissed pair's words comes in dismissed."""
    pairs = list(found)
    sides = Statement.objects.select_related("speaker").in_bulk(
        {UUID(side) for pair in pairs for side in (pair.a, pair.b)}
    )
    rows = [_row(article, pair, sides, change) for pair in pairs]
    _cover(article, rows)
    ConflictPair.objects.bulk_create(rows, ignore_conflicts=True)
    stored = list(ConflictPair.objects.filter(pk__in=[row.pk for row in rows]))
    change.touch(*stored)
    return stored


def settle_pairs(change: Change, article: Article) -> None:
    """After a reading: suggestions whose side is gone are obsolete, and come back when it comes back."""
    pairs = ConflictPair.objects.touching(article)
    present = pairs.filter(a__gone_at__isnull=True, b__gone_at__isnull=True)
    broken = pairs.filter(status__in=(PairStatus.SUGGESTED, PairStatus.PARKED)).exclude(pk__in=present.values("pk"))
    mended = present.filter(status=PairStatus.OBSOLETE)
    for rows, status in ((list(broken), PairStatus.OBSOLETE), (list(mended), PairStatus.SUGGESTED)):
        ConflictPair.objects.filter(pk__in=[row.pk for row in rows]).update(**ConflictPair.edited(status=status))
        change.touch(*rows)


def _neighborhood(run: AnalysisRun, hand: WorkInHand) -> Neighborhood:
    rows = Statement.objects.present().filter(detections__run=run).select_related("article")
    own = list(rows.order_by("detections__start"))
    candidates = []
    for number, statement in enumerate(own):
        hand.progress(f"searching for {number + 1} of {len(own)} statements", 0.3 * number / len(own))
        candidates += [(statement.pk, other.pk) for other in find_candidates(statement, run)]
    return Neighborhood(own, candidates)


def _values(ids: Iterable[UUID]) -> Mapping[UUID, engine.Statement]:
    anchors = Anchor.objects.filter(statement__in=list(ids)).select_related(
        "revision", "statement__speaker", "statement__reported_by", "statement__article"
    )
    newest = {anchor.statement_id: anchor for anchor in anchors.order_by("revision__number")}
    in_order = sorted(newest.values(), key=_reading_order)
    return {anchor.statement_id: engine_value(anchor, anchor.revision.text) for anchor in in_order}


def _reading_order(anchor: Anchor) -> tuple[float, int, int]:
    """By the time of publication, then by when the article came in, then by place."""
    article = anchor.statement.article
    published = article.published_at or article.added_at
    return published.timestamp(), article.created_seq or 0, anchor.start


def _row(article: Article, pair: engine.ConflictPair, sides: Mapping[UUID, Statement], change: Change) -> ConflictPair:
    a, b = sides[UUID(pair.a)], sides[UUID(pair.b)]
    return ConflictPair(
        desk_id=article.desk_id,
        a=a,
        b=b,
        kind=pair.kind.value,
        suggested_kind=pair.kind.value,
        score=pair.score,
        why=pair.why,
        signals=dict(pair.signals),
        marks={
            "a": [[mark.start, mark.end] for mark in pair.marks_a],
            "b": [[mark.start, mark.end] for mark in pair.marks_b],
        },
        engine_version=engine.VERSION,
        fingerprint=ConflictPair.fingerprint_of(a, b),
        suggested_at=change.now,
    )


def _cover(article: Article, rows: Sequence[ConflictPair]) -> None:
    dismissed = ConflictPair.objects.filter(
        desk_id=article.desk_id,
        status=PairStatus.DISMISSED,
        covered_by__isnull=True,
        fingerprint__in=[row.fingerprint for row in rows],
    )
    decided = {pair.fingerprint: pair for pair in dismissed}
    for row in rows:
        if cover := decided.get(row.fingerprint):
            row.covered_by = cover
            for name in DECIDED:
                setattr(row, name, getattr(cover, name))
