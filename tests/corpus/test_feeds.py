"""A desk subscribes to feeds: each is polled under a lease, with manners, and each item becomes one article."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from factcheck.corpus.errors import FeedAlreadyHere, UnfitFeed, WrongFeedState
from factcheck.corpus.models import Article, Feed, FeedItem, FeedState, ItemState, PollResult
from factcheck.corpus.services.feeds import (
    Wanted,
    add_feed,
    end_subscription,
    import_feeds,
    look_at,
    pause_feed,
    poll_now,
    resume_feed,
    subscribe,
)
from factcheck.corpus.services.matching_items import sort_items
from factcheck.corpus.services.poll_times import after_failure, after_quiet, next_poll
from factcheck.corpus.services.pressure import AT_ONCE, BEHIND, release_items
from factcheck.corpus.services.taking_items import BARRED
from factcheck.ledger.changes import record_change
from factcheck.ledger.models import AuditEntry, Job, JobState
from factcheck.newsroom.errors import NotAllowed
from tests.corpus.feeds import NOT_FOUND, WORDS, answer, document, let_through, rss, subscribed
from tests.factories import NOW, make_article, run_open_jobs
from tests.intake.fetching.serving import page, serving
from tests.people import People

ONE = ("1", "https://daily.example/1", "Bridge opens")
TWO = ("2", "https://daily.example/2", "Tunnel closes")


@pytest.fixture
def feed(people: People) -> Feed:
    """A feed that is subscribed to, and was polled."""
    made = add_feed("https://daily.example/feed", Wanted("The Daily"), people.desk, people.lea, NOW)
    Feed.objects.filter(pk=made.pk).update(body_sha256="0" * 64)
    made.refresh_from_db()
    return made


def store(feed: Feed, *documents: object, later: int = 0) -> tuple[int, int]:
    """Sort items into a feed as a poll does; how many are new, how many read otherwise."""
    found = sort_items(feed, list(documents), NOW + timedelta(hours=later))  # type: ignore[arg-type]  # documents
    FeedItem.objects.bulk_create(found.new)
    for item in found.changed:
        item.save()
    return found.waiting, found.edited


def test_items_become_articles_once_whoever_polls_and_edits_become_revisions(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ("0", "https://daily.example/0", "Old news")
    with subscribed(people, monkeypatch, {"/feed": answer(rss(old))}, backlog=1) as server:
        server.poll()
        server.pages["/feed"] = answer(rss(TWO, ONE, old), 'ETag: "7"')
        feed = server.poll()
        server.pages["/feed"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        unchanged = (server.poll().result, b'If-None-Match: "7"' in server.asked("/feed")[-1])
        edited = ("1", ONE[1] + "?utm_source=rss", "Bridge opens late")
        server.pages["/feed"] = answer(rss(TWO, edited, old))
        server.poll()

    assert [item.state for item in feed.items.all()] == [ItemState.TAKEN] * 3
    assert (feed.title, feed.failures) == ("The Daily", 0)
    assert unchanged == (PollResult.UNCHANGED, True)
    assert Article.objects.count() == 3
    article = Article.objects.get(url="https://daily.example/1")
    assert [revision.text.split("\n")[0] for revision in article.revisions.order_by("number")] == [
        "Bridge opens",
        "Bridge opens late",
    ]
    assert (str(article.outlet), article.created_by) == ("The Daily", None)


@pytest.mark.parametrize(
    "again",
    [
        document(),
        document(key="other"),
        document(url="https://daily.example/moved"),
        document(title="Bridge opens"),
        document(key="other", url="https://www.daily.example/1/?utm_source=x"),
        document(key="other", url="https://daily.example/moved", published="2026-03-02T13:00:00+00:00"),
    ],
)
def test_an_item_is_known_again_whatever_changes_in_guid_link_or_title(feed: Feed, again: object) -> None:
    first = store(feed, document(published="2026-03-02T13:00:00+00:00"))
    new, _ = store(feed, again)

    assert (first, new, feed.items.count()) == ((1, 0), 0, 1)


def test_items_that_share_a_link_or_a_guid_are_told_apart_as_far_as_they_can_be(feed: Feed) -> None:
    shared = "https://daily.example/"
    apart = store(feed, document("a", shared, "One"), document("b", shared, "Two"))
    same = store(feed, *(document("c", f"https://daily.example/c{number}", f"No. {number}") for number in range(9)))

    assert (apart, same) == ((2, 0), (1, 0))


def test_what_reads_otherwise_waits_again_and_a_new_date_alone_not_at_every_poll(feed: Feed) -> None:
    teaser = document(text="Few words.", modified="2026-03-02T13:00:00Z")
    store(feed, teaser)
    FeedItem.objects.update(state=ItemState.REFUSED, reason="No.", looked_at=NOW)

    later = replace(teaser, modified="2026-03-02T14:00:00Z")
    edited = [store(feed, later)[1], store(feed, later, later=2)[1], store(feed, document(text="Other words."))[1]]

    assert edited == [0, 1, 1]


def test_only_what_is_newer_than_the_subscription_is_taken_but_for_the_few_that_are_wanted(people: People) -> None:
    feed = add_feed("https://daily.example/feed", Wanted(backlog=1), people.desk, people.lea, NOW)
    dates = ("2026-03-02T13:00:00Z", "2026-03-01T12:00:00Z", "", "2020-01-01")
    given = [document(str(at), f"https://daily.example/{at}", f"{at}", published=day) for at, day in enumerate(dates)]
    store(feed, *given)
    Feed.objects.filter(pk=feed.pk).update(body_sha256="0" * 64)
    feed.refresh_from_db()
    late = document("late", "", "Late", published="2026-03-02T11:00:00Z")
    store(feed, given[0], late, document("very late", "", "Very late", published="2026-03-01T11:00:00Z"))

    states = {item.guid: item.state for item in feed.items.all()}
    assert states == {"0": "waiting", "1": "older", "2": "older", "3": "older", "late": "waiting", "very late": "older"}


@pytest.mark.parametrize(
    ("said", "words", "state"),
    [
        (answer(b"", "Retry-After: 7200", status="429 Slow"), "less often", FeedState.ACTIVE),
        (answer(b"", status="410 Gone"), "taken down", FeedState.PAUSED),
        (answer(b"", status="404 Not Found"), "no feed at this address", FeedState.ACTIVE),
        (answer(b"", status="503 Away"), "a fault (status 503). The next poll", FeedState.ACTIVE),
        (answer(b"", status="403 No"), "Ask the outlet for leave", FeedState.ACTIVE),
        (answer(b"no feed at all"), "no feed", FeedState.ACTIVE),
        (b"garbage", "garbled", FeedState.ACTIVE),
    ],
)
def test_a_failure_is_told_in_words_and_the_next_poll_comes_later(
    people: People, monkeypatch: pytest.MonkeyPatch, said: bytes, words: str, state: FeedState
) -> None:
    with subscribed(people, monkeypatch, {"/feed": said}) as server:
        run_open_jobs()
        server.feed.refresh_from_db()
        feed = server.feed

    assert (feed.result, feed.failures, feed.state) == (PollResult.FAILED, 1, state)
    assert words in feed.told
    assert "paste" not in feed.told
    assert feed.due_at is not None
    assert feed.due_at - timezone.now() > timedelta(minutes=119 if "less often" in words else 26)
    assert bool(feed.reason) == (state == FeedState.PAUSED)
    assert not Job.objects.filter(state=JobState.FAILED).exists()


def test_an_address_that_moved_for_good_is_followed_once_it_has_said_so_three_times(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = page(b"", "Location: /new", status="301 Moved")
    unchanged = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with subscribed(people, monkeypatch, {"/feed": moved, "/new": unchanged}) as server:
        urls = [server.poll().url for _ in range(3)]

    assert urls == [server.served.url("/feed")] * 2 + [server.served.url("/new")]


def test_two_polls_at_once_are_one(feed: Feed, people: People) -> None:
    poll_now(feed, people.lea, NOW)
    poll_now(feed, people.lea, NOW)

    assert Job.objects.filter(kind="poll_feed").count() == 1


def test_a_look_shows_what_there_is_or_which_feeds_a_page_names(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed' title='News'></head></html>"
    with serving({"/": page(html), "/feed": answer(rss(ONE)), "/robots.txt": NOT_FOUND}) as served:
        let_through(monkeypatch, served)
        feeds = [look_at(served.url(path), people.desk, people.lea, NOW) for path in ("/", "/feed")]
        run_open_jobs()
    for one in feeds:
        one.refresh_from_db()

    assert feeds[0].found == {"links": [{"url": served.url("/feed"), "title": "News"}]}
    assert feeds[1].found["items"][0]["title"] == "Bridge opens"
    assert Article.objects.count() == 0


def test_a_site_that_asks_programs_to_stay_away_is_left_alone(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    robots = page(b"User-agent: *\nDisallow: /feed", kind="text/plain")
    with subscribed(people, monkeypatch, {"/feed": answer(rss(ONE)), "/robots.txt": robots}) as server:
        feed = server.poll()
        assert "robots.txt" in feed.told
        assert server.asked("/feed") == []
        Feed.objects.update(against_robots=True)
        assert server.poll().result == PollResult.NOTHING_NEW

    assert b"+http://127.0.0.1:8000)" in server.asked("/feed")[0]


def test_feeds_take_turns_and_wait_while_workers_are_behind(people: People, feed: Feed) -> None:
    other = add_feed("https://other.example/feed", Wanted(), people.desk, people.lea, NOW)
    store(feed, *(document(f"{at}", f"https://daily.example/{at}", f"{at}") for at in range(AT_ONCE)))
    Feed.objects.filter(pk=other.pk).update(body_sha256="0" * 64)
    other.refresh_from_db()
    store(other, document("x", "https://other.example/x", "x"))
    for number in range(BEHIND + 1):
        Job.objects.create(kind="extract", key=f"{number}", subject_type="article", subject_id=feed.pk, created_at=NOW)

    with record_change(actor=None, now=NOW) as change:
        held = release_items(change)
    Job.objects.filter(kind="extract").delete()
    with record_change(actor=None, now=NOW) as change:
        released = release_items(change)

    assert (held, released) == (0, 21)
    assert [job.subject_id for job in Job.objects.filter(kind="take_item").next_first()[:2]].count(other.pk) == 1


def test_a_list_of_feeds_goes_in_and_says_what_was_there(people: People, feed: Feed) -> None:
    opml = b"""<opml version="2.0"><body><outline text="News"><outline xmlUrl="https://daily.example/feed" text="D"/>
    <outline xmlUrl="https://new.example/feed" title="New"/><outline xmlUrl="https://a:b@x.example/"/></outline></body></opml>"""

    imported = import_feeds(opml, Wanted(), people.desk, people.lea, NOW)

    assert [str(one) for one in imported.added] == ["New"]
    assert imported.known == ["https://daily.example/feed"]
    assert "password" in imported.refused[0]
    with pytest.raises(UnfitFeed):
        import_feeds(b"<opml/>", Wanted(), people.desk, people.lea, NOW)


def test_a_subscription_is_paused_resumed_and_ended_by_leads_and_admins(people: People, feed: Feed) -> None:
    for person in (people.ada, people.ben, people.cleo):
        with pytest.raises(NotAllowed):
            pause_feed(feed, feed.version, person, NOW)
    pause_feed(feed, feed.version, people.amir, NOW)
    with pytest.raises(WrongFeedState):
        poll_now(feed, people.lea, NOW)
    resume_feed(feed, feed.version, people.lea, NOW)
    with pytest.raises(FeedAlreadyHere):
        look_at(feed.url, people.desk, people.lea, NOW)
    end_subscription(feed, feed.version, people.lea, NOW)
    assert look_at(feed.url, people.desk, people.lea, NOW).pk == feed.pk
    feed.refresh_from_db()
    with pytest.raises(UnfitFeed):
        subscribe(feed, Wanted(every=1), feed.version, people.lea, NOW)
    subscribe(feed, Wanted(every=60), feed.version, people.lea, NOW)

    verbs = list(AuditEntry.objects.filter(subject_id=feed.pk).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["subscribe", "pause_feed", "resume_feed", "end_subscription", "look_at_feed", "subscribe"]


MONDAY = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


def test_the_next_poll_heeds_what_the_feed_asks_within_bounds() -> None:
    def minutes(every: int, asks: dict[str, object], fresh: int = 0) -> float:
        return (next_poll(every, asks, fresh, MONDAY, "seed") - MONDAY) / timedelta(minutes=1)

    assert 27 <= minutes(30, {}) <= 33
    assert 54 <= minutes(30, {"every": 60}) <= 66
    assert minutes(30, {"every": 10_000}) <= 6 * 66
    assert 54 <= minutes(30, {}, 3600 * 9) <= 66
    assert after_quiet(MONDAY, {"quiet_hours": [12, 13]}).hour == 14
    assert after_quiet(MONDAY, {"quiet_days": ["monday"]}).weekday() == 1


def test_failures_push_the_next_poll_away_by_a_day_at_most() -> None:
    waits = [(after_failure(30, count, None, MONDAY, "seed") - MONDAY).total_seconds() / 60 for count in (1, 2, 3, 30)]

    assert waits == sorted(waits)
    assert 27 <= waits[0] <= 33
    assert waits[-1] == 24 * 60
    assert after_failure(30, 1, 7200, MONDAY, "seed") - MONDAY == timedelta(hours=2)


def test_an_article_that_came_through_another_door_is_linked(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    there = make_article(people.desk, people.ada, f"Bridge opens\n\nBridge opens. {WORDS}", url=ONE[1])
    with subscribed(people, monkeypatch, {"/feed": answer(rss(ONE))}, backlog=5) as server:
        server.poll()

    assert FeedItem.objects.get().article == there
    assert Article.objects.count() == 1


def test_a_barrier_in_the_place_of_a_page_is_not_the_article(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "The council said that the bridge will open in May, and that it will cost nine million crowns in all, " * 2
    barrier, whole = page(b"<h1>Log in</h1><p>Log in to read on.</p>"), page(f"<p>{WORDS}</p>".encode())
    pages = {"/shut": barrier, "/open": whole}
    with subscribed(people, monkeypatch, pages, backlog=2) as server:
        shut, opened = ((name, server.served.url(f"/{name}"), f"Bridge {name}") for name in ("shut", "open"))
        pages["/feed"] = answer(rss(shut, opened, text=lines))
        server.poll()
        pages |= {"/open": barrier, "/feed": answer(rss(shut, opened, text=f"{lines} Or ten."))}
        server.poll()

    texts = {item.title: item.article.current.text for item in FeedItem.objects.all() if item.article}
    assert lines.strip() in texts["Bridge shut"]
    assert WORDS[:60] in texts["Bridge open"]
    assert FeedItem.objects.get(title="Bridge open").reason == BARRED
