"""Run by itself: lead the client to every forbidden address through every door, and count where it connects.

Prints one JSON line. The oracle is an audit hook of this process, which sees every `connect` and lets none out.
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from factcheck.intake.fetching.client import Client, FetchRefused, Limits
from factcheck.intake.fetching.wire import Gate
from factcheck.intake.parsing import feeds, pages
from tests.intake.fetching.addresses import hosts, names

PORT = 8161
DOORS = ("301", "302", "303", "307", "308", "refresh", "meta")
forbidden: list[Any] = []


def oracle(event: str, arguments: tuple[Any, ...]) -> None:
    """Count every connect that is not to our own server, and let none of them out."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][:2] != ("127.0.0.1", PORT):
        forbidden.append(arguments[1])
        raise ConnectionRefusedError


def bodies(there: str) -> dict[str, bytes]:
    """What leads there by its words: a page that sends on, a feed with all that it may name, a page of another name."""
    link = escape(there, quote=True)
    item = (
        f"<item><title>x</title><guid>{link}</guid><link>{link}</link><enclosure url='{link}' type='text/html'/></item>"
    )
    head = f"<link rel='canonical' href='{link}'><meta property='og:url' content='{link}'><base href='{link}'>"
    return {
        "meta": f'<html><head><meta http-equiv="refresh" content="0; url={there}"></head></html>'.encode(),
        "feed": f"<rss version='2.0'><channel><title>x</title><link>{link}</link>{item}</channel></rss>".encode(),
        "canonical": f"<html><head>{head}</head><body><p>{'Words. ' * 80}</p></body></html>".encode(),
    }


class Leading(BaseHTTPRequestHandler):
    """Sends whoever asks to where the query says, through the door that the path names."""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        there, door = parse_qs(asked.query)["to"][0], asked.path.strip("/")
        body = bodies(there).get(door, bodies(there)["meta"])
        self.send_response(int(door) if door.isdecimal() else 200)
        self.send_header("Content-Type", "application/rss+xml" if door == "feed" else "text/html")
        if door.isdecimal():
            self.send_header("Location", there.encode().decode("latin-1"))
        if door == "refresh":
            self.send_header("Refresh", f"0; url={there}".encode().decode("latin-1"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if door in bodies(there) else b" " * len(body))

    do_POST = do_GET  # noqa: N815 -- the server's own names

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def cases(zone: dict[str, list[str]]) -> Iterator[str]:
    """Every address to fetch: straight, by a name, and through a server that is let through."""
    direct = [f"http://{host}/" for host in (*hosts(), *zone)]
    yield from direct
    yield from (f"https://{host}/latest/meta-data/" for host in hosts()[::4])
    for port in (22, 25, 3306, 6379, 8080, 11211):
        yield f"http://1.1.1.1:{port}/"
    for number, there in enumerate(direct):
        if there.isascii():
            yield f"http://127.0.0.1:{PORT}/{DOORS[number % len(DOORS)]}?to={there}"
    for scheme in (
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/_x",
        "ftp://127.0.0.1/",
        "dict://127.0.0.1:11211/",
        "data:,x",
    ):
        yield scheme
        yield f"http://127.0.0.1:{PORT}/302?to={scheme}"
    yield from (
        "http://user:pass@127.0.0.1/",
        "http://1.1.1.1@127.0.0.1/",
        "http://[fe80::1%25lo]/",
        "http://127.0.0.1\\@1.1.1.1/",
    )


def named_by_words(client: Client, zone: dict[str, list[str]]) -> Iterator[str]:
    """What a feed's item and a page's canonical address make us fetch: the links that parsing gives."""
    for there in [f"http://{host}/" for host in (*hosts()[::7], *list(zone)[::7]) if host.isascii()]:
        for door in ("feed", "canonical"):
            url = f"http://127.0.0.1:{PORT}/{door}?to={there}"
            body, told = client.fetch(url).body, {"url": url, "charset": ""}
            documents = feeds.parse(body, told) if door == "feed" else pages.parse(body, told)
            yield from (document.url for document in documents if document.url and document.url != url)


def main(*, vets: bool) -> dict[str, Any]:
    """Fetch all of them."""
    zone = names()
    gate = Gate(exempt=frozenset({("127.0.0.1", PORT)}), vets=vets)
    client = Client(gate, Limits(connect_seconds=1, seconds=5), resolve=lambda host, port: zone[host])
    tried, fetched = 0, list[str]()
    before = len(forbidden)
    for url in named_by_words(client, zone):
        tried += 1
        with suppress(FetchRefused):
            client.fetch(url)
            fetched.append(url)
    for url in cases(zone):
        tried += 1
        with suppress(FetchRefused):
            client.fetch(url)
            fetched.append(url)
    led = len(forbidden)
    for url in cases(zone):  # as the target of a webhook: nobody follows where it leads
        tried += 1
        with suppress(FetchRefused):
            client.send(url, b"{}", {"Content-Type": "application/json"})
            fetched += [] if f":{PORT}/" in url else [url]
    return {"n": tried, "violations": len(forbidden) - before, "sent": len(forbidden) - led, "fetched": fetched}


if __name__ == "__main__":
    sys.addaudithook(oracle)
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Leading)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"test": "forbidden addresses", "on": main(vets=True), "off": main(vets=False)}))
