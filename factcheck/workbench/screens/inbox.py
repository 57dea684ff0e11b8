"""The inbox: what waits for this person, what is moving, what is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from factcheck.claims.models import Claim, Verdict
from factcheck.corpus.models import Article, ConflictPair
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, reaches
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
    articles = Article.objects.readable_by(person).current().select_related("outlet")
    verdicts = Verdict.objects.select_related("claim", "rating")
    decides = desks_reached(person, Action.DECIDE_PAIR, Reach.DESK)
    approves = desks_reached(person, Action.APPROVE_VERDICT, Reach.DESK)
    waiting = ConflictPair.objects.readable_by(person).awaiting_editor().filter(desk__in=decides)
    return Inbox(
        person=person,
        ask=InquiryForm(person=person) if reaches(person, Action.COMPARE_STATEMENT) else None,
        pairs=list(waiting.with_sides().best_first()[:SHOWN]),
        to_approve=list((verdicts & Verdict.objects.awaiting(person)).filter(claim__desk__in=approves)[:SHOWN]),
        sent_back=list((verdicts & Verdict.objects.sent_back_to(person))[:SHOWN]),
        mine=list(Claim.objects.readable_by(person).assigned_to(person).unfinished()[:SHOWN]),
        moving=_moving(person, now),
        behind=_behind(now),
        feeds_wait=waiting_feeds(),
        pictures=pictures_for(person, now),
        latest=list(articles.order_by("-added_at")[:SHOWN]),
        tour=tour_of(person),
        arrivals=Arrivals("inbox", seen, 0),
    )


def _behind(now: datetime) -> Behind | None:
    found = Job.objects.ready(now).awaited().aggregate(waiting=Count("pk"), since=Min("created_at"))
    is_late = found["since"] is not None and found["since"] <= now - LATE
    return Behind(found["waiting"], found["since"]) if is_late else None


def _moving(person: User, now: datetime) -> list[Moving]:
    stopped = Job.objects.filter(state__in=(JobState.FAILED, JobState.CANCELLED), ended_at__gte=now - RECENT)
    jobs = (Job.objects.open() | stopped).filter(subject_type="article").order_by("-created_at")
    readable = Article.objects.readable_by(person).current()
    jobs = jobs.filter(subject_id__in=readable.values("pk"))[:SHOWN]
    articles = readable.select_related("outlet").in_bulk([job.subject_id for job in jobs])
    return [Moving(articles[job.subject_id], describe(job, articles[job.subject_id], person, now)) for job in jobs]
