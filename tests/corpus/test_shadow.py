"""A shadow run changes nothing and says truly what a live one would do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from factcheck.corpus.models import (
    AnalysisRun,
    Article,
    ArticleComparison,
    Decision,
    Detection,
    RunMode,
    ShadowReport,
    Statement,
)
from factcheck.corpus.services.articles import archive_article
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.corpus.services.readers import EngineReader
from factcheck.corpus.services.shadow import articles_waiting, ask_shadow_run, count, run_in_shadow
from factcheck.corpus.services.work import Work, find_work
from factcheck.jobs.runner import run_job
from factcheck.ledger.errors import GivesWay, JobCancelled, LeaseLost
from factcheck.ledger.jobs import cancel_job
from factcheck.ledger.models import AuditEntry, Job, JobState
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Role
from tests.corpus.readers import Finder, hand_for, shadow_job, try_engine
from tests.factories import (
    BRIDGE,
    NOW,
    make_analyzed_article,
    make_article,
    make_claim,
    make_pair,
    make_said,
    run_open_jobs,
)
from tests.people import People

# What a shadow run is there to write; whatever else is in the database stays as it is.
WRITTEN = {"AnalysisRun", "Detection", "ShadowReport", "ArticleComparison", "Job"}
WRITTEN |= {"AuditEntry", "AuditPayload", "LedgerHead"}

CLOSED, INSPECTED, DENIED = (
    "The council closed the Orla bridge",
    "The bridge was inspected in January",
    "that the bridge was inspected in January",
)
NEXT = Finder("2.0.0", (CLOSED, "“The bridge was inspected in January", "crack is found"))


@pytest.fixture
def article(people: People) -> Article:
    """An article with three statements: one that the next engine finds again, one that it moves, one that it loses."""
    article = make_article(people.desk, people.ada)
    make_said(article, ("Orla council", CLOSED), ("Ilse Varga", INSPECTED), ("Tomas Reyle", DENIED))
    Job.objects.all().delete()
    return article


def rows(*, but: set[str]) -> dict[str, list[Any]]:
    """Every row of every table, but some."""
    tables = [model for model in apps.get_models() if model.__name__ not in but]
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in tables}


def test_a_shadow_run_changes_nothing(people: People, article: Article) -> None:
    said = list(Statement.objects.order_by("created_seq"))
    pair = make_pair(article, said[1], said[2])
    make_claim(pair, people.ben)
    before, runs = rows(but=WRITTEN), list(AnalysisRun.objects.values_list())
    detections = list(Detection.objects.values_list())
    kinds = set(Job.objects.values_list("kind", flat=True))

    try_engine(NEXT, people.amir, article)

    assert rows(but=WRITTEN) == before
    assert list(AnalysisRun.objects.filter(mode=RunMode.LIVE).values_list()) == runs
    assert list(Detection.objects.filter(run__mode=RunMode.LIVE).values_list()) == detections
    assert set(Job.objects.values_list("kind", flat=True)) == kinds | {"shadow"}  # no pairing follows


def test_the_comparison_of_tables_would_see_a_live_run(people: People, article: Article) -> None:
    before = rows(but=WRITTEN)

    make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))

    assert rows(but=WRITTEN) != before


def test_the_report_lists_what_is_kept_moved_new_and_gone(people: People, article: Article) -> None:
    kept, moved, gone = Statement.objects.order_by("created_seq")
    text = article.current.text

    report = try_engine(NEXT, people.amir, article)

    compared = ArticleComparison.objects.get(report=report)
    at, found = text.index(INSPECTED), text.index("crack is found")
    none = {"claims": 0, "decisions": 0, "pairs": 0}
    assert compared.statements == {
        "kept": [str(kept.pk)],
        "moved": [{"statement": str(moved.pk), "from": [at, at + 35], "to": [at - 1, at + 35], **none}],
        "new": [[found, found + 14]],
        "gone": [
            {"statement": str(gone.pk), "from": [text.index(DENIED), text.index(DENIED) + 40], "to": None, **none}
        ],
    }
    assert count(report) == {"articles": 1, "kept": 1, "moved": 1, "new": 1, "gone": 1, "with_work": 0}
    assert report.ended_at is not None


def test_the_report_says_which_of_them_carry_editors_work(people: People, article: Article) -> None:
    kept, moved, gone = Statement.objects.order_by("created_seq")
    pair = make_pair(article, moved, gone)
    make_pair(article, kept, gone)
    make_claim(pair, people.ben)
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW)

    report = try_engine(NEXT, people.amir, article)

    lists = ArticleComparison.objects.get(report=report).statements
    work = {entry["statement"]: [entry[name] for name in ("claims", "decisions", "pairs")] for entry in lists["moved"]}
    work |= {entry["statement"]: [entry[name] for name in ("claims", "decisions", "pairs")] for entry in lists["gone"]}
    assert work == {str(moved.pk): [1, 1, 0], str(gone.pk): [1, 1, 1]}
    assert count(report)["with_work"] == 2


def test_statements_without_work_have_none(people: People, article: Article) -> None:
    assert find_work(list(Statement.objects.values_list("pk", flat=True))) == {}
    assert Work() == Work(claims=0, decisions=0, pairs=0)


def test_two_thresholds_of_our_engine_are_two_engines(people: People) -> None:
    article = make_analyzed_article(people.desk, people.ada)
    standing = Statement.objects.filter(article=article).count()

    same = count(try_engine(EngineReader("as today"), people.amir, article))
    none = count(try_engine(EngineReader("never sure", min_confidence=1.01), people.amir, article))

    assert standing > 0
    assert (same["kept"], same["moved"], same["new"], same["gone"]) == (standing, 0, 0, 0)
    assert (none["kept"], none["moved"], none["new"], none["gone"]) == (0, 0, 0, standing)


def test_a_desks_run_sums_its_articles_and_leaves_out_what_is_not_its_own(people: People) -> None:
    first = make_analyzed_article(people.desk, people.ada)
    make_analyzed_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))
    old = make_analyzed_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Tuesday"))
    archive_article(old, old.version, people.lea, NOW)
    make_analyzed_article(people.other_desk, people.cleo)
    make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Friday"))  # not read yet
    Job.objects.filter(state=JobState.QUEUED).delete()
    finder = Finder("2.0.0", (CLOSED,))

    report = try_engine(finder, people.amir, first, whole_desk=True)

    sums, parts = count(report), list(report.comparisons.order_by("pk"))
    assert [row.run.revision.article.title for row in parts] == [first.title, first.title]
    assert sums["articles"] == len(finder.read) == 2
    assert sums["gone"] == sum(row.gone for row in parts) > 0


@pytest.mark.parametrize("who", ["ada", "ben", "lea", "cleo"])
def test_only_who_administers_the_desk_may_ask(people: People, article: Article, who: str) -> None:
    with pytest.raises(NotAllowed, match="try another engine"):
        ask_shadow_run(people.desk, getattr(people, who), NOW, article)

    assert not ShadowReport.objects.exists()


def test_an_article_of_another_desk_is_none_of_this_one(people: People, article: Article) -> None:
    people.amir.memberships.create(desk=people.other_desk, role=Role.ADMIN)
    report = ask_shadow_run(people.other_desk, people.amir, NOW, article, NEXT)

    run_in_shadow(hand_for(shadow_job(report)), NEXT)

    assert report.comparisons.count() == 0


def test_asking_and_ending_are_in_the_history(people: People, article: Article) -> None:
    report = try_engine(NEXT, people.amir, article)

    entries = AuditEntry.objects.filter(subject_id=report.pk).order_by("sequence").select_related("payload")
    asked, ended = entries
    assert (asked.verb, asked.actor_id, asked.payload.body["engine"]) == ("ask_shadow_run", people.amir.pk, "2.0.0")
    assert (ended.verb, ended.payload.body["gone"]) == ("end_shadow_run", 1)


def test_the_worker_runs_it_like_any_job(people: People) -> None:
    article = make_analyzed_article(people.desk, people.ada)
    report = ask_shadow_run(people.desk, people.amir, timezone.now(), article)

    run_open_jobs()

    report.refresh_from_db()
    assert shadow_job(report).state == JobState.DONE
    assert report.ended_at is not None
    assert count(report)["gone"] == 0


def test_another_engine_than_the_one_asked_for_does_not_run(people: People, article: Article) -> None:
    report = ask_shadow_run(people.desk, people.amir, timezone.now(), article, NEXT)

    run_job(shadow_job(report).pk)  # the worker has today's

    job = shadow_job(report)
    assert (job.state, report.comparisons.count()) == (JobState.FAILED, 0)
    assert "another engine" in job.reason


def test_the_same_engine_reads_a_text_once_and_compares_it_anew(people: People, article: Article) -> None:
    finder = Finder("2.0.0", NEXT.words)
    first = try_engine(finder, people.amir, article)
    gone = Statement.objects.get(content=DENIED)
    Statement.objects.filter(pk=gone.pk).update(gone_at=NOW)

    second = try_engine(finder, people.amir, article)

    assert finder.read == [str(article.pk)]
    assert (count(first)["gone"], count(second)["gone"]) == (1, 0)
    assert AnalysisRun.objects.filter(mode=RunMode.SHADOW).count() == 1


@pytest.fixture
def two_articles(people: People) -> list[Article]:
    days = ("Sunday", "Monday")
    return [make_analyzed_article(people.desk, people.ada, BRIDGE.replace("Sunday", day)) for day in days]


def interrupted(article: Article, people: People, act: Callable[[Job], object]) -> tuple[ShadowReport, Finder]:
    """A shadow run of the desk in which something happens while its second article is read."""
    report = ask_shadow_run(people.desk, people.amir, NOW, reader=Finder("2.0.0", ()))
    job = shadow_job(report)

    class Meddled(Finder):
        def extract(self, article: Any, progress: Any) -> Any:
            if self.read:
                act(job)
            return super().extract(article, progress)

    return report, Meddled("2.0.0", (CLOSED,))


def test_a_cancelled_run_stops_and_goes_on_where_it_was(people: People, two_articles: list[Article]) -> None:
    report, finder = interrupted(two_articles[0], people, lambda job: cancel_job(job, people.amir, NOW))
    hand = hand_for(shadow_job(report))

    with pytest.raises(JobCancelled):
        run_in_shadow(hand, finder)

    report.refresh_from_db()
    assert (report.comparisons.count(), report.ended_at) == (1, None)
    assert list(articles_waiting(report)) == two_articles[1:]

    Job.objects.filter(pk=hand.job.pk).update(cancel_requested=False)
    rest = Finder("2.0.0", (CLOSED,))
    run_in_shadow(hand, rest)

    report.refresh_from_db()
    assert rest.read == [str(two_articles[1].pk)]
    assert report.comparisons.count() == 2
    assert report.ended_at is not None


def test_a_worker_that_was_replaced_writes_no_more(people: People, two_articles: list[Article]) -> None:
    report, finder = interrupted(
        two_articles[0], people, lambda job: Job.objects.filter(pk=job.pk).update(token="0" * 32)
    )

    with pytest.raises(LeaseLost):
        run_in_shadow(hand_for(shadow_job(report)), finder)

    assert report.comparisons.count() == 1


def test_a_long_run_gives_way_to_urgent_work(people: People, two_articles: list[Article]) -> None:
    report = ask_shadow_run(people.desk, people.amir, NOW, reader=Finder("2.0.0", ()))
    make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Friday"))

    with pytest.raises(GivesWay):
        run_in_shadow(hand_for(shadow_job(report)), Finder("2.0.0", ()))

    assert report.comparisons.count() == 1
    assert list(Job.objects.filter(state=JobState.QUEUED).values_list("kind", flat=True)) == ["extract"]


def test_who_gives_way_is_put_back_and_ends_later(people: People, two_articles: list[Article]) -> None:
    report = ask_shadow_run(people.desk, people.amir, timezone.now())
    make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Friday"))

    run_job(shadow_job(report).pk)
    waits = shadow_job(report)
    assert (waits.state, waits.attempts, report.comparisons.count()) == (JobState.QUEUED, 0, 1)

    Job.objects.filter(pk=waits.pk).update(run_after=None)
    run_open_jobs()
    assert shadow_job(report).state == JobState.DONE
    assert report.comparisons.count() == 3
