"""For whom a pairing waits, so that the pairs are the same however many workers there are."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from factcheck.corpus.models import AnalysisRun, Article
from factcheck.jobs.runner import run_job
from factcheck.ledger.jobs import LEASE
from factcheck.ledger.models import Job, JobState
from tests.factories import BRIDGE, make_article
from tests.people import People

LONG_AGO = timedelta(minutes=10)


@pytest.fixture
def earlier(people: People) -> Article:
    return make_article(people.desk, people.ada)


@pytest.fixture
def pairing(people: People, earlier: Article) -> Job:
    """The pairing of an article that was added later and read first."""
    later = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))
    run_job(Job.objects.get(subject_id=later.pk).pk)
    return Job.objects.get(subject_id=later.pk, kind="pair")


def begin_reading(article: Article, when: datetime) -> None:
    """Let a worker have the article in hand since then."""
    held = {"state": JobState.RUNNING, "token": uuid4(), "lease_until": Now() + LEASE}
    Job.objects.filter(subject_id=article.pk).update(started_at=when, **held)


def state_after(pairing: Job) -> str:
    run_job(pairing.pk)
    pairing.refresh_from_db()
    return pairing.state


def test_a_pairing_waits_for_what_was_added_before_and_not_for_ever(earlier: Article, pairing: Job) -> None:
    assert state_after(pairing) == JobState.QUEUED
    Job.objects.update(run_after=None)
    begin_reading(earlier, timezone.now())
    assert state_after(pairing) == JobState.QUEUED

    Job.objects.filter(pk=pairing.pk).update(run_after=None)
    begin_reading(earlier, timezone.now() - LONG_AGO)
    assert state_after(pairing) == JobState.DONE


def test_a_pairing_that_waited_long_in_the_queue_waits_all_the_same(earlier: Article, pairing: Job) -> None:
    AnalysisRun.objects.update(ran_at=timezone.now() - LONG_AGO)
    Job.objects.filter(pk=pairing.pk).update(created_at=timezone.now() - LONG_AGO)
    begin_reading(earlier, timezone.now())

    assert state_after(pairing) == JobState.QUEUED


def test_an_article_whose_reading_failed_is_not_waited_for(earlier: Article, pairing: Job) -> None:
    failed = {"state": JobState.FAILED, "reason": "No sentences.", "ended_at": timezone.now()}
    Job.objects.filter(subject_id=earlier.pk).update(**failed)

    assert state_after(pairing) == JobState.DONE
