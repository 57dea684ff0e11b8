"""The life of a job: claimed under a lease, renewed, finished once, or tried again.

Every write of a worker repeats its lease's token; a write that changes no row means that another worker took over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce, Now

from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.errors import JobCancelled, JobNotCancellable, JobNotRetryable, LeaseLost
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.models.job import MAX_ATTEMPTS, MAX_INTERRUPTIONS, JobQuerySet

LEASE = timedelta(seconds=20)
CHOICE = 32  # jobs to try for, where other workers take the same ones at the same moment
BACK_OFF = (timedelta(seconds=2), timedelta(seconds=15))
REST = timedelta(seconds=2)  # after an interruption; a database that restarts is back by then, mostly
FRESH = {
    "attempts": 0,
    "interruptions": 0,
    "token": None,
    "cancel_requested": False,
    "step": "",
    "share": 0,
    "reason": "",
}
KILLED = worded("The process that worked on this was killed. Try again; if it is killed again, report it.")
SPENT = worded(
    "Work on this was interrupted more than {max_interruptions} times. Try again; if it happens again, report it.",
    max_interruptions=MAX_INTERRUPTIONS,
)
TAKEN_OVER = Case(When(state=JobState.RUNNING, then=1), default=0)  # of a worker that vanished


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


def claim_job(job_id: UUID, now: datetime, token: UUID | None = None) -> Lease | None:
    """Take a due job under a new lease; None where somebody else has it or it has ended.

    One that is taken over from a worker that vanished goes on with its attempt, and counts one interruption more.
    `token` names the attempt where others shall know of it, and must be new.
    """
    token = token or uuid4()
    taken = Job.objects.due(now).filter(pk=job_id, cancel_requested=False)
    changed = taken.update(
        state=JobState.RUNNING,
        token=token,
        attempts=F("attempts") + 1 - TAKEN_OVER,
        interruptions=F("interruptions") + TAKEN_OVER,
        lease_until=Now() + LEASE,
        started_at=Coalesce("started_at", now),
        step="starting",
        share=0,
    )
    return Lease(job_id, token) if changed else None


def claim_next_job(now: datetime, token: UUID | None = None) -> Lease | None:
    """Take the first due job that nobody else takes, under this token; None where there is none."""
    claims = (claim_job(job_id, now, token) for job_id in Job.objects.next_due(now, CHOICE))
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
    _tell(lease, step, share)


def keep_progress(lease: Lease, step: str, share: float) -> None:
    """Report progress in the change that stores what was done, where the next attempt goes on.

    What comes next is work of its own: its attempts and interruptions count from here, so that no number of kills ends
    work that gets on, and a part that kills each time still does.

    Raises:
        LeaseLost: another worker took over.
        JobCancelled: a person asked to stop.
    """
    _tell(lease, step, share, attempts=1, interruptions=0)


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


def take_back_job(token: UUID, now: datetime) -> bool:
    """Put back the job that was held under this token, whose process was killed; False where none was held.

    Only that process died and not its whole worker, so it may be the work that kills: the attempt counts.
    """
    job = Job.objects.filter(token=token, state=JobState.RUNNING).first()
    if job is not None:
        put_back_job(Lease(job.pk, token), KILLED, now)
    return job is not None


def interrupt_job(lease: Lease, reason: str, now: datetime) -> None:
    """Queue the job again after something else than the work failed, often enough to outlast a bad day."""
    interruptions = Job.objects.values_list("interruptions", flat=True).get(pk=lease.job_id)
    if interruptions >= MAX_INTERRUPTIONS:
        fail_job(lease, reason, now)
        return
    again = {"state": JobState.QUEUED, "lease_until": None, "run_after": now + REST, "step": "", "share": 0}
    _held(lease).update(attempts=F("attempts") - 1, interruptions=F("interruptions") + 1, **again)


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
    with record_change(actor=person, now=now) as change:
        stopped = Job.objects.filter(pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED))
        if not stopped.update(state=JobState.QUEUED, run_after=None, ended_at=None, **FRESH):
            raise JobNotRetryable
        change.call_worker()
        change.audit("retry_job", job, desk_id=job.desk_id, kind=job.kind)


def retry_failed_jobs(change: Change, failed: JobQuerySet) -> list[Job]:
    """Queue these failed jobs again, as far as they are still failed; part of the change of whoever asks for it."""
    locked = list(failed.filter(state=JobState.FAILED).order_by("created_at", "id"))
    again = Job.objects.filter(pk__in=[job.pk for job in locked], state=JobState.FAILED)
    again.update(state=JobState.QUEUED, run_after=None, ended_at=None, **FRESH)
    return locked


def sweep_jobs(now: datetime) -> Swept:
    """End what no worker will end: lapsed jobs that were interrupted too often, and lapsed ones that were cancelled."""
    cancelled = Job.objects.lapsed().filter(cancel_requested=True)
    stopped = cancelled.update(state=JobState.CANCELLED, lease_until=None, ended_at=now)
    failed = Job.objects.spent().update(state=JobState.FAILED, lease_until=None, ended_at=now, reason=SPENT)
    return Swept(failed=failed, cancelled=stopped)


def _held(lease: Lease) -> JobQuerySet:
    return Job.objects.filter(pk=lease.job_id, token=lease.token, state=JobState.RUNNING)


def _tell(lease: Lease, step: str, share: float, **counts: int) -> None:
    told = {"step": step, "share": min(max(share, 0.0), 1.0), "lease_until": Now() + LEASE}
    if not _held(lease).update(**told, **counts):
        raise LeaseLost
    if _held(lease).filter(cancel_requested=True).exists():
        raise JobCancelled
