"""The inbox: what waits for this person, what is moving, what is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, Min

from factcheck.claims.models import Claim, Verdict
from factcheck.corpus.models import Article, ConflictPair
from factcheck.corpus.models.article import ArticleQuerySet
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.models.job import JobQuerySet
from factcheck.ledger.settled import Place
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, reaches
from factcheck.newsroom.standing import SettledFor
from factcheck.workbench.forms import InquiryForm
from factcheck.workbench.screens.arrivals import Arrivals, newest_seq
from factcheck.workbench.screens.feeds import Waiting, waiting_feeds
from factcheck.workbench.screens.pictures import Pictures, pictures_for
from factcheck.workbench.screens.progress import Progress, describe
from factcheck.workbench.screens.tour import Tour, tour_of

SHOWN, RECENT = 8, timedelta(days=7)
LATE = timedelta(seconds=30)  # a job that waits longer means that the workers are behind


@dataclass(frozen=True, slots=True)
class Moving:
    """An article whose analysis runs, waits or has stopped."""

    article: Article
    progress: Progress


@dataclass(frozen=True, slots=True)
class Behind:
    """How far the workers are behind: how many jobs wait, everybody's together, and since when the oldest."""

    waiting: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the inbox shows."""

    person: User
    ask: InquiryForm | None
    pairs: Sequence[ConflictPair]
    to_approve: Sequence[Verdict]
    sent_back: Sequence[Verdict]
    mine: Sequence[Claim]
    moving: Sequence[Moving]
    behind: Behind | None
    feeds_wait: Waiting | None
    pictures: Pictures
    latest: Sequence[Article]
    tour: Tour | None
    arrivals: Arrivals

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits for this person."""
        return not (self.pairs or self.to_approve or self.sent_back or self.mine)


def inbox_for(person: User, now: datetime) -> Inbox:
    """Gather the inbox of a person in a fixed number of queries."""
    seen = newest_seq()  # first: what comes while this is gathered counts as new
    return Inbox(
        person=person,
        ask=InquiryForm(person=person) if reaches(person, Action.COMPARE_STATEMENT) else None,
        pairs=_PAIRS.ask(person),
        to_approve=_TO_APPROVE.ask(person),
        sent_back=_SENT_BACK.ask(person),
        mine=_MINE.ask(person),
        moving=_moving(person, now),
        behind=_behind(now),
        feeds_wait=waiting_feeds(),
        pictures=pictures_for(person, now),
        latest=_LATEST.ask(person),
        tour=tour_of(person),
        arrivals=Arrivals("inbox", seen, 0),
    )


def _behind(now: datetime) -> Behind | None:
    found = Job.objects.ready(now).awaited().aggregate(waiting=Count("pk"), since=Min("created_at"))
    is_late = found["since"] is not None and found["since"] <= now - LATE
    return Behind(found["waiting"], found["since"]) if is_late else None


def _moving(person: User, now: datetime) -> list[Moving]:
    jobs = _JOBS.ask(person, now - RECENT)
    articles = _articles(person).prefetch_related("readers").in_bulk([job.subject_id for job in jobs])
    return [Moving(articles[job.subject_id], describe(job, articles[job.subject_id], person, now)) for job in jobs]


def _pairs(person: User) -> ConflictPairQuerySet:
    decides = desks_reached(person, Action.DECIDE_PAIR, Reach.DESK)
    return ConflictPair.objects.readable_one_by_one(person).awaiting_editor().filter(desk__in=decides).with_sides()


def _articles(person: User) -> ArticleQuerySet:
    return Article.objects.readable_by(person).current().select_related("outlet")


def _jobs(person: User) -> JobQuerySet:
    since = Place(0, DateTimeField())
    stopped = Job.objects.filter(state__in=(JobState.FAILED, JobState.CANCELLED), ended_at__gte=since)
    jobs = (Job.objects.open() | stopped).filter(subject_type="article").order_by("-created_at")
    return jobs.filter(subject_id__in=Article.objects.readable_by(person).current().values("pk"))


_PAIRS = SettledFor[ConflictPair](lambda person: _pairs(person).best_first()[:SHOWN])
_TO_APPROVE = SettledFor[Verdict](
    lambda person: Verdict.objects.awaiting(person).select_related("claim", "rating")[:SHOWN]
)
_SENT_BACK = SettledFor[Verdict](
    lambda person: Verdict.objects.sent_back_to(person).select_related("claim", "rating")[:SHOWN]
)
_MINE = SettledFor[Claim](lambda person: Verdict.objects.claims_left_to(person)[:SHOWN])
_LATEST = SettledFor[Article](lambda person: _articles(person).order_by("-added_at")[:SHOWN])
_JOBS = SettledFor[Job](lambda person: _jobs(person)[:SHOWN])
