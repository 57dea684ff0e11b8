"""The command that lets another engine read: in shadow with a report, then live; a worker is at hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from factcheck.corpus.models import AnalysisRun, Article, RunMode, ShadowReport, Statement
from factcheck.corpus.services.readers import TODAYS
from factcheck.ledger.models import Job
from factcheck.ledger.signals import job_queued
from factcheck.newsroom.models import Role
from tests.factories import BRIDGE, make_article, make_said, run_open_jobs
from tests.people import People, make_people


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A worker that hears the bell and does what is queued."""

    def work(**_: Any) -> None:
        run_open_jobs()

    job_queued.connect(work, dispatch_uid="test worker")
    yield
    job_queued.disconnect(dispatch_uid="test worker")


@pytest.fixture
def people(transactional_db: None) -> People:
    """Everybody, in a database with real transactions: the bell rings when one commits."""
    return make_people()


def read_by_another_engine(people: People, day: str = "Sunday") -> Article:
    """An article in which an older engine found what today's does not, and nothing else."""
    article = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", day))
    AnalysisRun.objects.filter(revision__article=article).update(engine_version="0.0.1")
    make_said(article, ("Orla council", "after crack is found"))
    AnalysisRun.objects.filter(revision__article=article, engine_version=TODAYS.version).update(engine_version="0.0.2")
    Job.objects.filter(kind="pair").delete()
    Job.objects.filter(kind="extract").delete()
    return article


@pytest.fixture
def article(worker: None, people: People) -> Article:
    return read_by_another_engine(people)


def analyze(*words: Any, **options: Any) -> None:
    call_command("analyze", *words, **options)


def test_the_report_of_a_shadow_run_is_printed_in_words(
    people: People, article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    people.amir.memberships.create(desk=people.desk, role=Role.REVIEWER)

    analyze(article.pk, by="amir", shadow=True)

    printed = capsys.readouterr().out
    for words in (f"Shadow run of engine {TODAYS.version}", "1 article", "gone  Orla council: “after crack is found”"):
        assert words in printed
    assert Statement.objects.present().get().content == "after crack is found"


def test_an_admin_who_reads_no_articles_gets_counts_alone(
    people: People, article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    analyze(article.pk, by="amir", shadow=True)

    printed = capsys.readouterr().out
    assert "An article that you do not read" in printed
    assert "crack" not in printed


def test_it_goes_live_after_the_shadow_run_only(
    people: People, article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="was not yet tried on this article"):
        analyze(article.pk, by="amir")
    analyze(article.pk, by="amir", shadow=True)
    capsys.readouterr()

    analyze(article.pk, by="amir")

    printed = capsys.readouterr().out
    assert "City desk: 1 read anew." in printed
    assert "suggested conflict" in printed
    assert not Statement.objects.present().filter(content="after crack is found").exists()


def test_a_desk_or_all_desks_of_an_admin_are_read_at_once(people: People, article: Article) -> None:
    read_by_another_engine(people, "Monday")
    people.amir.memberships.create(desk=people.other_desk, role=Role.ADMIN)

    analyze(desk="city", by="amir", shadow=True)
    analyze(all=True, by="amir", shadow=True)

    reports = ShadowReport.objects.order_by("asked_at", "desk__slug")
    assert [(report.desk.slug, report.comparisons.count()) for report in reports] == [
        ("city", 2),
        ("city", 2),
        ("sports", 0),
    ]

    analyze(desk="city", by="amir")
    assert AnalysisRun.objects.filter(engine_version=TODAYS.version, mode=RunMode.LIVE).count() == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"desk": "city", "by": "nobody"}, "nobody who signs in as 'nobody'"),
        ({"desk": "moon", "by": "amir"}, "no such desk"),
        ({"all": True, "by": "ben"}, "no such desk that Ben administers"),
        ({"desk": "city", "by": "ben", "shadow": True}, "does not allow you to try another engine"),
        ({"desk": "city", "by": "ben"}, "does not allow you to try another engine"),
        ({"article": "01a204e5-68b4-7474-87c3-c24c072583fe", "by": "amir"}, "There is no article"),
    ],
)
def test_a_wrong_call_is_said(people: People, options: dict[str, Any], words: str) -> None:
    asked = [options["article"]] if "article" in options else []

    with pytest.raises(CommandError, match=words):
        analyze(*asked, **{name: value for name, value in options.items() if name != "article"})
