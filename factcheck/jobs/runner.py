"""One job, from claim to end. Whatever happens, its row says so; if this process dies, its lease runs out."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.db import close_old_connections, connection
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from factcheck.engine import EngineError
from factcheck.intake.wording import worded
from factcheck.jobs.handlers import HANDLERS
from factcheck.ledger.absence import is_database_away
from factcheck.ledger.errors import JobCancelled, LeaseLost, Refusal, TooEarly
from factcheck.ledger.jobs import (
    LEASE,
    Lease,
    claim_job,
    claim_next_job,
    end_cancelled_job,
    fail_job,
    hand_back_job,
    interrupt_job,
    put_back_job,
    renew_lease,
    report_progress,
)
from factcheck.ledger.models import Job

logger = logging.getLogger(__name__)

HEARTBEAT = LEASE.total_seconds() / 4
A_MOMENT, A_WHILE = timedelta(seconds=0.5), timedelta(seconds=5)  # what a job waits for is mostly the next to end
PROGRESS_EVERY = 0.5  # seconds between progress writes: people see no more, and SQLite has one writer


@dataclass(slots=True)
class Hand:
    """The work in hand, for its handler."""

    lease: Lease
    job: Job
    began: float = field(default_factory=time.monotonic)
    _told: float = field(default=0.0)
    _step: str = field(default="")

    def now(self) -> datetime:
        """The time of what is written."""
        return timezone.now()

    def progress(self, step: str, share: float) -> None:
        """Say step and share, at most every half second."""
        since = time.monotonic() - self._told
        if since >= PROGRESS_EVERY:
            report_progress(self.lease, step, share)
            self._told, self._step = time.monotonic(), step


def run_next_job(token: UUID | None = None) -> None:
    """Claim the next due job, under this token, and do it; nothing where there is none. Safe to ring twice."""
    lease = claim_next_job(timezone.now(), token)
    if lease is not None:
        _run(lease)


def run_job(job_id: UUID) -> None:
    """Claim this job and do it; nothing where somebody else has it."""
    lease = claim_job(job_id, timezone.now())
    if lease is not None:
        _run(lease)


def _run(lease: Lease) -> None:
    job = Job.objects.get(pk=lease.job_id)
    with bound_contextvars(job_id=str(job.pk), kind=job.kind, attempt=job.attempts), _heartbeat(lease):
        logger.debug("job started")
        _do(Hand(lease, job))


def _do(hand: Hand) -> None:
    try:
        HANDLERS[hand.job.kind](hand)
        logger.info("job done in %.1f s", time.monotonic() - hand.began)
    except LeaseLost:
        logger.warning("job was taken over; its result is discarded")
    except JobCancelled:
        end_cancelled_job(hand.lease, timezone.now())
        logger.info("job cancelled")
    except TooEarly:
        _wait(hand, timezone.now())
    except (EngineError, Refusal) as refusal:
        fail_job(hand.lease, str(refusal), timezone.now())
        logger.warning("job failed (%s)", type(refusal).__name__)  # the reason, in its row, may quote the article
    except SoftTimeLimitExceeded:
        _end_early(hand)
    except Exception as error:
        logger.exception("job stopped unexpectedly")
        if is_database_away(error):
            close_old_connections()  # a database that restarted is asked on a new connection
            interrupt_job(hand.lease, _unexpected(error), timezone.now())
        else:
            put_back_job(hand.lease, _unexpected(error), timezone.now())


def _end_early(hand: Hand) -> None:
    """The soft limit before its time is how a worker that stops asks for its work back."""
    if time.monotonic() - hand.began < current_app.conf.task_soft_time_limit:
        hand_back_job(hand.lease)
        return
    fail_job(
        hand.lease, worded("This took longer than the time limit. Split the article and try again."), timezone.now()
    )
    logger.warning("job failed (time limit)")


def _wait(hand: Hand, now: datetime) -> None:
    """Put the job back, for longer the longer it has waited already."""
    hand_back_job(hand.lease, until=now + min(max(A_MOMENT, (now - hand.job.created_at) / 4), A_WHILE))


def _unexpected(error: Exception) -> str:
    # No id in it: work that failed alike is shown, and tried again, together.
    return worded(
        "The work stopped unexpectedly ({name}). Try again; if it stops again, report it.", name=type(error).__name__
    )


@contextmanager
def _heartbeat(lease: Lease) -> Iterator[None]:
    """Renew the lease while the work lasts, so that only a dead or stopped worker loses it."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(lease, over), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(lease: Lease, over: threading.Event) -> None:
    while not over.wait(HEARTBEAT):
        try:
            if not renew_lease(lease):
                break
        except Exception:
            logger.warning("could not renew the lease of job %s", lease.job_id, exc_info=True)
            connection.close()  # else the next beat finds the same dead connection
    connection.close()
