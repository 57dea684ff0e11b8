"""The inbox: the desk's three pictures, what has come since, what is moving, and the first-run tour."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.services.verdicts import send_back_verdict
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.ledger.jobs import claim_job, report_progress
from factcheck.ledger.models import Job, LedgerHead
from factcheck.workbench.screens.pictures import DAYS, HEIGHT, pictures_for
from factcheck.workbench.screens.progress import describe
from factcheck.workbench.screens.rail_counts import RailCounts, count_for
from factcheck.workbench.sessions import SEEN
from tests.factories import NOW, make_article, make_bridge_pair, make_claim, make_submitted
from tests.people import People
from tests.workbench.conftest import SignedIn


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


def test_found_and_decided_stand_on_their_days_in_the_readers_zone(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    late = NOW.replace(hour=23, minute=30)
    ConflictPair.objects.filter(pk=pair.pk).update(suggested_at=late - timedelta(days=1))
    decide_conflict(pair, Decision.CONFLICT, 1, people.lea, now=late)
    people.ben.time_zone = "Asia/Tokyo"

    utc, tokyo = pictures_for(people.lea, late), pictures_for(people.ben, late)

    assert len(utc.days) == len(tokyo.days) == DAYS
    assert [(day.day.day, day.found, day.decided) for day in utc.days[-2:]] == [(1, 1, 0), (2, 0, 1)]
    assert [(day.day.day, day.found, day.decided) for day in tokyo.days[-2:]] == [(2, 1, 0), (3, 0, 1)]
    assert (utc.found, utc.decided) == (1, 1)
    assert all(0 <= day.found_top <= HEIGHT for day in utc.days)


def test_the_pictures_count_kinds_ratings_and_what_was_confirmed(people: People, ben: Client) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    other = make_bridge_pair(people.desk, people.ada, "Monday", "May")
    make_submitted(make_claim(pair, people.ben, people.ben, people.lea), people.ben)
    decide_conflict(pair, Decision.CONFLICT, 1, people.lea, now=NOW)
    decide_conflict(other, Decision.COMPATIBLE, 1, people.lea, now=NOW)

    pictures = pictures_for(people.ben, NOW)
    page = ben.get("/").content.decode()

    assert [(row.name, row.count) for row in pictures.kinds] == [("denial", 1)]
    assert pictures.newest is not None
    assert (pictures.newest.confirmed, pictures.newest.decided) == (1, 2)
    assert "of 2 decided suggestions" in page
    assert page.count("<svg") >= 3
    assert "As a table" in page


def test_the_pictures_count_nothing_that_is_hidden(people: People) -> None:
    make_bridge_pair(people.desk, people.ada)

    pictures = pictures_for(people.cleo, timezone.now())

    assert (pictures.found, list(pictures.kinds), pictures.newest) == (0, [], None)


def test_a_claim_waits_for_its_author_only_while_there_is_something_to_do(people: People, ben: Client) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)

    def rail() -> RailCounts:
        return count_for(people.ben)

    assert (list(ben.get("/").context["inbox"].mine), rail().mine) == ([claim], 1)

    verdict = make_submitted(claim, people.ben)
    assert (list(ben.get("/").context["inbox"].mine), rail().mine) == ([], 0)

    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, NOW)
    inbox = ben.get("/").context["inbox"]
    assert (list(inbox.sent_back), list(inbox.mine)) == ([verdict], []), "one row for one claim"
    assert (rail().sent_back, rail().mine) == (1, 0)


def test_new_arrivals_are_counted_and_offered_to_click(people: People, ben: Client) -> None:
    make_bridge_pair(people.desk, people.ada)
    since = LedgerHead.objects.get().seq
    path = f"{reverse('workbench:arrivals')}?on=inbox&since={since}"
    before = ben.get(path).content.decode()

    make_bridge_pair(people.desk, people.ada, "Monday", "May")

    assert "new" not in before
    assert "1 new" in ben.get(path).content.decode()
    assert f"since={LedgerHead.objects.get().seq}" in ben.get("/").content.decode()


def test_arrivals_count_only_what_one_may_read(people: People, signed_in: SignedIn) -> None:
    make_bridge_pair(people.desk, people.ada)

    for on in ("inbox", "conflicts", "articles"):
        path = f"{reverse('workbench:arrivals')}?on={on}&since=0"
        assert "new" not in signed_in(people.cleo).get(path).content.decode()
        assert "1 new" in signed_in(people.ben).get(path).content.decode()


@pytest.mark.parametrize("query", ["", "on=inbox", "on=moon&since=1", "on=inbox&since=x", f"on=inbox&since={2**70}"])
def test_an_odd_question_for_arrivals_is_refused_in_words(ben: Client, query: str) -> None:
    answer = ben.get(f"{reverse('workbench:arrivals')}?{query}")

    assert answer.status_code == 409
    assert "Load the page again" in answer.content.decode()


def test_a_page_that_asks_by_itself_keeps_no_session_alive(people: People, ben: Client) -> None:
    ben.get("/")
    session = ben.session
    session[SEEN] = long_ago = timezone.now().timestamp() - 300
    session.save()

    ben.get(f"{reverse('workbench:arrivals')}?on=inbox&since=0", headers={"x-poll": "1"})
    assert ben.session[SEEN] == long_ago
    ben.get("/")

    assert ben.session[SEEN] > long_ago


@pytest.mark.parametrize(
    ("kind", "share", "after", "words"),
    [
        ("pair", 0.5, 10, "about 10 s left"),
        ("extract", 0.5, 10, "about 30 s left"),
        ("pair", 0.25, 60, "about 3 min left"),
        ("pair", 0.02, 1, ""),
    ],
)
def test_running_work_says_how_long_it_still_takes(
    people: People, kind: str, share: float, after: int, words: str
) -> None:
    article = make_article(people.desk, people.ada)
    job = Job.objects.get(kind="extract")
    lease = claim_job(job.pk, NOW)
    assert lease is not None
    report_progress(lease, "reading", share)
    job.refresh_from_db()
    job.kind = kind

    assert describe(job, article, people.ada, NOW + timedelta(seconds=after)).left == words


def test_the_inbox_stays_as_it_is_when_work_ends(people: People, signed_in: SignedIn) -> None:
    article = make_article(people.desk, people.ada)
    Job.objects.filter(subject_id=article.pk).update(state="done", ended_at=NOW)
    ada, path = signed_in(people.ada), reverse("workbench:article-progress", args=[article.pk])

    on_inbox = ada.get(path, headers={"hx-request": "true", "hx-current-url": "http://testserver/"})
    on_article = ada.get(
        path, headers={"hx-request": "true", "hx-current-url": f"http://testserver{article.get_absolute_url()}"}
    )

    assert "HX-Refresh" not in on_inbox.headers
    assert "What it found waits under Conflicts" in on_inbox.content.decode()
    assert on_article.headers["HX-Refresh"] == "true"


def test_the_tour_goes_on_step_by_step_and_is_put_away_for_good(people: People, ben: Client) -> None:
    assert "Read an article" in ben.get("/").content.decode()

    ben.post(reverse("workbench:tour"), {"step": 1})
    assert "Decide a conflict" in ben.get("/").content.decode()
    ben.post(reverse("workbench:tour"), {"step": 99})

    assert "A short tour" not in ben.get("/").content.decode()
    people.ben.refresh_from_db()
    assert people.ben.tour_step == 99
