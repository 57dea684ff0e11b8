from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from factcheck.jobs.schedule import TIMETABLE, beats, queue_routine
from factcheck.ledger.models import AuditEntry, Job, JobState
from tests.conftest import _run, guards
from tests.factories import NOW, make_article, run_open_jobs
from tests.people import People


def test_two_beats_do_no_double_work(db: None) -> None:
    for _ in range(2):
        for minutes in (0, 7, 14):
            queue_routine("verify the audit chain", NOW + timedelta(minutes=minutes))

    assert Job.objects.count() == 1


def test_the_next_period_brings_the_next_job(db: None) -> None:
    queue_routine("verify the audit chain", NOW)
    queue_routine("verify the audit chain", NOW + timedelta(hours=1))

    assert Job.objects.count() == 2


def test_beat_asks_for_every_routine_often_enough_to_miss_one(db: None) -> None:
    assert beats().keys() == TIMETABLE.keys()
    assert all(beats()[name]["schedule"] * 2 < routine.period for name, routine in TIMETABLE.items())


def test_the_purge_removes_what_has_expired_and_nothing_else(db: None) -> None:
    now = timezone.now()
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))

    queue_routine("purge what has expired", now)
    run_open_jobs()

    assert [row.session_key for row in Session.objects.all()] == ["new"]


def test_a_broken_chain_fails_the_routine_with_the_first_break(people: People) -> None:
    from django.db import connection

    make_article(people.desk, people.ada)
    _run(sql for guard in guards() for sql in guard.removal(connection.vendor))
    AuditEntry.objects.update(verb="something else")

    queue_routine("verify the audit chain", NOW)
    run_open_jobs()

    job = Job.objects.get(kind="verify")
    assert job.state == JobState.FAILED
    assert "entry 1 was changed" in job.reason
