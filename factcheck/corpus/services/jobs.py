"""Trying articles' failed work again, cancelling what runs, and who may see it."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from factcheck.corpus.models import Access, Article, Feed, Inquiry, Retrieval, ShadowReport
from factcheck.corpus.models.article import ArticleQuerySet
from factcheck.ledger import jobs
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import NothingToRetry
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.models.job import JobQuerySet
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, require, require_somewhere

REPORT, INQUIRY, RETRIEVAL, BULK, FEED = "shadowreport", "inquiry", "retrieval", "bulk", "feed"
SCORES = ("calibrationversion", "desk")  # the subjects of work on a desk's scores
OWN = (INQUIRY, RETRIEVAL)  # what one asks is nobody else's
WITH_THEIR_PAGE = Q(kind=BULK) | Q(subject_type__in=("reviewimport", "export"))  # stopped and tried again there
Subject = Article | ShadowReport | Inquiry | Retrieval | Feed | Desk


def jobs_listed_for(person: User) -> JobQuerySet:
    """The work of a person's list: the desk's or their own, and none about an article that is hidden from them.

    Whoever administers the desk sees that there is work about a hidden article, never the article.
    """
    return Job.objects.filter(_listed(person))


def jobs_open_to(person: User) -> JobQuerySet:
    """The work that exists for a person: on articles of their list or that they may read, and on what they asked."""
    readable = Article.objects.readable_by(person).values("pk")
    articles = Q(Q(subject_id__in=readable) | _listed(person), subject_type="article")
    asked = Q(subject_type=INQUIRY, subject_id__in=Inquiry.objects.of(person).values("pk"))
    handed_in = Q(subject_type=RETRIEVAL, subject_id__in=Retrieval.objects.of(person).values("pk"))
    feeds = Q(subject_type=FEED, subject_id__in=Feed.objects.seen_by(person).values("pk"))
    return Job.objects.filter(articles | asked | handed_in | feeds)


def subject_of(job: Job) -> Subject:
    """What a job is about that `jobs_open_to`, `shadow_runs_open_to` or `scoring_open_to` gave."""
    if job.subject_type in SCORES:
        return Desk.objects.get(pk=job.desk_id or job.subject_id)
    if job.subject_type == REPORT:
        return ShadowReport.objects.get(pk=job.subject_id)
    if job.subject_type == INQUIRY:
        return Inquiry.objects.get(pk=job.subject_id)
    if job.subject_type == RETRIEVAL:
        return Retrieval.objects.get(pk=job.subject_id)
    if job.subject_type == FEED:
        return Feed.objects.get(pk=job.subject_id)
    return Article.objects.get(pk=job.subject_id)


def shadow_runs_open_to(person: User) -> JobQuerySet:
    """The shadow runs of a person's list."""
    return jobs_listed_for(person).filter(subject_type=REPORT)


def scoring_open_to(person: User) -> JobQuerySet:
    """The work on scores of a person's list: proposing calibrations, scoring pairs anew."""
    return jobs_listed_for(person).filter(subject_type__in=SCORES)


def retryable_by(person: User) -> JobQuerySet:
    """The failed work of a person's list that this person may try again."""
    desks = desks_reached(person, Action.SWITCH_ENGINE, Reach.DESK)
    theirs = ~Q(subject_type=REPORT) | Q(desk_id__in=desks)
    listed = jobs_listed_for(person).exclude(WITH_THEIR_PAGE)
    return listed.filter(_reached(person, Action.RETRY_JOB), theirs, state=JobState.FAILED)


def cancellable_by(person: User) -> JobQuerySet:
    """The open work of a person's list that this person may cancel and nobody has yet."""
    listed = jobs_listed_for(person).exclude(WITH_THEIR_PAGE)
    return listed.filter(_reached(person, Action.CANCEL_JOB), cancel_requested=False).open()


def retry_all(reason: str, person: User, now: datetime) -> int:
    """Queue all failed work of one reason again that this person may try again, and say how much it is.

    Raises:
        NotAllowed: the person may not try work again on any desk.
        NothingToRetry: none of this reason is left.
    """
    require_somewhere(person, Action.RETRY_JOB)
    with record_change(actor=person, now=now) as change:
        again = jobs.retry_failed_jobs(change, retryable_by(person).filter(reason=reason))
        by_desk: dict[UUID | None, list[str]] = defaultdict(list)
        for job in again:
            by_desk[job.desk_id].append(str(job.pk))
        for desk in Desk.objects.filter(pk__in=[desk_id for desk_id in by_desk if desk_id]):
            change.audit("retry_all", desk, desk_id=desk.pk, reason=reason, jobs=by_desk[desk.pk])
        if not again:
            raise NothingToRetry
    return len(again)


def retry_work(job: Job, subject: Subject, person: User, now: datetime) -> None:
    """Queue failed or cancelled work on an article or on scores, or a shadow run, again.

    Raises:
        NotAllowed: the person may not try this work again.
        JobNotRetryable: it is queued, running or done.
    """
    require(person, Action.RETRY_JOB, subject)
    if isinstance(subject, ShadowReport):
        require(person, Action.SWITCH_ENGINE, subject)
    jobs.retry_job(job, person, now)


def cancel_work(job: Job, subject: Subject, person: User, now: datetime) -> None:
    """Cancel work on an article or on scores, or a shadow run.

    Raises:
        NotAllowed: the person may not cancel this work.
        JobNotCancellable: it has ended.
    """
    require(person, Action.CANCEL_JOB, subject)
    jobs.cancel_job(job, person, now)


def _reached(person: User, action: Action) -> Q:
    whole, own = desks_reached(person, action, Reach.DESK), desks_reached(person, action, Reach.OWN)
    made = Article.objects.filter(created_by=person).values("pk")
    named = Article.objects.filter(readers__person=person).values("pk")
    handed_in = Q(subject_type=RETRIEVAL, requested_by=person)
    theirs = Q(subject_id__in=made) | Q(subject_id__in=named) | handed_in
    return Q(desk_id__in=whole) | (Q(desk_id__in=own) & theirs)


def _listed(person: User) -> Q:
    whole = desks_reached(person, Action.READ_WORK, Reach.DESK)
    seen = _reached(person, Action.READ_JOBS) & ~Q(subject_id__in=_hidden_from(person).values("pk"))
    theirs = ~Q(subject_type__in=OWN) | Q(requested_by=person)
    return (Q(desk_id__in=whole) | seen) & theirs


def _hidden_from(person: User) -> ArticleQuerySet:
    restricted = Article.objects.filter(access=Access.RESTRICTED, desk__in=person.desk_ids)
    return restricted.exclude(pk__in=Article.objects.readable_by(person).values("pk"))
