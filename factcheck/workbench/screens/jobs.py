"""The page of jobs: what waits, what runs, and what has failed, by reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Max, Window
from django.db.models.functions import RowNumber

from factcheck.corpus.models import Article, ShadowReport
from factcheck.corpus.services.jobs import cancellable_by, jobs_listed_for, retryable_by
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.models.job import JobQuerySet
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, reaches
from factcheck.workbench.screens.feeds import Waiting, waiting_feeds
from factcheck.workbench.screens.progress import WORDS

REASONS, OF_A_REASON, OPEN_SHOWN = 20, 5, 20


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job: its article or report where this person may read it, and what they may do about it."""

    job: Job
    article: Article | None
    report: ShadowReport | None
    may_retry: bool
    may_cancel: bool

    @property
    def title(self) -> str:
        """What it is called for the ear."""
        return str(self.article or self.report or self.job.pk)

    @property
    def words(self) -> str:
        """What kind of work it is."""
        return str(WORDS.get(self.job.kind, self.job.kind))


@dataclass(frozen=True, slots=True)
class Failed:
    """All failed work of one reason: how much, the newest of it, and whether this person may try some again."""

    reason: str
    count: int
    lines: Sequence[JobLine]

    @property
    def may_retry(self) -> bool:
        """Whether one of the lines shown may be tried again."""
        return any(line.may_retry for line in self.lines)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class JobsScreen:
    """What the page shows."""

    waiting: int
    running: int
    failed: Sequence[Failed]
    open: Sequence[JobLine]
    reads_reports: bool
    calibrates: bool
    feeds_wait: Waiting | None

    @property
    def failures(self) -> int:
        """How much has failed in all."""
        return sum(group.count for group in self.failed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.failed or self.open)


def jobs_for(person: User) -> JobsScreen:
    """Gather the page of a person in a fixed number of queries."""
    listed = jobs_listed_for(person)
    counts = dict(listed.open().values_list("state").annotate(Count("pk")))
    failed = listed.filter(state=JobState.FAILED)
    reasons = list(failed.values("reason").annotate(count=Count("pk"), newest=Max("ended_at")).order_by("-newest"))
    reasons = reasons[:REASONS]
    newest = list(_newest_of(failed.filter(reason__in=[row["reason"] for row in reasons])))
    opened = list(listed.open().order_by("state", "-priority", "created_at", "id").reverse()[:OPEN_SHOWN])
    lines = _lines([*newest, *opened], person)
    return JobsScreen(
        waiting=counts.get(JobState.QUEUED, 0),
        running=counts.get(JobState.RUNNING, 0),
        failed=[_group(row["reason"], row["count"], newest, lines) for row in reasons],
        open=[lines[job.pk] for job in opened],
        reads_reports=reaches(person, Action.READ_SHADOW_REPORT),
        calibrates=reaches(person, Action.READ_CALIBRATION),
        feeds_wait=waiting_feeds(),
    )


def _newest_of(failed: JobQuerySet) -> JobQuerySet:
    place = Window(RowNumber(), partition_by="reason", order_by=[F("ended_at").desc(), F("id").desc()])
    return failed.annotate(place=place).filter(place__lte=OF_A_REASON).order_by("-ended_at", "-id")


def _group(reason: str, count: int, newest: Iterable[Job], lines: dict[UUID, JobLine]) -> Failed:
    return Failed(reason, count, [lines[job.pk] for job in newest if job.reason == reason])


def _lines(jobs: Sequence[Job], person: User) -> dict[UUID, JobLine]:
    ids = [job.pk for job in jobs]
    articles = Article.objects.readable_by(person).select_related("outlet").in_bulk({job.subject_id for job in jobs})
    reports = ShadowReport.objects.readable_by(person).in_bulk({job.subject_id for job in jobs})
    retry = set(retryable_by(person).filter(pk__in=ids).values_list("pk", flat=True))
    cancel = set(cancellable_by(person).filter(pk__in=ids).values_list("pk", flat=True))
    return {
        job.pk: JobLine(
            job,
            articles.get(job.subject_id),
            reports.get(job.subject_id),
            may_retry=job.pk in retry,
            may_cancel=job.pk in cancel,
        )
        for job in jobs
    }
