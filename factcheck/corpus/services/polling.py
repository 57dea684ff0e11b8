"""Polling feeds: each poll is a job under a lease, and what it brought commits with the poll's end, once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F

from factcheck.corpus.errors import UnfitFeed
from factcheck.corpus.models import Feed, FeedItem, FeedState, PollResult
from factcheck.corpus.services.feed_failures import words_of
from factcheck.corpus.services.manners import honest, polite
from factcheck.corpus.services.matching_items import EDITED, Sorted, sort_items
from factcheck.corpus.services.poll_times import after_failure, next_poll
from factcheck.corpus.services.pressure import POLLED, latest_due, release_items, settle_items, workers_are_behind
from factcheck.intake.fetching.client import ANYHOW, Client, Fetched, FetchRefused
from factcheck.intake.fetching.errors import BadStatus
from factcheck.intake.parsing.child import parse_feed
from factcheck.intake.parsing.documents import Document, FeedHead, UnfitFile
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.wording import worded

POLL, POLLS, LOOK_AT, FORGET_POLLS = "poll_feed", "poll_feeds", "look_at_feed", "forget_polls"
GONE: Final = 410
MOVES: Final = 3  # times in a row that an address has to say that it moved before we move along
GIVEN_UP: Final = 14  # failures in a row after which a feed is paused
KEPT: Final = timedelta(days=2)  # jobs of polls that are done
SHOWN = 10
_KILLED: Final = worded("The process that polled this feed was killed. It is tried again.")
_ENDED: Final = (JobState.FAILED, JobState.CANCELLED, JobState.DONE)


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of asking a feed."""

    fetched: Fetched
    head: FeedHead | None = None  # None: unchanged
    documents: Sequence[Document] = ()
    digest: str = ""


def ask_feed(feed: Feed, client: Client, *, anew: bool = False) -> Polled:
    """Ask a feed what it has, showing what it said last; outside any transaction.

    Raises:
        FetchRefused: it cannot be had.
        UnfitFile: it is no feed.
        UnfitFeed: it is a page, which names feeds.
        TooEarly: others fetch from its site.
    """
    shown = {} if anew else {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    headers = honest() | {"Accept": "application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5"}
    client = polite(client, against_robots=feed.against_robots)
    fetched = client.fetch(feed.url, headers | {name: value for name, value in shown.items() if value})
    digest = hashlib.sha256(fetched.body).hexdigest()
    if fetched.is_unchanged or (not anew and digest == feed.body_sha256):
        return Polled(fetched)
    head, documents = parse_feed(fetched.body, fetched.charset, fetched.url)
    if not head.is_feed:
        named = ", ".join(url for url, _ in head.links)
        raise UnfitFeed(worded("This is a page, not a feed. It names: {feeds}", feeds=named), head.links)
    return Polled(fetched, head, documents, digest)


def feed_client() -> Client:
    """A client that also takes what servers send feeds as."""
    plain = Client()
    return Client(plain.gate, plain.limits, plain.kinds | ANYHOW, plain.resolve)


def poll_feed(hand: WorkInHand, client: Client | None = None) -> None:
    """Poll a feed: its items are sorted, those that shall become articles wait, and the next poll is set.

    Raises:
        TooEarly: others fetch from its site.
        JobCancelled, LeaseLost: the work shall stop.
    """
    feed = Feed.objects.get(pk=hand.job.subject_id)
    hand.progress("polling", 0.1)
    if feed.state != FeedState.ACTIVE:
        with record_change(actor=None, now=hand.now()) as change:
            finish_job(change, hand.lease)
        return
    try:
        polled = ask_feed(feed, client or feed_client())
    except (FetchRefused, UnfitFile, UnfitFeed) as reason:
        _store_failure(hand, feed, reason)
        return
    hand.progress("sorting", 0.7)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        _store(change, feed, polled)


def _store(change: Change, feed: Feed, polled: Polled) -> None:
    brought = Sorted() if polled.head is None else _store_items(change, feed, polled.documents)
    count = brought.waiting + brought.edited
    result = _result(polled, count)
    asks = _asks(polled.head) if polled.head else feed.asks
    seed, fresh = f"{feed.pk} {feed.polls}", polled.fetched.fresh_for
    wrote: dict[str, Any] = {
        "polls": F("polls") + 1,
        "polled_at": change.now,
        "result": result,
        "told": "",
        "failures": 0,
        "brought": count,
        "asks": asks,
        "due_at": next_poll(feed.every, asks, fresh, change.now, seed),
        **_shown_next_time(feed, polled.fetched),
        **_moved(feed, polled.fetched.moved_to),
        **_says_of_itself(feed, polled),
    }
    Feed.objects.filter(pk=feed.pk).update(**wrote)
    release_items(change)
    if count or feed.result != result:
        change.touch(feed)


def _result(polled: Polled, count: int) -> PollResult:
    if polled.head is None:
        return PollResult.UNCHANGED
    return PollResult.NEW if count else PollResult.NOTHING_NEW


def _shown_next_time(feed: Feed, fetched: Fetched) -> dict[str, str]:
    """What the server is shown next time; where it said that nothing changed, what it was shown."""
    etag, modified = (feed.etag, feed.modified) if fetched.is_unchanged else ("", "")
    return {"etag": fetched.etag or etag, "modified": fetched.modified or modified}


def _says_of_itself(feed: Feed, polled: Polled) -> dict[str, str]:
    if polled.head is None:
        return {}
    said = {"body_sha256": polled.digest, "site": polled.head.site[:2000]}
    return said if feed.title else {**said, "title": polled.head.title[:300]}


def _store_items(change: Change, feed: Feed, documents: Sequence[Document]) -> Sorted:
    brought = sort_items(feed, documents, change.now)
    FeedItem.objects.bulk_create(brought.new)
    FeedItem.objects.bulk_update(brought.changed, EDITED, batch_size=50)
    return brought


def _moved(feed: Feed, moved_to: str) -> dict[str, Any]:
    """Follow an address that has moved for good, once it has said so some times: one slip of a server is none."""
    if not moved_to or moved_to == feed.url:
        return {"moved_to": "", "moved_times": 0}
    times = feed.moved_times + 1 if feed.moved_to == moved_to else 1
    is_free = not Feed.objects.filter(desk=feed.desk_id, url=moved_to).exists()
    if times >= MOVES and is_free:
        return {"url": moved_to, "moved_to": "", "moved_times": 0}
    return {"moved_to": moved_to, "moved_times": times}


def _store_failure(hand: WorkInHand, feed: Feed, reason: Exception) -> None:
    words, failures = words_of(reason)[:500], feed.failures + 1
    wait = reason.retry_after if isinstance(reason, BadStatus) else None
    seed, now = f"{feed.pk} {feed.polls}", hand.now()
    wrote: dict[str, Any] = {
        "polls": F("polls") + 1,
        "polled_at": now,
        "result": PollResult.FAILED,
        "told": words,
        "failures": failures,
        "brought": 0,
        "due_at": after_failure(feed.every, failures, wait, now, seed),
    }
    why = _why_paused(reason, failures)
    with record_change(actor=None, now=now) as change:
        finish_job(change, hand.lease)
        Feed.objects.filter(pk=feed.pk).update(**wrote)
        if why:
            changed = Feed.objects.filter(pk=feed.pk, state=FeedState.ACTIVE)
            changed.update(**Feed.edited(state=FeedState.PAUSED, reason=why))
            change.audit("pause_feed", feed, desk_id=feed.desk_id, reason=why)
        release_items(change)
        change.touch(feed)


def _why_paused(reason: Exception, failures: int) -> str:
    if isinstance(reason, BadStatus) and reason.status == GONE:
        return worded("The server says that this feed is gone for good. Look for its new address, or end it here.")
    if failures >= GIVEN_UP:
        return worded("It failed {times} times in a row. See the last answer, mend it, then resume.", times=failures)
    return ""


def _asks(head: FeedHead) -> dict[str, Any]:
    return {"every": head.every, "quiet_hours": list(head.quiet_hours), "quiet_days": list(head.quiet_days)}


def poll_feeds(hand: WorkInHand) -> None:
    """Ask for the polls that are due, and let waiting items go on; while workers are behind, fewer of both."""
    now, behind = hand.now(), workers_are_behind()
    due = list(Feed.objects.filter(state=FeedState.ACTIVE, due_at__lte=now).order_by("due_at"))
    with record_change(actor=None, now=now) as change:
        finish_job(change, hand.lease)
        settle_items()
        for feed in due:
            if not behind or feed.due_at is None or now - feed.due_at >= latest_due(feed.every):
                queue_poll(change, feed)
        release_items(change)


def queue_poll(change: Change, feed: Feed) -> Job:
    """Ask for a feed's next poll: one job, however many ask. One whose last poll was killed gets another number."""
    key = f"{feed.pk} {feed.polls}"
    if Job.objects.filter(kind=POLL, key=key, state__in=_ENDED).exists():
        failed = {"failures": F("failures") + 1, "result": PollResult.FAILED, "told": _KILLED}
        Feed.objects.filter(pk=feed.pk, polls=feed.polls).update(polls=F("polls") + 1, **failed)
        key = f"{feed.pk} {feed.polls + 1}"
    return change.enqueue(POLL, key, feed, desk_id=feed.desk_id, priority=POLLED + 1)


def look_at_feed(hand: WorkInHand, client: Client | None = None) -> None:
    """Look at what somebody may want to subscribe to, and keep what was found, or why nothing was."""
    feed = Feed.objects.get(pk=hand.job.subject_id)
    hand.progress("looking", 0.2)
    found: dict[str, Any]
    title = feed.title
    try:
        polled = ask_feed(feed, client or feed_client(), anew=True)
        found, title = _found(polled), title or (polled.head.title if polled.head else "")
    except UnfitFeed as page:
        found = {"links": [{"url": url, "title": name} for url, name in page.links]}
    except (FetchRefused, UnfitFile) as reason:
        found = {"problem": words_of(reason), "code": reason.code}
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        Feed.objects.filter(pk=feed.pk, state=FeedState.NEW).update(found=found, title=title[:300])
        change.touch(feed)


def _found(polled: Polled) -> dict[str, Any]:
    newest = [
        {"title": one.title, "url": one.url, "published": one.published, "words": len(one.text.split())}
        for one in polled.documents[:SHOWN]
    ]
    head = polled.head or FeedHead()
    return {
        "title": head.title,
        "site": head.site,
        "every": head.every,
        "count": len(polled.documents),
        "items": newest,
    }


def forget_polls(hand: WorkInHand) -> None:
    """Remove the jobs of polls that were done some days ago, and what was looked at and not subscribed to."""
    before: datetime = hand.now() - KEPT
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        Job.objects.filter(kind__in=(POLL, POLLS, LOOK_AT), state=JobState.DONE, ended_at__lt=before).delete()
