"""The pages of feeds: all of the desk's with their last and next polls; one with its items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from factcheck.corpus.models import Feed, FeedItem, FeedState, ItemState, PollResult
from factcheck.corpus.services.polling import LOOK_AT, POLL
from factcheck.corpus.services.pressure import articles_behind, workers_are_behind
from factcheck.ledger.models import Job
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may, reaches
from factcheck.workbench.screens.progress import Progress, describe

ON_A_PAGE, ITEMS = 50, 30
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many articles workers are behind, so that feeds wait for them."""

    articles: int


@dataclass(frozen=True, slots=True)
class FeedsScreen:
    """What the list shows."""

    page: "Page[Feed]"
    count: int
    failing: int
    paused: int
    may_edit: bool
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class FeedScreen:
    """What the page of a feed shows; its items only to those who read articles."""

    feed: Feed
    may_edit: bool
    items: Sequence[FeedItem]
    counts: dict[str, int]
    progress: Progress
    waiting: Waiting | None

    @property
    def is_looked_at(self) -> bool:
        """Whether a look has ended."""
        return bool(self.feed.found)

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for a look or a poll."""
        return self.progress.is_open


def feeds_for(person: User, number: str, now: datetime) -> FeedsScreen:
    """Gather the list in a fixed number of queries: first what wants a look, then by name."""
    feeds = Feed.objects.seen_by(person).subscribed()
    lately = Count("items", filter=Q(items__state=ItemState.TAKEN, items__looked_at__gte=now - DAY))
    shown = (
        feeds.select_related("outlet", "desk").annotate(lately=lately).order_by("-failures", "-state", "title", "pk")
    )
    counted = feeds.aggregate(
        all=Count("pk"),
        failing=Count("pk", filter=Q(result=PollResult.FAILED, state=FeedState.ACTIVE)),
        paused=Count("pk", filter=Q(state=FeedState.PAUSED)),
    )
    return FeedsScreen(
        Paginator(shown, ON_A_PAGE).get_page(number),
        counted["all"],
        counted["failing"],
        counted["paused"],
        reaches(person, Action.EDIT_FEED),
        waiting_feeds(),
    )


def feed_for(feed: Feed, person: User) -> FeedScreen:
    """Gather the page of a feed in a fixed number of queries."""
    reads = may(person, Action.READ_ARTICLE, feed)
    items = FeedItem.objects.filter(feed=feed).select_related("article").order_by("-seen_at", "-published_at", "-id")
    counts = FeedItem.objects.filter(feed=feed).values_list("state").annotate(Count("pk"))
    job = Job.objects.about("feed", feed.pk).filter(kind__in=(LOOK_AT, POLL)).first()
    return FeedScreen(
        feed,
        may(person, Action.EDIT_FEED, feed),
        list(items[:ITEMS]) if reads else [],
        {str(state): int(count) for state, count in counts},
        describe(job, feed, person),
        waiting_feeds(),
    )


def waiting_feeds() -> Waiting | None:
    """How far workers are behind, where feeds wait for them."""
    return Waiting(articles_behind()) if workers_are_behind() else None


def opml_of(person: User) -> bytes:
    """The feeds of a person's desks as an OPML list, which every reader takes."""
    opml = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(opml, "head"), "title").text = "Feeds"
    body = ET.SubElement(opml, "body")
    for feed in Feed.objects.seen_by(person).subscribed().order_by("title", "pk"):
        said: dict[str, Any] = {
            "type": "rss",
            "text": _plain(str(feed)),
            "title": _plain(str(feed)),
            "xmlUrl": feed.url,
        }
        ET.SubElement(body, "outline", said | ({"htmlUrl": feed.site} if feed.site else {}))
    written: bytes = ET.tostring(opml, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
