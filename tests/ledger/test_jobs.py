from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import JobCancelled, JobNotCancellable, JobNotRetryable, LeaseLost
from factcheck.ledger.jobs import (
    LEASE,
    Lease,
    Swept,
    cancel_job,
    claim_job,
    fail_job,
    finish_job,
    interrupt_job,
    keep_progress,
    put_back_job,
    renew_lease,
    report_progress,
    retry_job,
    sweep_jobs,
    take_back_job,
)
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.models.job import MAX_ATTEMPTS, MAX_INTERRUPTIONS
from tests.factories import NOW
from tests.people import People


@pytest.fixture
def job(people: People) -> Job:
    with record_change(actor=people.ada, now=NOW) as change:
        return change.enqueue("extract", "revision-1", people.desk, desk_id=people.desk.pk)


def claim(job: Job) -> Lease:
    lease = claim_job(job.pk, NOW)
    assert lease is not None
    return lease


def lapse(job: Job) -> None:
    """Let the lease run out, by the database's clock."""
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - LEASE)


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_asking_twice_for_the_same_work_makes_one_job(people: People, job: Job) -> None:
    with record_change(actor=people.ben, now=NOW) as change:
        again = change.enqueue("extract", "revision-1", people.desk)

    assert again.pk == job.pk
    assert Job.objects.count() == 1


def test_a_job_is_claimed_once(job: Job) -> None:
    assert claim_job(job.pk, NOW) is not None
    assert claim_job(job.pk, NOW) is None


def test_a_job_is_not_due_before_its_time(job: Job) -> None:
    Job.objects.update(run_after=NOW + timedelta(minutes=1))

    assert claim_job(job.pk, NOW) is None
    assert claim_job(job.pk, NOW + timedelta(minutes=1)) is not None


def test_a_lapsed_lease_is_taken_over_and_the_first_worker_cannot_commit(job: Job) -> None:
    first = claim(job)
    lapse(job)
    second = claim(job)

    with pytest.raises(LeaseLost), record_change(actor=None, now=NOW) as change:
        finish_job(change, first)
    with record_change(actor=None, now=NOW) as change:
        finish_job(change, second)

    assert state_of(job) == JobState.DONE


def test_a_lapsed_worker_can_neither_renew_nor_report(job: Job) -> None:
    first = claim(job)
    lapse(job)
    claim(job)

    assert renew_lease(first) is False
    with pytest.raises(LeaseLost):
        report_progress(first, "reading", 0.5)


def test_a_result_rolls_back_with_its_lost_lease(people: People, job: Job) -> None:
    first = claim(job)
    lapse(job)
    claim(job)

    def commit() -> None:
        with record_change(actor=None, now=NOW) as change:
            change.enqueue("pair", "run-1", people.desk)
            finish_job(change, first)

    with pytest.raises(LeaseLost):
        commit()
    assert not Job.objects.filter(kind="pair").exists()


def test_progress_is_readable_and_renews_the_lease(job: Job) -> None:
    lease = claim(job)
    Job.objects.update(lease_until=Now() + timedelta(seconds=1))

    report_progress(lease, "reading", 0.25)

    job.refresh_from_db()
    assert (job.step, job.percent) == ("reading", 25)
    assert Job.objects.filter(lease_until__gt=Now() + LEASE / 2).exists()


@pytest.mark.parametrize(("share", "kept"), [(-1.0, 0.0), (7.0, 1.0), (0.5, 0.5)])
def test_a_share_stays_a_share(job: Job, share: float, kept: float) -> None:
    report_progress(claim(job), "reading", share)

    assert Job.objects.get().share == kept


def test_a_stop_puts_the_job_back_later_and_at_last_fails_it_with_a_reason(job: Job) -> None:
    for attempt in range(1, MAX_ATTEMPTS + 1):
        lease = claim_job(job.pk, NOW + timedelta(hours=attempt))
        assert lease is not None
        put_back_job(lease, "It stopped.", NOW + timedelta(hours=attempt))

    job.refresh_from_db()
    assert (job.state, job.reason, job.attempts) == (JobState.FAILED, "It stopped.", MAX_ATTEMPTS)


def test_a_job_that_kills_its_process_three_times_is_failed(job: Job) -> None:
    for attempt in range(1, MAX_ATTEMPTS + 1):
        lease = claim_job(job.pk, NOW + timedelta(hours=attempt))
        assert lease is not None
        assert take_back_job(lease.token, NOW + timedelta(hours=attempt))

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, MAX_ATTEMPTS)
    assert "was killed" in job.reason


def test_work_that_keeps_what_it_did_has_all_its_attempts_for_what_comes_next(job: Job) -> None:
    for hours in range(2 * MAX_ATTEMPTS):
        lease = claim_job(job.pk, NOW + timedelta(hours=hours))
        assert lease is not None
        keep_progress(lease, "storing", 0.5)
        assert take_back_job(lease.token, NOW + timedelta(hours=hours))
    Job.objects.update(run_after=None)
    for _ in range(2 * MAX_INTERRUPTIONS):
        keep_progress(claim(job), "storing", 0.5)
        lapse(job)

    assert sweep_jobs(NOW) == Swept()


def test_only_what_is_still_held_under_a_token_is_taken_back(job: Job) -> None:
    first = claim(job)
    lapse(job)
    second = claim(job)

    assert not take_back_job(first.token, NOW)
    assert renew_lease(second)


def test_an_attempt_carries_the_name_that_it_was_given(job: Job) -> None:
    assert claim_job(job.pk, NOW, UUID(int=7)) == Lease(job.pk, UUID(int=7))


def test_a_job_whose_worker_is_killed_has_its_attempts_left(job: Job) -> None:
    for _ in range(MAX_INTERRUPTIONS):
        claim(job)
        lapse(job)
    claim(job)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.interruptions) == (JobState.RUNNING, 1, MAX_INTERRUPTIONS)


def test_a_job_that_is_interrupted_for_ever_is_failed_by_the_sweep(job: Job) -> None:
    for _ in range(MAX_INTERRUPTIONS + 1):
        claim(job)
        lapse(job)

    assert claim_job(job.pk, NOW) is None
    assert sweep_jobs(NOW).failed == 1
    assert f"more than {MAX_INTERRUPTIONS} times" in Job.objects.get().reason


def test_an_interrupted_job_waits_a_moment_and_is_failed_at_last_with_a_reason(job: Job) -> None:
    for hour in range(MAX_INTERRUPTIONS):
        lease = claim_job(job.pk, NOW + timedelta(hours=hour))
        assert lease is not None
        interrupt_job(lease, "The database went away.", NOW + timedelta(hours=hour))
        job.refresh_from_db()
        assert (job.state, job.attempts, job.interruptions) == (JobState.QUEUED, 0, hour + 1)
        assert claim_job(job.pk, NOW + timedelta(hours=hour)) is None

    last = claim_job(job.pk, NOW + timedelta(hours=MAX_INTERRUPTIONS))
    assert last is not None
    interrupt_job(last, "The database went away.", NOW)

    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.FAILED, "The database went away.")


def test_a_failed_job_can_be_tried_again_with_all_its_attempts(people: People, job: Job) -> None:
    fail_job(claim(job), "No text.", NOW)

    retry_job(job, people.ada, NOW)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.reason) == (JobState.QUEUED, 0, "")


def test_a_job_that_is_not_over_cannot_be_tried_again(people: People, job: Job) -> None:
    with pytest.raises(JobNotRetryable):
        retry_job(job, people.ada, NOW)


def test_a_waiting_job_is_cancelled_at_once(people: People, job: Job) -> None:
    cancel_job(job, people.ada, NOW)

    assert state_of(job) == JobState.CANCELLED
    assert claim_job(job.pk, NOW) is None


def test_a_running_job_is_told_at_its_next_step(people: People, job: Job) -> None:
    lease = claim(job)
    cancel_job(job, people.ada, NOW)

    with pytest.raises(JobCancelled):
        report_progress(lease, "reading", 0.5)
    with pytest.raises(JobCancelled), record_change(actor=None, now=NOW) as change:
        finish_job(change, lease)


def test_a_cancelled_job_whose_worker_died_is_ended_by_the_sweep(people: People, job: Job) -> None:
    claim(job)
    cancel_job(job, people.ada, NOW)
    lapse(job)

    assert sweep_jobs(NOW).cancelled == 1
    assert state_of(job) == JobState.CANCELLED


def test_an_ended_job_cannot_be_cancelled(people: People, job: Job) -> None:
    lease = claim(job)
    with record_change(actor=None, now=NOW) as change:
        finish_job(change, lease)

    with pytest.raises(JobNotCancellable):
        cancel_job(job, people.ada, NOW)


def test_priority_goes_before_age(people: People, job: Job) -> None:
    with record_change(actor=None, now=NOW + timedelta(seconds=1)) as change:
        urgent = change.enqueue("extract", "revision-2", people.desk, priority=10)

    assert list(Job.objects.due(NOW + timedelta(seconds=2)).next_first()) == [urgent, job]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "running"}, "job_runs_under_a_lease"),
        ({"state": "done"}, "job_ended_when_ended"),
        ({"state": "failed", "ended_at": NOW}, "job_failed_with_a_reason"),
        ({"state": "lost"}, "job_state_known"),
        ({"share": 1.5}, "job_share_is_a_share"),
    ],
)
def test_the_database_keeps_a_job_in_order(job: Job, fields: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**fields)


def test_public_ids_are_of_version_seven(job: Job) -> None:
    assert UUID(str(job.pk)).version == 7
