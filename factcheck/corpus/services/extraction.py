"""The first job of an article: read a revision and store what it says. The heavy part runs outside the transaction."""

from collections.abc import Iterable, Mapping, Sequence
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
from factcheck.corpus.services.comparing import Comparison, compare
from factcheck.corpus.services.copying import Found, echo_in_copies, find_first, link, only_added
from factcheck.corpus.services.indexing import index_statements
from factcheck.corpus.services.languages import tell_language
from factcheck.corpus.services.pairing import EXTRACT, queue_pairing, settle_pairs
from factcheck.corpus.services.readers import TODAYS, Reader, read_revision
from factcheck.corpus.services.reconciling import Seen
from factcheck.corpus.services.speakers import link_speakers
from factcheck.corpus.services.translation import anchor_for, detection_body, statement_fields
from factcheck.corpus.services.trials import require_tried
from factcheck.corpus.services.unread import note_words
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job

STATEMENT_FIELDS = [
    "speaker",
    "reported_by",
    "speaker_before",
    "relay_before",
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
    comparison: Comparison


def queue_extractions(change: Change, priorities: Mapping[Revision, int], reader: Reader = TODAYS) -> None:
    """Queue the reading of these revisions by an engine, today's where no other is given, each once."""
    jobs = [_extraction(change, revision, priority, reader) for revision, priority in priorities.items()]
    change.enqueue_at_the_end(jobs)


def queue_reading_after_all(change: Change, revision: Revision, priority: int) -> None:
    """Queue the reading of a text that was left unread, as its language is another than it was taken for."""
    job = _extraction(change, revision, priority, TODAYS)
    job.key = f"{job.key}:{revision.article.version}"
    change.enqueue_all([job])


def _extraction(change: Change, revision: Revision, priority: int, reader: Reader) -> Job:
    article = revision.article
    return change.new_job(
        EXTRACT,
        f"{revision.pk}:{reader.version}:{RunMode.LIVE}",
        article,
        desk_id=article.desk_id,
        priority=priority,
        parameters={"revision": str(revision.pk)},
    )


def extract_article(hand: WorkInHand, reader: Reader = TODAYS) -> None:
    """Read a revision, reconcile with the statements that stand, store, and queue the pairing: all or nothing.

    What is in a language that the engine does not read is left to people, and of a copy only what it adds is read.

    Raises:
        UnreadableArticle: the engine cannot read the text.
        ModelUnusable: the model that the settings choose is not whole or does not load.
        NotTried: another engine has read this text, and this one was not tried on the article.
        JobCancelled, LeaseLost: the work shall stop.
    """
    revision = Revision.objects.select_related("article__outlet").get(pk=hand.job.parameters["revision"])
    is_first = not revision.runs.filter(mode=RunMode.LIVE).exists()
    if not is_first:  # a new text is read by whatever engine there is
        require_tried(Article.objects.filter(pk=revision.article_id), reader.version)
    hand.progress(worded("telling the language"), 0.0)
    language = tell_language(revision.text, revision.language, told=revision.article.language_told)
    found = find_first(revision) if is_first or revision.article.copy_of_id else None
    says_more = found is None or not found.says_the_same
    extraction = _read(hand, revision, reader) if says_more and language in engine.LANGUAGES else None
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        _note(change, revision, language, found)
        if extraction is None:
            _leave(change, revision, found)
            return
        run = store_extraction(change, revision, only_added(extraction, found), reader)
        queue_pairing(change, run, hand.job)
        said = {"engine": run.engine_version, **run.outcome}
        change.audit("analyze_article", revision.article, desk_id=revision.article.desk_id, **said)


def _read(hand: WorkInHand, revision: Revision, reader: Reader) -> engine.Extraction:
    hand.progress(worded("reading"), 0.0)
    extraction = read_revision(reader, revision, lambda share: hand.progress(worded("finding statements"), share))
    hand.progress(worded("storing"), 1.0)
    return extraction


def _note(change: Change, revision: Revision, language: str, found: Found | None) -> None:
    """Write what the text is: its language, and what it is like."""
    if found or not revision.runs.filter(mode=RunMode.LIVE).exists():
        link(change, revision, found)
    if language != revision.language:
        Revision.objects.filter(pk=revision.pk).update(language=language)
        revision.language = language
        change.touch(revision.article)
    note_words(revision)


def _leave(change: Change, revision: Revision, found: Found | None) -> None:
    """Say in the history why a text was not read."""
    article = revision.article
    if found and found.likeness.is_copy:
        change.audit("link_copy", article, desk_id=article.desk_id, copy_of=str(found.article.pk))
    else:
        change.audit("leave_unread", article, desk_id=article.desk_id, language=revision.language)


def store_extraction(
    change: Change, revision: Revision, extraction: engine.Extraction, reader: Reader = TODAYS
) -> AnalysisRun:
    """Write one live run: detections, statements, anchors, index terms."""
    speakers = link_speakers(change, revision.article, extraction.speakers)
    stored = _store_statements(change, revision, extraction.statements, speakers)
    run = store_run(change, revision, reader, RunMode.LIVE, stored.comparison.outcome())
    store_detections(run, extraction.statements, stored.statements)
    _index(revision.article, stored.statements, extraction.statements)
    echo_in_copies(revision.article)
    return run


def store_run(
    change: Change, revision: Revision, reader: Reader, mode: RunMode, outcome: Mapping[str, object]
) -> AnalysisRun:
    """Write that a reader read a revision, and what became of the statements by it."""
    run = AnalysisRun.objects.create(
        revision=revision,
        engine_version=reader.version,
        models_used=dict(reader.models),
        mode=mode,
        ran_at=change.now,
        outcome=outcome,
    )
    change.touch(run)
    return run


def _store_statements(
    change: Change, revision: Revision, found: Sequence[engine.Statement], speakers: Mapping[str, Speaker]
) -> Stored:
    comparison = compare(revision, [Seen(detection.content, Statement.key_of(detection.text)) for detection in found])
    standing = comparison.standing
    rows = [
        _row(revision.article, standing.get(known) if known else None, statement_fields(detection, speakers))
        for known, detection in zip(comparison.reconciliation.continues, found, strict=True)
    ]
    read = {row: detection for row, detection in zip(rows, found, strict=True) if not row.is_by_hand}
    gone = [standing[pk] for pk in comparison.gone()]
    _save(read, standing)
    Statement.objects.filter(pk__in=[row.pk for row in gone]).update(gone_at=change.now)
    _anchor(revision, read)
    change.touch(*read, *gone)
    if standing:
        settle_pairs(change, revision.article)
    return Stored(rows, comparison)


def _save(rows: Iterable[Statement], standing: Mapping[UUID, Statement]) -> None:
    Statement.objects.bulk_create([row for row in rows if row.pk not in standing])
    Statement.objects.bulk_update([row for row in rows if row.pk in standing], STATEMENT_FIELDS, batch_size=50)


def _row(article: Article, known: Statement | None, fields: Mapping[str, object]) -> Statement:
    row = known or Statement(article=article)
    if not row.is_by_hand:
        for name, value in fields.items():
            setattr(row, name, value)
    return row


def _anchor(revision: Revision, read: Mapping[Statement, engine.Statement]) -> None:
    anchors = [anchor_for(row, detection, revision) for row, detection in read.items()]
    Anchor.objects.filter(revision=revision, statement__in=list(read)).delete()
    Anchor.objects.bulk_create(anchors, batch_size=200)


def _index(article: Article, rows: Sequence[Statement], found: Sequence[engine.Statement]) -> None:
    read = [(row, value) for row, value in zip(rows, found, strict=True) if not row.is_by_hand]
    index_statements(article, [row for row, _ in read], [value for _, value in read])


def store_detections(
    run: AnalysisRun, found: Sequence[engine.Statement], rows: Sequence[Statement | None]
) -> list[Detection]:
    """Write what a run saw, each with the statement that it became; with None in a shadow run."""
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
    return Detection.objects.bulk_create(detections, batch_size=200)
