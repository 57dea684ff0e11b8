"""A server of feeds that grow from round to round, and do what feeds do: other guids, links, titles, orders."""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PER_ROUND = 2
FILLER = (
    "The council of Orla met on Monday and spoke about the bridge, the tunnel, the ferry and the harbor at length. "
)


@dataclass
class Feeds:
    """What the server gives: so many feeds, in this round; every seventh answer breaks off half-way."""

    count: int
    port: int = 0
    round: int = 1
    answers: int = 0
    breaks: bool = True
    began: float = field(default_factory=lambda: time.time() + 600)

    def url(self, number: int) -> str:
        """Where a feed is."""
        return f"http://feed{number}.example:{self.port}/feed"

    def marks(self) -> set[str]:
        """What every article shall be known by, at the end of this round."""
        return {f"F{feed}I{item}." for feed in range(self.count) for item in range(PER_ROUND * self.round)}

    def body(self, feed: int) -> bytes:
        """A feed as it stands in this round."""
        items = [self._item(feed, number) for number in range(PER_ROUND * self.round)]
        ordered = items if (feed + self.round) % 2 else reversed(items)
        return f"<rss version='2.0'><channel><title>Feed {feed}</title>{''.join(ordered)}</channel></rss>".encode()

    def _item(self, feed: int, number: int) -> str:
        changed = self.round if number < PER_ROUND else 0  # the first change something each round
        way = (feed + self.round) % 3
        guid = f"g{feed}-{number}" + (f"-{changed}" if way == 0 and changed > 1 else "")
        link = f"/a{number}" + (f"?moved={changed}" if way == 1 and changed > 1 else "")
        title = f"F{feed}I{number}. said" + (f" again in round {changed}" if way == 2 and changed > 1 else "")
        day = formatdate(self.began + 60 * number, usegmt=True)  # newer than any subscription
        words = f"Report {feed * 1000 + number}. " + FILLER * 10
        return (
            f"<item><guid isPermaLink='false'>{guid}</guid><link>http://feed{feed}.example:{self.port}{link}</link>"
            f"<title>{title}</title><pubDate>{day}</pubDate><description>{words}</description></item>"
        )


@contextmanager
def serving_feeds(count: int) -> Iterator[Feeds]:
    """Serve them on this machine."""
    feeds = Feeds(count)

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers["Host"].split(".")[0]
            if self.path != "/feed":
                self.send_error(404)
                return
            feeds.answers += 1
            body = feeds.body(int(host.removeprefix("feed")))
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(200)
            for name, value in (("Content-Type", "application/rss+xml"), ("Content-Length", len(body)), ("ETag", etag)):
                self.send_header(name, str(value))
            self.end_headers()
            is_broken = feeds.breaks and feeds.answers % 7 == 0
            self.wfile.write(body[: len(body) // 2] if is_broken else body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    feeds.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield feeds
    finally:
        server.shutdown()
        server.server_close()
