"""The first job of an article: read a revision and store what it says. The heavy part runs outside the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from factcheck import engine
from factcheck.corpus.models import (
    AnalysisRun,
    Anchor,
    Article,
    Detection,
    Revision,
    RunMode,
    Speaker,
    Statement,
)
from factcheck.corpus.models.statement import Origin
from factcheck.corpus.services.builds import chosen_models, current_build
from factcheck.corpus.services.candidates import index_statements
from factcheck.corpus.services.pairing import EXTRACT, queue_pairing, settle_pairs
from factcheck.corpus.services.reconciling import Reconciliation, Seen, Standing, reconcile
from factcheck.corpus.services.speakers import link_speakers
from factcheck.corpus.services.translation import anchor_for, detection_body, statement_fields
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job

STATEMENT_FIELDS = [
    "speaker",
    "reported_by",
    "content",
    "content_key",
    "act",
    "quote",
    "hedged",
    "negated",
    "checkworthiness",
    "confidence",
    "gone_at",
]


@dataclass(frozen=True, slots=True)
class Stored:
    """What a reading left behind: the rows in the order of its detections, and what became of earlier ones."""

    statements: Sequence[Statement]
    reconciliation: Reconciliation


def queue_extractions(change: Change, priorities: Mapping[Revision, int]) -> None:
    """Queue the reading of these revisions by today's engine and models, each once, at its priority."""
    change.enqueue_all([_extraction(change, revision, priority) for revision, priority in priorities.items()])


def _extraction(change: Change, revision: Revision, priority: int) -> Job:
    article = revision.article
    return change.new_job(
        EXTRACT,
        f"{revision.pk}:{current_build()}:{RunMode.LIVE}",
        article,
        desk_id=article.desk_id,
        priority=priority,
        parameters={"revision": str(revision.pk)},
    )


def extract_article(hand: WorkInHand) -> None:
    """Read a revision, reconcile with the statements that stand, store, and queue the pairing: all or nothing.

    Raises:
        UnreadableArticle: the engine cannot read the text.
        ModelUnusable: the model that the settings choose is not whole or does not load.
        JobCancelled, LeaseLost: the work shall stop.
    """
    revision = Revision.objects.select_related("article__outlet").get(pk=hand.job.parameters["revision"])
    article = revision.article
    hand.progress("reading", 0.0)
    extraction = engine.extract(
        engine.Article(str(article.pk), revision.text, str(article.outlet or ""), article.published_at),
        models=chosen_models(),
        progress=lambda share: hand.progress("finding statements", share),
    )
    hand.progress("storing", 1.0)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        run = store_extraction(change, revision, extraction)
        queue_pairing(change, run, hand.job)
        change.audit("analyze_article", article, desk_id=article.desk_id, engine=run.engine_version, **run.outcome)


def store_extraction(change: Change, revision: Revision, extraction: engine.Extraction) -> AnalysisRun:
    """Write one live run: detections, statements, anchors, index terms."""
    speakers = link_speakers(change, revision.article, extraction.speakers)
    stored = _store_statements(change, revision, extraction.statements, speakers)
    run = AnalysisRun.objects.create(
        revision=revision,
        engine_version=engine.name_build(extraction.models),
        models_used=dict(extraction.models),
        ran_at=change.now,
        outcome=_outcome(stored.reconciliation),
    )
    _store_detections(run, extraction.statements, stored.statements)
    index_statements(stored.statements, extraction.statements)
    change.touch(run)
    return run


def _store_statements(
    change: Change, revision: Revision, found: Sequence[engine.Statement], speakers: Mapping[str, Speaker]
) -> Stored:
    standing = {row.pk: row for row in Statement.objects.filter(article=revision.article, origin=Origin.ENGINE)}
    reconciliation = reconcile(_standing(revision, standing), [_seen(detection) for detection in found])
    rows = [
        _row(revision.article, standing.get(known) if known else None, statement_fields(detection, speakers))
        for known, detection in zip(reconciliation.continues, found, strict=True)
    ]
    _save(rows, standing)
    gone = [standing[pk] for pk in reconciliation.gone if standing[pk].gone_at is None]
    Statement.objects.filter(pk__in=[row.pk for row in gone]).update(gone_at=change.now)
    _anchor(revision, rows, found)
    change.touch(*rows, *gone)
    if standing:
        settle_pairs(change, revision.article)
    return Stored(rows, reconciliation)


def _save(rows: Sequence[Statement], standing: Mapping[UUID, Statement]) -> None:
    Statement.objects.bulk_create([row for row in rows if row.pk not in standing])
    Statement.objects.bulk_update([row for row in rows if row.pk in standing], STATEMENT_FIELDS, batch_size=50)


def _standing(revision: Revision, statements: Mapping[UUID, Statement]) -> list[Standing]:
    spans = {
        anchor.statement_id: engine.Span(anchor.start, anchor.end)
        for anchor in Anchor.objects.filter(revision=revision)
    }
    return [Standing(row.pk, spans.get(row.pk), row.content_key) for row in statements.values()]


def _seen(found: engine.Statement) -> Seen:
    return Seen(found.content, Statement.key_of(found.text))


def _row(article: Article, known: Statement | None, fields: Mapping[str, object]) -> Statement:
    row = known or Statement(article=article)
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def _anchor(revision: Revision, rows: Sequence[Statement], found: Sequence[engine.Statement]) -> None:
    anchors = [anchor_for(row, detection, revision) for row, detection in zip(rows, found, strict=True)]
    Anchor.objects.filter(revision=revision, statement__in=rows).delete()
    Anchor.objects.bulk_create(anchors, batch_size=200)


def _store_detections(run: AnalysisRun, found: Sequence[engine.Statement], rows: Sequence[Statement]) -> None:
    detections = [
        Detection(
            run=run,
            start=seen.content.start,
            end=seen.content.end,
            found=detection_body(seen),
            statement=statement,
        )
        for seen, statement in zip(found, rows, strict=True)
    ]
    Detection.objects.bulk_create(detections, batch_size=200)


def _outcome(reconciliation: Reconciliation) -> dict[str, object]:
    lists = {name: [str(pk) for pk in getattr(reconciliation, name)] for name in ("kept", "moved", "gone")}
    return {**lists, "new": reconciliation.new}
