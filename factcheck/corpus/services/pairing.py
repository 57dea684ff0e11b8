"""The second job of an article: find what it says that cannot hold beside something said here or elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from factcheck import engine
from factcheck.corpus.models import (
    AnalysisRun,
    Anchor,
    Article,
    CalibrationVersion,
    ConflictPair,
    Decision,
    PairStatus,
    Statement,
)
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.models.statement import BY_HAND
from factcheck.corpus.services.builds import chosen_models
from factcheck.corpus.services.candidates import bounds_of, find_candidates
from factcheck.corpus.services.covering import OPEN, SIDES, find_covers
from factcheck.corpus.services.scoring import KEPT, rate, waits_as, weights_of
from factcheck.corpus.services.translation import engine_value
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.errors import TooEarly
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job

EXTRACT, PAIR = "extract", "pair"
LONGEST_READING = timedelta(seconds=60)  # of an article added before; one that hangs must not stop the rest


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
        TooEarly: an article added before is still to be read.
        JobCancelled, LeaseLost: the work shall stop.
    """
    run = AnalysisRun.objects.select_related("revision__article").get(pk=hand.job.parameters["run"])
    _require_turn(run, hand.job, hand.now())
    with record_change(actor=None, now=hand.now()) as change:
        change.touch(run)
    neighborhood = _neighborhood(run, hand)
    values = values_of(neighborhood.all_ids())
    own = [values[row.pk] for row in neighborhood.own if row.pk in values]
    across = [(str(a), str(b)) for a, b in neighborhood.candidates if a in values and b in values]
    found = compare(own, None, lambda share: hand.progress(worded("comparing"), 0.3 + 0.3 * share))
    found += compare(list(values.values()), across, lambda share: hand.progress(worded("comparing"), 0.6 + 0.4 * share))
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        stored = store_pairs(change, run.revision.article, found)
        suggested = sum(pair.status == PairStatus.SUGGESTED for pair in stored)
        counts = {"suggested": suggested, "stored": len(stored), "found": len(found)}
        change.audit("pair_article", run.revision.article, desk_id=run.revision.article.desk_id, **counts)


def compare(
    statements: Sequence[engine.Statement],
    candidates: Sequence[tuple[str, str]] | None,
    tell: Callable[[float], None] | None = None,
) -> list[engine.ConflictPair]:
    """The pairs worth keeping among statements, by the models of this installation; for jobs alone: it may load one.

    Raises:
        ModelUnusable: the model of sentences is not whole or does not load.
    """
    return list(engine.pair(statements, candidates=candidates, min_score=KEPT, models=chosen_models(), progress=tell))


def store_pairs(change: Change, article: Article, found: Iterable[engine.ConflictPair]) -> list[ConflictPair]:
    """Write the pairs that are new, each once; one that repeats a dismissed pair's words comes in dismissed."""
    hold_pairs(article.desk_id)
    rows = judge_pairs(change, article, found)
    ConflictPair.objects.bulk_create(rows, ignore_conflicts=True)
    stored = list(ConflictPair.objects.filter(pk__in=[row.pk for row in rows]))
    change.touch(*stored)
    return stored


def judge_pairs(change: Change, article: Article, found: Iterable[engine.ConflictPair]) -> list[ConflictPair]:
    """What was found as rows, not written yet: scored for the desk, and dismissed where their words are."""
    pairs = list(found)
    present = Statement.objects.present().select_related("speaker")
    sides = {str(pk): row for pk, row in present.in_bulk({UUID(side) for pair in pairs for side in _ids(pair)}).items()}
    calibration = CalibrationVersion.objects.in_use_on(article.desk_id)
    rows = [_row(article, pair, sides, change, calibration) for pair in pairs if sides.keys() >= _ids(pair)]
    covers = find_covers(article.desk_id, rows)
    for row in rows:
        for name, value in covers.get(row.pk, {}).items():
            setattr(row, name, value)
    return rows


def hold_pairs(desk_id: UUID) -> None:
    """Let nobody else store, decide or settle pairs of this desk before this change commits.

    Else a copy could be stored while its words are dismissed, each unseen by the other. PostgreSQL locks the desk's
    row; SQLite has one writer anyway. Call it before any pair is written: everybody locks in this order.
    """
    _lock_desk(desk_id, "NO KEY UPDATE")


def share_pairs(desk_id: UUID) -> None:
    """Let nobody store or settle pairs of this desk before this change commits, but others decide others meanwhile.

    Call it instead of `hold_pairs` where single pairs are decided; several are locked with `lock_pairs`.
    """
    _lock_desk(desk_id, "SHARE")


def lock_pairs(pairs: ConflictPairQuerySet) -> list[ConflictPair]:
    """These pairs as they stand, nobody else's before this change commits; after the desk, in the order of keys."""
    return list(locking(pairs))


def locking(pairs: ConflictPairQuerySet) -> ConflictPairQuerySet:
    """The question that locks them."""
    return pairs.order_by("pk").select_for_update(no_key=True)


def _lock_desk(desk_id: UUID, mode: str) -> None:
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM newsroom_desk WHERE id = %s FOR {mode}", [desk_id])  # noqa: S608 -- our words


def settle_pairs(change: Change, article: Article) -> None:
    """After a reading: what waits for a decision is obsolete while a side is gone, and comes back as it was.

    Where its words were dismissed meanwhile, it comes back dismissed. What was suggested of words that people have
    mended since does not come back by itself: its sides are compared anew.
    """
    hold_pairs(article.desk_id)
    pairs = ConflictPair.objects.touching(article)
    mended_since = Q(a__mended_at__gt=F("suggested_at")) | Q(b__mended_at__gt=F("suggested_at"))
    both = pairs.filter(a__gone_at__isnull=True, b__gone_at__isnull=True)
    broken = pairs.filter(status__in=OPEN).exclude(pk__in=both.values("pk"))
    present = both.exclude(mended_since)
    mended = list(present.filter(status=PairStatus.OBSOLETE).select_related(*SIDES))
    edit_pairs(change, list(broken), status=PairStatus.OBSOLETE)
    covers = find_covers(article.desk_id, mended)
    for row in mended:
        edit_pairs(change, [row], **covers.get(row.pk, {"status": _waiting(row)}))


def edit_pairs(change: Change, pairs: Sequence[ConflictPair], **fields: object) -> None:
    """Write the same fields to some pairs, as edits; call `hold_pairs` or `share_pairs` before."""
    if pairs:
        ConflictPair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(**ConflictPair.edited(**fields))
        change.touch(*pairs)


def _waiting(pair: ConflictPair) -> PairStatus:
    """How a pair without a final decision waits."""
    return PairStatus.PARKED if pair.decision == Decision.UNCLEAR else waits_as(pair.score)


def _require_turn(run: AnalysisRun, job: Job, now: datetime) -> None:
    """Go on only when the articles added before have been read: which candidates are best depends on all of them.

    One that is read again is not waited for: its own pairing looks at all that began before. How long this pairing
    has waited itself says nothing: behind a long queue the reading before it may have begun just now.

    Raises:
        TooEarly: one is still to be read, at least as urgent, and has not been in hand for too long.
    """
    article = run.revision.article
    ahead = Job.objects.open().filter(kind=EXTRACT, desk_id=article.desk_id, priority__gte=job.priority)
    ahead = ahead.exclude(started_at__lt=now - LONGEST_READING)
    earlier = Article.objects.filter(pk__in=ahead.values("subject_id"), created_seq__lt=article.created_seq)
    if earlier.filter(revisions__runs__isnull=True).exists():
        raise TooEarly


def _neighborhood(run: AnalysisRun, hand: WorkInHand) -> Neighborhood:
    of_article = Statement.objects.present().filter(article=run.revision.article).select_related("article")
    found_or_made = of_article.filter(Q(detections__run=run) | BY_HAND)
    own = list(dict.fromkeys(found_or_made.order_by(F("detections__start").asc(nulls_last=True), "pk")))
    found = find_candidates(own, bounds_of(run), lambda share: hand.progress(worded("searching"), 0.3 * share))
    return Neighborhood(own, list(found))


def values_of(ids: Iterable[UUID]) -> Mapping[UUID, engine.Statement]:
    """Stored statements as the engine reads them, each where it stands in the newest revision, in reading order."""
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


def _ids(pair: engine.ConflictPair) -> set[str]:
    return {pair.a, pair.b}


def _row(
    article: Article,
    pair: engine.ConflictPair,
    sides: Mapping[str, Statement],
    change: Change,
    calibration: CalibrationVersion | None,
) -> ConflictPair:
    a, b = sides[pair.a], sides[pair.b]
    score = rate(pair.signals, pair.score, pair.kind, weights_of(calibration))
    return ConflictPair(
        desk_id=article.desk_id,
        a=a,
        b=b,
        kind=pair.kind.value,
        suggested_kind=pair.kind.value,
        score=score,
        engine_score=pair.score,
        calibration=calibration,
        status=waits_as(score),
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
