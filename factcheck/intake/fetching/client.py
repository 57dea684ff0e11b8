"""The one outbound client. It keeps nothing between two fetches: no cookies, no proxies, no connections."""

import re
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Final

import httpcore2

from factcheck.intake.fetching.errors import (
    BadStatus,
    BrokenAnswer,
    FetchRefused,
    TooLarge,
    TooManyRedirects,
    UnfitKind,
)
from factcheck.intake.fetching.locations import Location, follow, read_location
from factcheck.intake.fetching.unpacking import Unpacked, read_encoding
from factcheck.intake.fetching.wire import Clock, Gate, Resolve, Wire, resolve_name
from factcheck.intake.wording import worded

USER_AGENT: Final = "Factcheck/0.1 (a newsroom's fact-checking workbench; fetches what its editors ask for)"
PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
FEEDS: Final = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"}
)
# As servers that know no better send feeds and robots.txt; only where one of them was asked for.
ANYHOW: Final = frozenset(
    {
        *("", "application/octet-stream", "binary/octet-stream", "text/json", "text/rss+xml", "text/atom+xml"),
        *("application/x-rss+xml", "application/rss", "application/atom", "text/rss", "text/x-opml", "text/x-robots"),
    }
)
DOCUMENTS: Final = frozenset(
    {
        *("text/plain", "text/vtt", "text/markdown", "application/x-subrip", "application/pdf", "message/rfc822"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
KINDS: Final = PAGES | FEEDS | DOCUMENTS | {"application/feed+json", "application/json"}
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})
LONGEST_WAIT: Final = 999_999  # seconds that a server may ask us to stay away
HEAD: Final = 64 * 1024  # of a page, in which it may send elsewhere
BEGINNING: Final = 2_000  # bytes of what is answered to what was sent
MOST_HEADERS: Final = 500
SOON: Final = 10  # seconds: a page that reloads later than this is one to read
_REFRESH: Final = re.compile(
    rb"<meta\s[^<>]{0,300}?http-equiv\s{0,9}=\s{0,9}[\"']?refresh[^<>]{0,3000}>", re.IGNORECASE
)
_FRESH: Final = re.compile(r"max-age=(\d{1,9})", re.ASCII)
_CONTENT: Final = re.compile(rb"content\s{0,9}=\s{0,9}(?:\"([^\"<>]{0,2100})\"|'([^'<>]{0,2100})')", re.IGNORECASE)
_LEADS: Final = re.compile(
    r"\s{0,9}(\d{0,6})(?:\.\d{0,6})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?[\"']?([^\"']{1,2000})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a fetch goes (reliability rule 15)."""

    connect_seconds: float = 5
    seconds: float = 20
    size: int = 5 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: from where in the end, as what, and the headers that ask for less next time.

    `moved_to` is where the address has moved for good, if it has; `fresh_for` the seconds for which it stays as it is.
    """

    url: str
    status: int
    kind: str
    charset: str
    body: bytes
    etag: str = ""
    modified: str = ""
    moved_to: str = ""
    fresh_for: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether the server said that nothing changed since the headers that it was shown."""
        return self.status == HTTPStatus.NOT_MODIFIED


Enter = Callable[[Location, Clock], None]


def _anywhere(location: Location, clock: Clock) -> None:
    """Nobody is asked."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to what was sent: a status, when to come again, and how the answer begins."""

    status: int
    retry_after: str
    begins: bytes


@dataclass(frozen=True, slots=True)
class Client:
    """Fetches with these limits, through this gate; `enter` is asked before each server and may refuse to go there."""

    gate: Gate = field(default_factory=Gate)
    limits: Limits = field(default_factory=Limits)
    kinds: frozenset[str] = KINDS
    resolve: Resolve = resolve_name
    trust: ssl.SSLContext | None = None
    enter: Enter = _anywhere

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch a page or document, wherever it leads; `headers` may ask for it only if it changed.

        Raises:
            FetchRefused: by what name, its subclasses say; the message says what to do instead.
        """
        clock, location = Clock(self.limits.seconds), read_location(url)
        moved_to, stays = "", True
        for _ in range(self.limits.redirects + 1):
            self.enter(location, clock)
            fetched, leads_to = self._ask(location, clock, headers or {})
            if leads_to is None:
                return replace(fetched, moved_to=moved_to)
            location, stays = leads_to, stays and fetched.status in PERMANENT
            moved_to = str(location) if stays else moved_to
        raise TooManyRedirects

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Post these very bytes to an address, and give what it answered; wherever it leads, nobody follows.

        Once there is a status it is the answer, whatever becomes of the rest.

        Raises:
            FetchRefused: there was no answer, or the address is not one to send to; its subclasses say which.
        """
        clock, location = Clock(self.limits.seconds), read_location(url)
        wire = Wire(self.gate, clock, self.resolve, self.limits.connect_seconds)
        asked = _request(location, {**headers, "Content-Length": str(len(body))}, body)
        try:
            with httpcore2.ConnectionPool(ssl_context=self.trust or _trust(), network_backend=wire) as pool:
                response = pool.handle_request(asked)
                try:
                    return _answered(response)
                finally:
                    response.close()
        except (httpcore2.ProtocolError, httpcore2.NetworkError) as error:
            raise BrokenAnswer from error

    def _ask(self, location: Location, clock: Clock, headers: Mapping[str, str]) -> tuple[Fetched, Location | None]:
        wire = Wire(self.gate, clock, self.resolve, self.limits.connect_seconds)
        try:
            with httpcore2.ConnectionPool(ssl_context=self.trust or _trust(), network_backend=wire) as pool:
                response = pool.handle_request(_request(location, headers))
                try:
                    return self._read(location, response)
                finally:
                    response.close()
        except (httpcore2.ProtocolError, httpcore2.NetworkError) as error:
            raise BrokenAnswer from error

    def _read(self, location: Location, response: httpcore2.Response) -> tuple[Fetched, Location | None]:
        said = _said(response)
        if response.status in REDIRECTS and said.get("location"):
            return _nothing(location, response.status, said), follow(location, said["location"])
        if response.status == HTTPStatus.NOT_MODIFIED:
            return _nothing(location, response.status, said), None
        if response.status != HTTPStatus.OK:
            raise BadStatus(response.status, _seconds(said.get("retry-after", "")))
        leads_to = _led_to(location, said.get("refresh", ""))
        if leads_to is not None:
            return _nothing(location, response.status, said), leads_to
        fetched = self._take(location, response, said)
        return fetched, (_refreshed_to(location, fetched.body) if fetched.kind in PAGES else None)

    def _take(self, location: Location, response: httpcore2.Response, said: Mapping[str, str]) -> Fetched:
        kind, charset = read_kind(said.get("content-type", ""))
        if kind not in self.kinds:
            raise UnfitKind(
                worded(
                    "This address gives {kind}, which is no page, text or document.", kind=kind or "something unnamed"
                )
            )
        if (length := said.get("content-length", "")).isdecimal() and int(length[:20]) > self.limits.size:
            raise TooLarge
        unpacked = Unpacked(read_encoding(said.get("content-encoding", "")), self.limits.size)
        for chunk in response.iter_stream():
            unpacked.take(chunk)
        body = unpacked.finish()
        return replace(_nothing(location, response.status, said), kind=kind, charset=charset, body=body)


def _said(response: httpcore2.Response) -> dict[str, str]:
    if len(response.headers) > MOST_HEADERS:
        raise BrokenAnswer
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def read_kind(header: str) -> tuple[str, str]:
    """The media type and the charset of a Content-Type."""
    kind, _, rest = header.partition(";")
    found = re.search(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", rest, re.IGNORECASE | re.ASCII)
    return kind.strip().lower()[:100], found[1].lower() if found else ""


def _request(location: Location, headers: Mapping[str, str], body: bytes | None = None) -> httpcore2.Request:
    url = httpcore2.URL(
        scheme=location.scheme.encode(),
        host=location.host.encode(),
        port=location.port,
        target=location.target.encode("ascii"),
    )
    asked: dict[bytes | str, bytes | str] = {
        "Host": location.authority,
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.8,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    asked.update(dict(headers.items()))
    return httpcore2.Request("GET" if body is None else "POST", url, headers=asked, content=body)


def _answered(response: httpcore2.Response) -> Answered:
    said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    begins = bytearray()
    with suppress(FetchRefused, httpcore2.ProtocolError, httpcore2.NetworkError):
        for chunk in response.iter_stream():
            begins += chunk[: BEGINNING - len(begins)]
            if len(begins) >= BEGINNING:
                break
    return Answered(response.status, said.get("retry-after", "")[:100], bytes(begins))


def _nothing(location: Location, status: int, said: Mapping[str, str]) -> Fetched:
    etag, modified = said.get("etag", "")[:300], said.get("last-modified", "")[:100]
    fresh = _FRESH.search(said.get("cache-control", "")[:300])
    return Fetched(
        str(location), status, "", "", b"", etag, modified, fresh_for=min(int(fresh[1]), LONGEST_WAIT) if fresh else 0
    )


def _refreshed_to(location: Location, body: bytes) -> Location | None:
    """Where a page sends its readers at once."""
    tag = _REFRESH.search(body[:HEAD])
    content = _CONTENT.search(tag[0]) if tag else None
    return _led_to(location, (content[1] or content[2] or b"").decode("utf-8", "replace")) if content else None


def _led_to(location: Location, refresh: str) -> Location | None:
    found = _LEADS.match(refresh.replace("&amp;", "&"))
    if not found or int(found[1] or 0) > SOON:
        return None
    there = follow(location, found[2])
    return None if there == location else there


def _seconds(header: str) -> int | None:
    """The seconds of a Retry-After, which names them or a time."""
    said = header.strip()[:40]
    if said.isdecimal() and said.isascii():
        return min(int(said[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    left = ((until if until.tzinfo else until.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds()
    return min(max(int(left), 0), LONGEST_WAIT)


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


__all__ = ["Answered", "Client", "FetchRefused", "Fetched", "Gate", "Limits"]
