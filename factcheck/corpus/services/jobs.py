"""Trying an article's failed work again, and cancelling what runs."""

from datetime import datetime

from django.db.models import Q, QuerySet

from factcheck.corpus.models import Article
from factcheck.ledger import jobs
from factcheck.ledger.models import Job
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, require


def retry_work(job: Job, article: Article, person: User, now: datetime) -> None:
    """Queue an article's failed or cancelled job again.

    Raises:
        NotAllowed: the person may not try this article's work again.
        JobNotRetryable: it is queued, running or done.
    """
    require(person, Action.RETRY_JOB, article)
    jobs.retry_job(job, person, now)


def cancel_work(job: Job, article: Article, person: User, now: datetime) -> None:
    """Cancel an article's job.

    Raises:
        NotAllowed: the person may not cancel this article's work.
        JobNotCancellable: it has ended.
    """
    require(person, Action.CANCEL_JOB, article)
    jobs.cancel_job(job, person, now)


def readable_work(person: User) -> "QuerySet[Job]":
    """Jobs about articles that the person may read, and all of the desks that they administer."""
    articles = Article.objects.readable_by(person).values("pk")
    desks = desks_reached(person, Action.READ_WORK, Reach.DESK)
    return Job.objects.filter(Q(subject_type="article", subject_id__in=articles) | Q(desk_id__in=desks))
