"""Trying an article's failed work again, and cancelling what runs."""

from datetime import datetime

from factcheck.corpus.models import Article
from factcheck.ledger import jobs
from factcheck.ledger.models import Job
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require


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
