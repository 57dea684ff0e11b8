"""For whom a pairing waits, so that the pairs are the same however many workers there are."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from factcheck import engine
from factcheck.corpus.models import AnalysisRun, Anchor, Article
from factcheck.corpus.services.correcting import Attribution, mend_statement
from factcheck.corpus.services.pairing import values_of
from factcheck.corpus.services.translation import engine_value
from factcheck.jobs.runner import run_job
from factcheck.ledger.jobs import LEASE
from factcheck.ledger.models import Job, JobState
from tests.factories import BRIDGE, NOW, PUBLISHED, make_article, make_said, run_open_jobs
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


def test_of_two_articles_of_one_day_the_one_that_came_first_is_read_first(people: People) -> None:
    """Whatever their ids: whoever adds an article draws one, and the pairs shall not depend on who drew first."""
    early, late = (make_article(people.desk, people.ada, BRIDGE.replace("Sunday", day)) for day in ("Monday", "Friday"))
    found = [make_said(article, ("Ilse Varga", "The bridge was inspected in January")) for article in (early, late)]
    Article.objects.filter(pk=early.pk).update(created_seq=F("created_seq") + 100)  # its id came first
    anchors = Anchor.objects.filter(statement__in=[row for rows in found for row in rows])
    anchors = anchors.select_related("statement__article", "statement__speaker").order_by("statement__created_seq")

    first, second = (engine_value(anchor, anchor.revision.text) for anchor in anchors)

    assert first.published == second.published == PUBLISHED
    assert first.article_id > second.article_id


def test_an_article_costs_one_comparison_by_itself_and_one_with_others(
    people: People, earlier: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model reads a hundred texts at most in each, so two hundred at most for an article."""
    run_open_jobs()
    make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))
    compared: list[bool] = []
    pair = engine.pair

    def counted(statements: Sequence[engine.Statement], **how: Any) -> tuple[engine.ConflictPair, ...]:
        compared.append(how["candidates"] is not None)
        return pair(statements, **how)

    monkeypatch.setattr(engine, "pair", counted)
    run_open_jobs()

    assert compared == [False, True]


def test_the_engine_is_told_the_day_on_which_it_was_said(people: People, earlier: Article) -> None:
    (said,) = make_said(earlier, ("Ilse Varga", "The bridge was inspected in January"))
    assert values_of([said.pk])[said.pk].said_on is None

    mend_statement(said, said.version, Attribution(said_on=date(2026, 2, 27)), people.ben, NOW)

    value = values_of([said.pk])[said.pk]
    assert value.said_on == date(2026, 2, 27)
    assert value.published == earlier.published_at
