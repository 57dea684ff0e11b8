"""Watched articles are fetched again on a timetable that grows slower, and what the look gave is said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.corpus.errors import NothingToWatch
from factcheck.corpus.models import Article, Revision, Watch, WatchResult
from factcheck.corpus.services.watching import FIRST, LOOK, look_now, unwatch_article, watch_article
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Notice
from tests.factories import NOW, make_article, run_open_jobs
from tests.intake.fetching.serving import page, serving
from tests.intake.parsing.made import PAGE
from tests.people import People

pytestmark = pytest.mark.django_db

CHANGED = PAGE.replace("May", "June")


def look(article: Article, answer: bytes, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """A look at an address that answers like this, and what it was asked."""
    with serving(answer) as served:
        monkeypatch.setattr("factcheck.corpus.services.watching.Client", served.client)
        Article.objects.filter(pk=article.pk).update(url=served.url("/bridge"))
        Watch.objects.filter(article=article).update(next_look_at=timezone.now())
        Job.objects.filter(kind="watch").delete()
        queue_routine("look at watched articles", timezone.now())
        run_open_jobs()
        return list(served.asked)


def watched(people: People) -> Article:
    text = "Bridge opens in May\n\nThe mayor said that the bridge opens in May."
    article = make_article(people.desk, people.ada, text, url="https://daily.example/bridge")
    watch_article(article, people.ben, NOW)
    return article


def test_a_changed_page_makes_a_revision_and_its_watchers_hear_of_it(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = watched(people)
    look(article, page(PAGE.encode(), kind="text/html"), monkeypatch)
    before = Revision.objects.filter(article=article).count()

    look(article, page(CHANGED.encode(), kind="text/html"), monkeypatch)

    watch = Watch.objects.get()
    assert Revision.objects.filter(article=article).count() == before + 1
    assert (watch.result, watch.quiet) == (WatchResult.CHANGED, 0)
    assert Notice.objects.filter(person=people.ben, kind="changed", subject_id=article.pk).exists()


def test_an_unchanged_page_makes_nothing_and_is_looked_at_more_rarely(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = watched(people)
    answer = page(PAGE.encode(), kind="text/html")
    look(article, answer, monkeypatch)
    before = Revision.objects.filter(article=article).count()
    look(article, answer, monkeypatch)
    look(article, answer, monkeypatch)

    watch = Watch.objects.get()
    assert watch.looked_at is not None
    assert watch.next_look_at is not None
    assert Revision.objects.filter(article=article).count() == before
    assert (watch.result, watch.next_look_at - watch.looked_at) == (WatchResult.SAME, FIRST * 2**watch.quiet)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", WatchResult.AWAY),
        (b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", WatchResult.FAILED),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", WatchResult.SAME),
    ],
    ids=["away", "broken", "unchanged"],
)
def test_what_a_look_gave_is_said_and_changes_no_text(
    people: People, monkeypatch: pytest.MonkeyPatch, answer: bytes, result: WatchResult
) -> None:
    article = watched(people)

    look(article, answer, monkeypatch)

    assert Watch.objects.get().result == result
    assert Revision.objects.filter(article=article).count() == 1
    assert Notice.objects.filter(kind="away").exists() is (result == WatchResult.AWAY)


def test_a_barrier_in_the_place_of_the_text_is_asked_for_anew(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    article = watched(people)
    look(article, page(PAGE.encode(), 'ETag: "text"'), monkeypatch)
    barrier = page(b"<p>Subscribe</p>", 'ETag: "barrier"')

    look(article, barrier, monkeypatch)
    asked = look(article, barrier, monkeypatch)

    assert Watch.objects.get().result == WatchResult.SHRUNK
    assert b'If-None-Match: "text"' in asked[-1]


def test_what_nobody_watches_rests(people: People) -> None:
    article = watched(people)
    unwatch_article(article, people.ben, NOW)
    Watch.objects.update(next_look_at=timezone.now() - timedelta(days=1))

    queue_routine("look at watched articles", timezone.now())
    run_open_jobs()

    assert Watch.objects.get().next_look_at is None
    assert not Job.objects.filter(kind=LOOK).exists()


def test_watching_is_for_reviewers_and_leads_and_needs_an_address(people: People) -> None:
    bare = make_article(people.desk, people.ada)

    with pytest.raises(NotAllowed):
        watch_article(bare, people.ada, NOW)
    with pytest.raises(NothingToWatch):
        watch_article(bare, people.ben, NOW)
    with pytest.raises(NothingToWatch):
        look_now(bare, people.lea, NOW)


def test_asking_for_a_look_twice_at_once_is_one_look(people: People) -> None:
    article = watched(people)

    look_now(article, people.ben, NOW)
    look_now(article, people.lea, NOW)

    assert Job.objects.filter(kind=LOOK, state=JobState.QUEUED).count() == 1
