"""The pages of feeds: looked at before one subscribes, with last result and next poll, in and out as a list."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.corpus.models import Feed, FeedItem, FeedState, ItemState, PollResult, Retrieval
from factcheck.corpus.services.feeds import Wanted, add_feed
from factcheck.corpus.services.pressure import BEHIND
from factcheck.ledger.models import AuditEntry, Job, JobState
from tests.factories import NOW, make_article, run_open_jobs
from tests.intake.fetching.serving import page, serving
from tests.intake.parsing.made import PAGE
from tests.people import People
from tests.workbench.conftest import SignedIn

FEEDS = "/feeds/"


@pytest.fixture
def feed(people: People) -> Feed:
    made = add_feed("https://daily.example/feed", Wanted("The Daily"), people.desk, people.lea, NOW)
    fields = {"result": PollResult.FAILED, "told": "The server did not answer in time.", "polled_at": timezone.now()}
    Feed.objects.filter(pk=made.pk).update(title="Daily news", failures=2, **fields)
    made.refresh_from_db()
    return made


def test_what_somebody_looked_at_is_subscribed_to_with_what_they_chose(people: People, signed_in: SignedIn) -> None:
    lea = signed_in(people.lea)
    there = lea.post(f"{FEEDS}look/", {"desk": str(people.desk.pk), "url": "daily.example/feed"})
    assert there.status_code == 422

    sent = lea.post(f"{FEEDS}look/", {"desk": str(people.desk.pk), "url": "https://daily.example/feed"})
    looking = lea.get(sent.headers["Location"]).content.decode()
    items = [{"title": "Bridge opens", "url": "", "published": "2026-03-01T10:00:00Z", "words": 12}]
    Feed.objects.update(found={"title": "Daily", "site": "", "every": 60, "count": 1, "items": items}, title="Daily")
    Job.objects.update(state=JobState.DONE, ended_at=NOW)
    shown = lea.get(sent.headers["Location"]).content.decode()
    feed = Feed.objects.get()
    chosen = {"version": feed.version, "outlet": "The Daily", "every": 45, "backlog": 3, "reads_pages": "on"}
    lea.post(f"{feed.get_absolute_url()}subscribe/", chosen)

    feed.refresh_from_db()
    assert "Looking" in looking
    assert "Bridge opens" in shown
    assert (str(feed.outlet), feed.every, feed.backlog, feed.state) == ("The Daily", 45, 3, FeedState.ACTIVE)


def test_the_list_and_the_page_say_why_a_poll_failed_and_when_the_next_comes(
    people: People, signed_in: SignedIn, feed: Feed
) -> None:
    article = make_article(people.desk, people.ada)
    FeedItem.objects.create(feed=feed, guid="1", digest="", title="One", state="taken", article=article, seen_at=NOW)
    ben, amir = signed_in(people.ben), signed_in(people.amir)

    for client in (ben, amir):
        listed = client.get(FEEDS).content.decode()
        assert "The server did not answer in time." in listed
        assert "Daily news" in listed
    shown = ben.get(feed.get_absolute_url()).content.decode()

    assert article.get_absolute_url() in shown
    assert article.get_absolute_url() not in amir.get(feed.get_absolute_url()).content.decode()  # reads no articles
    assert "Pause" not in shown
    assert "Pause" in amir.get(feed.get_absolute_url()).content.decode()


def test_a_list_goes_in_and_out_as_opml(people: People, signed_in: SignedIn, feed: Feed) -> None:
    lea = signed_in(people.lea)

    given = lea.get(f"{FEEDS}feeds.opml")
    Feed.objects.filter(pk=feed.pk).update(url="https://daily.example/other")
    file = SimpleUploadedFile("feeds.opml", given.content)
    taken = lea.post(f"{FEEDS}import/", {"desk": str(people.desk.pk), "file": file}).content.decode()
    wrong = lea.post(
        f"{FEEDS}import/", {"desk": str(people.desk.pk), "file": SimpleUploadedFile("feeds.opml", b"not a list")}
    )

    assert "attachment" in given.headers["Content-Disposition"]
    assert "Daily news" in taken
    assert Feed.objects.filter(state=FeedState.ACTIVE).count() == 2
    assert wrong.status_code == 422


def test_the_pages_of_feeds_speak_the_readers_language(people: People, signed_in: SignedIn, feed: Feed) -> None:
    lea, french = signed_in(people.lea), {"accept-language": "fr"}

    for address in (FEEDS, feed.get_absolute_url()):
        shown = lea.get(address, headers=french).content.decode()
        assert '<html lang="fr">' in shown
        assert "échec" in shown


def test_the_desk_is_told_when_feeds_wait_for_workers(people: People, signed_in: SignedIn, feed: Feed) -> None:
    lea = signed_in(people.lea)
    assert "feeds wait" not in lea.get(FEEDS).content.decode()
    for number in range(BEHIND + 1):
        about = {"subject_type": "article", "subject_id": feed.pk, "created_at": NOW}
        Job.objects.create(kind="extract", key=f"{number}", **about)

    for address in (FEEDS, "/jobs/", "/"):
        assert f"Workers are {BEHIND + 1} articles behind; feeds wait." in lea.get(address).content.decode()


def test_more_feeds_and_items_add_no_queries(people: People, signed_in: SignedIn, feed: Feed) -> None:
    lea, counts = signed_in(people.lea), []
    for number in range(3):
        add_feed(f"https://other{number}.example/feed", Wanted("Other"), people.desk, people.lea, NOW)
        item = {"title": "One", "state": ItemState.WAITING, "seen_at": NOW - timedelta(hours=number)}
        FeedItem.objects.create(feed=feed, guid=f"{number}", digest="", **item)
        with CaptureQueriesContext(connection) as queries:
            assert lea.get(FEEDS).status_code == lea.get(feed.get_absolute_url()).status_code == 200
        counts.append(len(queries))

    assert counts[1] == counts[2]  # the first also reads what is kept between requests


def test_who_pasted_an_address_may_fetch_it_although_its_site_asks_programs_not_to(
    people: People, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = signed_in(people.ada)
    robots = page(b"User-agent: *\nDisallow: /", kind="text/plain")
    with serving({"/robots.txt": robots, "/bridge": page(PAGE.encode())}) as served:
        monkeypatch.setattr("factcheck.corpus.services.retrieving.Client", served.client)
        sent = ada.post("/articles/add/", {"desk": str(people.desk.pk), "url": served.url("/bridge")})
        run_open_jobs()
        refused = ada.get(sent.headers["Location"]).content.decode()
        asked = list(served.asked)
        ada.post(f"{sent.headers['Location']}insist/")
        run_open_jobs()

    assert "robots.txt" in refused
    assert "Fetch it all the same" in refused
    assert [line.split(b" ")[1] for line in asked] == [b"/robots.txt"]
    assert Retrieval.objects.get().articles.count() == 1
    assert AuditEntry.objects.get(verb="fetch_against_robots").actor == people.ada
