"""A shadow run: an engine reads articles that others have read, changes nothing, and ends in a report.

Each article commits by itself, so a run that is stopped, or gives way to more urgent work, goes on where it was. What
an engine saw in a text is kept: another run of the same engine compares it with the statements anew, without reading.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from factcheck.corpus.errors import OtherEngine
from factcheck.corpus.models import (
    AnalysisRun,
    Article,
    ArticleComparison,
    Detection,
    Revision,
    RunMode,
    ShadowReport,
)
from factcheck.corpus.models.article import ArticleQuerySet
from factcheck.corpus.services.comparing import Comparison, compare, seen_at
from factcheck.corpus.services.extraction import store_detections, store_run
from factcheck.corpus.services.readers import TODAYS, Reader, read_revision
from factcheck.corpus.services.trials import articles_read
from factcheck.corpus.services.work import Work, find_work
from factcheck.engine import Span
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.errors import GivesWay
from factcheck.ledger.jobs import WorkInHand, finish_job, keep_progress
from factcheck.ledger.models import Job
from factcheck.ledger.models.job import BEHIND_ALL
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

SHADOW = "shadow"
TURN = timedelta(seconds=60)  # then whatever came meanwhile has its turn
COUNTS = ("kept", "moved", "new", "gone", "with_work")


def ask_shadow_run(
    desk: Desk, person: User, now: datetime, article: Article | None = None, reader: Reader = TODAYS
) -> ShadowReport:
    """Queue a shadow run over a desk's articles, or over one, and give the report that it will fill.

    Raises:
        NotAllowed: the person may not switch engines on this desk.
    """
    require(person, Action.SWITCH_ENGINE, desk)
    report = ShadowReport(desk=desk, article=article, engine_version=reader.version, asked_by=person, asked_at=now)
    with record_change(actor=person, now=now) as change:
        report.save(force_insert=True)
        change.enqueue(SHADOW, str(report.pk), report, desk_id=desk.pk, priority=BEHIND_ALL)
        said = {"engine": reader.version, "article": str(article.pk) if article else None}
        change.audit("ask_shadow_run", report, desk_id=desk.pk, **said)
    return report


def run_in_shadow(hand: WorkInHand, reader: Reader = TODAYS) -> None:
    """Read the report's articles one by one, compare, and end the report.

    Raises:
        OtherEngine: the report was asked of another engine than this.
        GivesWay: more urgent work waits, or this has gone on for long; it goes on later where it was.
        JobCancelled, LeaseLost: the work shall stop.
    """
    report = ShadowReport.objects.get(pk=hand.job.subject_id)
    if report.engine_version != reader.version:
        raise OtherEngine
    began, waiting = hand.now(), list(articles_waiting(report))
    done = report.comparisons.count()
    for number, article in enumerate(waiting, done):
        _compare_article(hand, report, article, reader, Share(number, done + len(waiting)))
        _give_way(hand, began)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        ShadowReport.objects.filter(pk=report.pk).update(ended_at=change.now)
        change.audit("end_shadow_run", report, desk_id=report.desk_id, engine=reader.version, **count(report))


def articles_waiting(report: ShadowReport) -> ArticleQuerySet:
    """The articles of a report that are still to be compared."""
    compared = ArticleComparison.objects.filter(report=report, run__revision__article=OuterRef("pk"))
    of_report = articles_read(report.desk_id, report.article_id)
    return of_report.filter(~Exists(compared)).select_related("outlet")


def count(report: ShadowReport) -> dict[str, int]:
    """A report's sums: statements kept, moved, new, gone, and those moved or gone with editors' work on them."""
    sums = report.comparisons.aggregate(**{name: Sum(name, default=0) for name in COUNTS})
    return {"articles": report.comparisons.count(), **sums}


class Share:
    """How far a run is that is at one of its articles."""

    def __init__(self, number: int, of: int) -> None:
        """The article's number, from 0, and how many there are."""
        self.number, self.of = number, of
        self.step = worded("reading article {number} of {of}", number=f"{number + 1:,}", of=f"{of:,}")

    def at(self, share: float) -> float:
        """The share of the run where this share of the article is done."""
        return (self.number + share) / self.of


def _compare_article(hand: WorkInHand, report: ShadowReport, article: Article, reader: Reader, share: Share) -> None:
    revision = article.current
    revision.article = article
    run = AnalysisRun.objects.filter(revision=revision, engine_version=reader.version, mode=RunMode.SHADOW).first()
    found = None
    if run is None:
        found = read_revision(reader, revision, lambda part: hand.progress(share.step, share.at(part))).statements
    with record_change(actor=None, now=hand.now()) as change:
        # The fence: no row changes where another worker took over, and nobody else takes over before this commits.
        keep_progress(hand.lease, share.step, share.at(1.0))
        if run is None:
            run = _store_shadow(change, revision, reader, found or ())
        comparison = compare(revision, [seen_at(revision, span) for span in _places(run)])
        ArticleComparison.objects.create(report=report, run=run, **_described(comparison, _places(run)))


def _store_shadow(change: Change, revision: Revision, reader: Reader, found: Sequence[Any]) -> AnalysisRun:
    run = store_run(change, revision, reader, RunMode.SHADOW, {})
    store_detections(run, found, [None] * len(found))
    return run


def _places(run: AnalysisRun) -> list[Span]:
    places = Detection.objects.filter(run=run).order_by("start", "end").values_list("start", "end")
    return [Span(start, end) for start, end in places]


def _described(comparison: Comparison, places: Sequence[Span]) -> dict[str, Any]:
    to = {pk: place for pk, place in zip(comparison.reconciliation.continues, places, strict=True) if pk}
    new = [place for pk, place in zip(comparison.reconciliation.continues, places, strict=True) if pk is None]
    work = find_work([*comparison.moved(), *comparison.gone()])
    lists: dict[str, list[Any]] = {
        "kept": [str(pk) for pk in comparison.kept()],
        "moved": [_change(pk, comparison, work, to[pk]) for pk in comparison.moved()],
        "new": [_ends(place) for place in new],
        "gone": [_change(pk, comparison, work) for pk in comparison.gone()],
    }
    return {**{name: len(rows) for name, rows in lists.items()}, "with_work": len(work), "statements": lists}


def _change(pk: UUID, comparison: Comparison, work: dict[UUID, Work], to: Span | None = None) -> dict[str, Any]:
    stood, done = comparison.spans.get(pk), work.get(pk, Work())
    places = {"from": stood and _ends(stood), "to": to and _ends(to)}
    return {"statement": str(pk), **places, "claims": done.claims, "decisions": done.decisions, "pairs": done.pairs}


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def _give_way(hand: WorkInHand, began: datetime) -> None:
    now = hand.now()
    if now - began > TURN or Job.objects.ready(now).filter(priority__gt=hand.job.priority).exists():
        raise GivesWay
