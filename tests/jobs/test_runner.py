from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, InterfaceError, OperationalError

from factcheck.engine import UnreadableArticle
from factcheck.jobs import handlers
from factcheck.jobs.runner import Hand, run_job
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import WorkInHand, cancel_job, finish_job
from factcheck.ledger.models import Job, JobState
from tests.factories import NOW
from tests.people import People

Work = Callable[[WorkInHand], None]


@pytest.fixture
def does(people: People) -> Iterator[Callable[[Work], Job]]:
    """Queue a job of a kind that does what the test says."""
    table = dict(handlers.HANDLERS)

    def queue(work: Work) -> Job:
        handlers.HANDLERS["test"] = work
        with record_change(actor=None, now=NOW) as change:
            return change.enqueue("test", str(uuid4()), people.desk, desk_id=people.desk.pk)

    yield queue
    handlers.HANDLERS.clear()
    handlers.HANDLERS.update(table)


def finish(hand: WorkInHand) -> None:
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)


def test_a_job_that_ends_is_done(does: Callable[[Work], Job]) -> None:
    job = does(finish)

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.share, job.attempts) == (JobState.DONE, 1, 1)


def test_ringing_twice_does_the_work_once(does: Callable[[Work], Job]) -> None:
    rung: list[int] = []

    def count(hand: WorkInHand) -> None:
        rung.append(1)
        finish(hand)

    job = does(count)
    run_job(job.pk)
    run_job(job.pk)

    assert rung == [1]


def test_a_job_that_nobody_knows_is_let_be(db: None) -> None:
    run_job(UUID(int=0))

    assert not Job.objects.exists()


def test_a_refusal_fails_the_job_with_its_words(does: Callable[[Work], Job]) -> None:
    def refuse(_: WorkInHand) -> None:
        raise UnreadableArticle("This text has no sentences. Add one that has.")

    job = does(refuse)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.FAILED, "This text has no sentences. Add one that has.")


def test_an_unexpected_error_is_tried_again_and_hides_its_traceback(does: Callable[[Work], Job]) -> None:
    def stumble(_: WorkInHand) -> None:
        raise KeyError("secret words of an article")

    job = does(stumble)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    assert "KeyError" in job.reason
    assert "secret" not in job.reason


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_goes_away_counts_no_attempt(
    transactional_db: None, does: Callable[[Work], Job], fault: type[Exception]
) -> None:
    def cut_off(_: WorkInHand) -> None:
        raise fault("terminating connection due to administrator command")

    job = does(cut_off)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.interruptions) == (JobState.QUEUED, 0, 1)


def test_a_row_that_the_database_refuses_is_the_works_own_error(does: Callable[[Work], Job]) -> None:
    def break_a_rule(_: WorkInHand) -> None:
        raise IntegrityError("a constraint")

    job = does(break_a_rule)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.interruptions) == (JobState.QUEUED, 1, 0)


def test_a_time_limit_fails_the_job(does: Callable[[Work], Job]) -> None:
    def linger(hand: WorkInHand) -> None:
        assert isinstance(hand, Hand)
        hand.began -= 840
        raise SoftTimeLimitExceeded

    job = does(linger)
    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "time limit" in job.reason


def test_a_worker_that_stops_gives_its_work_back_without_counting_the_attempt(does: Callable[[Work], Job]) -> None:
    def interrupted(_: WorkInHand) -> None:
        raise SoftTimeLimitExceeded

    job = does(interrupted)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.reason) == (JobState.QUEUED, 0, "")


def test_a_job_cancelled_while_it_runs_ends_cancelled(does: Callable[[Work], Job], people: People) -> None:
    def cancelled_meanwhile(hand: WorkInHand) -> None:
        cancel_job(hand.job, people.lea, NOW)
        hand.progress("reading", 0.5)
        pytest.fail("it went on")

    job = does(cancelled_meanwhile)
    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_worker_that_was_replaced_commits_nothing(does: Callable[[Work], Job]) -> None:
    def replaced_meanwhile(hand: WorkInHand) -> None:
        Job.objects.update(token=uuid4())
        finish(hand)

    job = does(replaced_meanwhile)
    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.RUNNING
