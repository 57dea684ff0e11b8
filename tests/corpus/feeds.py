"""Feeds for the tests: servers that play one, and items of our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from factcheck.corpus.models import Feed, Site
from factcheck.corpus.services.feeds import Wanted, add_feed
from factcheck.corpus.services.polling import feed_client
from factcheck.intake.fetching.client import Client
from factcheck.intake.parsing.documents import Document
from tests.factories import run_open_jobs
from tests.intake.fetching.serving import Served, page, serving
from tests.people import People

NOT_FOUND = page(b"", status="404 Not Found")
WORDS = "The council of Orla said on Monday that the bridge will open in May. " * 14


def rss(*items: tuple[str, str, str], channel: str = "", text: str = WORDS) -> bytes:
    """A feed of items as (guid, link, title), all of today."""
    today = timezone.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
    rows = "".join(
        f"<item><guid>{guid}</guid><link>{link}</link><title>{title}</title><pubDate>{today}</pubDate>"
        f"<description>{title}. {text}</description></item>"
        for guid, link, title in items
    )
    return f"<rss version='2.0'><channel><title>The Daily</title>{channel}{rows}</channel></rss>".encode()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A server's answer with a feed."""
    return page(body, *headers, status=status, kind="application/rss+xml")


def document(key: str = "1", url: str = "https://daily.example/1", title: str = "Bridge", **more: Any) -> Document:
    """An item as parsing gives it."""
    words = more.pop("text", WORDS)
    return Document(key=key, url=url, title=title, paragraphs=(words,), **more)


@dataclass
class Server:
    """A server with a feed at `/feed`, which a desk subscribes to."""

    served: Served
    pages: dict[str, bytes]
    feed: Feed
    people: People
    clients: list[Client] = field(default_factory=list)

    def poll(self) -> Feed:
        """Poll the feed, and do all work that follows."""
        from factcheck.corpus.services.feeds import poll_now

        poll_now(self.feed, self.people.lea, timezone.now())
        run_open_jobs()
        self.feed.refresh_from_db()
        return self.feed

    def asked(self, path: str) -> list[bytes]:
        """The requests for a path."""
        return [asked for asked in self.served.asked if asked.startswith(f"GET {path} ".encode())]


@contextmanager
def subscribed(
    people: People, monkeypatch: pytest.MonkeyPatch, pages: dict[str, bytes], **wanted: Any
) -> Iterator[Server]:
    """A desk that subscribes to a feed of a server on this machine; nothing is polled yet."""
    pages.setdefault("/robots.txt", NOT_FOUND)
    with serving(pages) as served:
        let_through(monkeypatch, served)
        feed = add_feed(served.url("/feed"), Wanted(**wanted), people.desk, people.lea, timezone.now())
        yield Server(served, pages, feed, people)


def let_through(monkeypatch: pytest.MonkeyPatch, served: Served) -> None:
    """Let the workers' clients reach this server, and start from no pace of an earlier one."""
    Site.objects.all().delete()
    kinds = feed_client().kinds
    client = served.client()
    for_feeds = Client(client.gate, client.limits, kinds)
    monkeypatch.setattr("factcheck.corpus.services.polling.feed_client", lambda: for_feeds)
    monkeypatch.setattr("factcheck.corpus.services.taking_items.Client", lambda: client)
    monkeypatch.setattr("factcheck.corpus.services.retrieving.Client", lambda: client)
