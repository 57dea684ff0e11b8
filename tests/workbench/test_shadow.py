"""The pages of shadow runs: who reads them, what they say, and what they keep from whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.corpus.models import Article, ShadowReport, Statement
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.shadow import ask_shadow_run
from factcheck.ledger.jobs import claim_job, fail_job
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import Role
from tests.corpus.readers import Finder, shadow_job, try_engine
from tests.factories import BRIDGE, NOW, make_article, make_claim, make_pair, make_said
from tests.people import People
from tests.workbench.conftest import SignedIn

INSPECTED, DENIED = "The bridge was inspected in January", "that the bridge was inspected in January"
NEXT = Finder("2.0.0", ("“The bridge was inspected in January", "crack is found"))


def said_article(people: People, day: str = "Sunday") -> Article:
    article = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", day))
    make_said(article, ("Ilse Varga", INSPECTED), ("Tomas Reyle", DENIED))
    Job.objects.all().delete()
    return article


@pytest.fixture
def report(people: People) -> ShadowReport:
    article = said_article(people)
    make_claim(make_pair(article, *Statement.objects.order_by("created_seq")), people.ben)
    return try_engine(NEXT, people.amir, article)


def page(client: Client, report: ShadowReport, query: str = "") -> str:
    answer = client.get(report.get_absolute_url() + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_lead_reads_what_would_move_go_and_come_and_what_hangs_on_it(
    people: People, report: ShadowReport, signed_in: SignedIn
) -> None:
    shown = page(signed_in(people.lea), report)

    assert "Engine 2.0.0 in shadow" in shown
    for words in ("Tomas Reyle", "the bridge was inspected", "→ “The bridge was", "crack is found", "1 claim"):
        assert words in shown
    for what in ("gone", "moved", "new"):
        assert shown.count(f'">{what}</span>') == 1


def test_a_report_reads_the_same_after_the_engine_went_live(
    people: People, report: ShadowReport, signed_in: SignedIn
) -> None:
    before = page(signed_in(people.lea), report)
    assert f"{INSPECTED} → “{INSPECTED}" in before

    Statement.objects.filter(content=INSPECTED).update(content=f"“{INSPECTED}")

    assert f"{INSPECTED} → “{INSPECTED}" in page(signed_in(people.lea), report)


def test_an_admin_sees_counts_and_no_word_of_an_article(
    people: People, report: ShadowReport, signed_in: SignedIn
) -> None:
    shown = page(signed_in(people.amir), report)

    assert "An article that you do not read" in shown
    assert shown.count("0 kept · 1 moved · 1 new · 1 gone") == 2  # in all, and the one article
    assert shown.count("2 with editors’ work") == 2
    for words in ("Orla", "Reyle", "inspected", "crack"):
        assert words not in shown


def test_an_admin_who_may_read_articles_sees_the_words_but_not_of_restricted_ones(
    people: People, report: ShadowReport, signed_in: SignedIn
) -> None:
    people.amir.memberships.create(desk=people.desk, role=Role.REVIEWER)
    assert "crack is found" in page(signed_in(people.amir), report)

    article = Article.objects.get()
    restrict_article(article, [], article.version, people.lea, NOW)

    assert "crack is found" not in page(signed_in(people.amir), report)


def test_the_list_leads_to_each_report(people: People, report: ShadowReport, signed_in: SignedIn) -> None:
    lea = signed_in(people.lea)

    shown = lea.get(reverse("workbench:shadow-reports")).content.decode()

    assert report.get_absolute_url() in shown
    assert reverse("workbench:shadow-reports") in lea.get(reverse("workbench:jobs")).content.decode()


def test_where_no_engine_was_tried_the_list_says_how(people: People, signed_in: SignedIn) -> None:
    shown = signed_in(people.amir).get(reverse("workbench:shadow-reports")).content.decode()

    assert "manage.py analyze --shadow" in shown


def test_a_run_that_has_not_ended_says_where_it_is(people: People, signed_in: SignedIn) -> None:
    report = ask_shadow_run(people.desk, people.amir, NOW)

    assert "waiting for a worker" in page(signed_in(people.lea), report)


def test_the_page_of_jobs_names_the_run_and_lets_it_be_cancelled(people: People, signed_in: SignedIn) -> None:
    report = ask_shadow_run(people.desk, people.amir, NOW)
    amir, ben = signed_in(people.amir), signed_in(people.ben)
    assert report.get_absolute_url() in amir.get(reverse("workbench:jobs")).content.decode()
    assert report.get_absolute_url() not in ben.get(reverse("workbench:jobs")).content.decode()

    cancel = reverse("workbench:job-cancel", args=[shadow_job(report).pk])
    assert ben.post(cancel).status_code == 403
    assert amir.post(cancel).status_code == 302

    assert shadow_job(report).state == JobState.CANCELLED


def test_only_who_may_switch_engines_tries_a_failed_run_again(people: People, signed_in: SignedIn) -> None:
    report = ask_shadow_run(people.desk, people.amir, NOW)
    lease = claim_job(shadow_job(report).pk, NOW)
    assert lease is not None
    fail_job(lease, "It stopped.", NOW)
    retry = reverse("workbench:job-retry", args=[shadow_job(report).pk])
    retry_all = reverse("workbench:job-retry-all")

    for person in (people.ben, people.lea):
        assert signed_in(person).post(retry).status_code == 403
        assert signed_in(person).post(retry_all, {"reason": "It stopped."}).status_code == 409
    assert shadow_job(report).state == JobState.FAILED

    assert signed_in(people.amir).post(retry).status_code == 302
    assert shadow_job(report).state == JobState.QUEUED


def test_more_articles_and_statements_ask_no_more_queries(people: People, signed_in: SignedIn) -> None:
    counts, lea = [], signed_in(people.lea)
    for day in ("Sunday", "Monday", "Tuesday"):
        report = try_engine(NEXT, people.amir, said_article(people, day), whole_desk=True)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(lea, report)
        counts.append(len(asked))

    assert report.comparisons.count() == 3
    assert counts[1] == counts[2]


@pytest.mark.parametrize("query", ["?page=99", "?page=none", "?page=0", "?page="])
def test_a_page_that_is_not_there_is_the_nearest(
    people: People, report: ShadowReport, signed_in: SignedIn, query: str
) -> None:
    assert "crack is found" in page(signed_in(people.lea), report, query)
