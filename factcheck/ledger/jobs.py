"""The life of a job: claimed under a lease, renewed, finished once, or tried again.

Every write of a worker repeats its lease's token; a write that changes no row means that another worker took over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.db.models.functions import Coalesce, Now

from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.errors import JobCancelled, JobNotCancellable, JobNotRetryable, LeaseLost
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.models.job import MAX_ATTEMPTS, JobQuerySet

LEASE = timedelta(seconds=20)
CHOICE = 32  # jobs to try for, where other workers take the same ones at the same moment
BACK_OFF = (timedelta(seconds=2), timedelta(seconds=15))
SPENT = f"The worker stopped {MAX_ATTEMPTS} times while working on this. Try again; if it stops again, report it."


@dataclass(frozen=True, slots=True)
class Lease:
    """A worker's right to one job: its id and the token of this attempt."""

    job_id: UUID
    token: UUID


class WorkInHand(Protocol):
    """What a job's handler gets: its lease, what it is about, and a way to say how far it is."""

    @property
    def lease(self) -> Lease:
        """The right to commit the result."""

    @property
    def job(self) -> Job:
        """The job as it was when it was claimed."""

    def now(self) -> datetime:
        """The time to write."""

    def progress(self, step: str, share: float) -> None:
        """Say the step and the share done; raises `JobCancelled` or `LeaseLost` where the work shall stop."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did."""

    failed: int = 0
    cancelled: int = 0


def claim_job(job_id: UUID, now: datetime) -> Lease | None:
    """Take a due job under a new lease; None where somebody else has it or it has ended."""
    token = uuid4()
    taken = Job.objects.due(now).filter(pk=job_id, cancel_requested=False)
    changed = taken.update(
        state=JobState.RUNNING,
        token=token,
        attempts=F("attempts") + 1,
        lease_until=Now() + LEASE,
        started_at=Coalesce("started_at", now),
        step="starting",
        share=0,
    )
    return Lease(job_id, token) if changed else None


def claim_next_job(now: datetime) -> Lease | None:
    """Take the first due job that nobody else takes; None where there is none."""
    claims = (claim_job(job_id, now) for job_id in Job.objects.next_due(now, CHOICE))
    return next((lease for lease in claims if lease is not None), None)


def renew_lease(lease: Lease) -> bool:
    """Push the lease's end away; False where it was lost."""
    return bool(_held(lease).update(lease_until=Now() + LEASE))


def report_progress(lease: Lease, step: str, share: float) -> None:
    """Write step and share for whoever watches, and renew the lease.

    Raises:
        LeaseLost: another worker took over.
        JobCancelled: a person asked to stop.
    """
    if not _held(lease).update(step=step, share=min(max(share, 0.0), 1.0), lease_until=Now() + LEASE):
        raise LeaseLost
    if _held(lease).filter(cancel_requested=True).exists():
        raise JobCancelled


def finish_job(change: Change, lease: Lease) -> None:
    """Mark the job done, inside the change that writes its result. Call it first: it locks the row.

    Raises:
        LeaseLost: another worker took over, so this result must not commit.
        JobCancelled: a person asked to stop before the result was there.
    """
    if _held(lease).filter(cancel_requested=True).exists():
        raise JobCancelled
    ended = {
        "state": JobState.DONE,
        "lease_until": None,
        "ended_at": change.now,
        "step": "",
        "share": 1,
        "reason": "",
    }
    if not _held(lease).update(**ended):
        raise LeaseLost


def fail_job(lease: Lease, reason: str, now: datetime) -> None:
    """End the job as failed, with a reason for people; trying again is theirs to decide."""
    _held(lease).update(state=JobState.FAILED, reason=reason, lease_until=None, ended_at=now)


def put_back_job(lease: Lease, reason: str, now: datetime) -> None:
    """Queue the job again after an unexpected stop, later each time; fail it where no attempt is left."""
    attempts = Job.objects.values_list("attempts", flat=True).get(pk=lease.job_id)
    if attempts >= MAX_ATTEMPTS:
        fail_job(lease, reason, now)
        return
    again = {
        "state": JobState.QUEUED,
        "lease_until": None,
        "reason": reason,
        "run_after": now + BACK_OFF[attempts - 1],
    }
    _held(lease).update(**again)


def hand_back_job(lease: Lease, until: datetime | None = None) -> None:
    """Queue the job again, at once or from a time on, without counting the attempt: it was not the job that failed."""
    again = {"state": JobState.QUEUED, "lease_until": None, "run_after": until, "step": "", "share": 0}
    _held(lease).update(attempts=F("attempts") - 1, **again)


def end_cancelled_job(lease: Lease, now: datetime) -> None:
    """End a running job that a person cancelled."""
    _held(lease).update(state=JobState.CANCELLED, lease_until=None, ended_at=now)


def cancel_job(job: Job, person: AbstractBaseUser, now: datetime) -> None:
    """Cancel a job: at once where it waits, at its next step where it runs.

    Raises:
        JobNotCancellable: it has ended.
    """
    with record_change(actor=person, now=now) as change:
        waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
        if not waiting.update(state=JobState.CANCELLED, ended_at=now, cancel_requested=True):
            running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING)
            if not running.update(cancel_requested=True):
                raise JobNotCancellable
        change.audit("cancel_job", job, desk_id=job.desk_id, kind=job.kind)


def retry_job(job: Job, person: AbstractBaseUser, now: datetime) -> None:
    """Queue a failed or cancelled job again, with all its attempts.

    Raises:
        JobNotRetryable: it is queued, running or done.
    """
    fresh = {"attempts": 0, "token": None, "cancel_requested": False, "step": "", "share": 0, "reason": ""}
    with record_change(actor=person, now=now) as change:
        stopped = Job.objects.filter(pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED))
        if not stopped.update(state=JobState.QUEUED, run_after=None, ended_at=None, **fresh):
            raise JobNotRetryable
        change.call_worker()
        change.audit("retry_job", job, desk_id=job.desk_id, kind=job.kind)


def sweep_jobs(now: datetime) -> Swept:
    """End what no worker will end: lapsed jobs without attempts left, and lapsed ones that were cancelled."""
    cancelled = Job.objects.lapsed().filter(cancel_requested=True)
    stopped = cancelled.update(state=JobState.CANCELLED, lease_until=None, ended_at=now)
    failed = Job.objects.spent().update(state=JobState.FAILED, lease_until=None, ended_at=now, reason=SPENT)
    return Swept(failed=failed, cancelled=stopped)


def _held(lease: Lease) -> JobQuerySet:
    return Job.objects.filter(pk=lease.job_id, token=lease.token, state=JobState.RUNNING)
