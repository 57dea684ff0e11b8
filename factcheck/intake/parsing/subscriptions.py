"""What somebody subscribes to: a feed and what it says of itself, the feeds that a page names, or a list of feeds."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from lxml import etree, html

from factcheck.intake.parsing import feeds
from factcheck.intake.parsing.checks import refuse_crowded
from factcheck.intake.parsing.decoding import bare, decode
from factcheck.intake.parsing.documents import Document, FeedHead, ListedFeed, UnfitFile
from factcheck.intake.wording import worded

MOST_LINKS, MOST_LISTED = 20, 2_000
LONGEST, LONGEST_TITLE = 2000, 160
MOST_MINUTES: Final = 7 * 24 * 60
_KINDS: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS: Final = {"hourly": 60, "daily": 24 * 60, "weekly": MOST_MINUTES, "monthly": MOST_MINUTES}
_NO_LIST: Final = worded("This is no OPML list. Export one from your reader and give that file.")
_SAMPLE: Final = (
    b'<html><head><link rel="alternate" type="application/rss+xml" href="/a"></head><body><p>x</p></body></html>'
)


def warm_up() -> None:
    """Load what looking loads."""
    feeds.warm_up()
    _links(_SAMPLE, "https://news.example/", "")
    list(read_list(b"<opml version='2.0'><body><outline xmlUrl='https://news.example/a'/></body></opml>"))


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The items of a feed; none of a page."""
    if not _is_page(content):
        yield from feeds.parse(content, told)


def look(content: bytes, told: dict[str, str]) -> FeedHead:
    """What it is.

    Raises:
        UnfitFile: it is no feed, and no page that names one.
    """
    if _is_page(content):
        links = _links(content, told["url"], told["charset"])
        if not links:
            raise UnfitFile(worded("This page names no feed. Look on the site for “RSS” and give that address."))
        return FeedHead(is_feed=False, links=links)
    if bare(content)[:1] in (b"{", b"["):
        feed = feeds.read_json(decode(content, told["charset"]))
        return FeedHead(
            title=_line(feed.get("title")), site=_web(feed.get("home_page_url")), language=_line(feed.get("language"))
        )
    return _head(feeds.read_xml(content, told["charset"], told["url"]).feed)


def read_list(content: bytes) -> Iterator[ListedFeed]:
    """The feeds of an OPML list, each address once.

    Raises:
        UnfitFile: it is none, or brings a grammar of its own.
    """
    found: dict[str, str] = {}
    for outline in _outlines(content):
        said = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        if url := _web(said.get("xmlurl")):
            found.setdefault(url, _line(said.get("title") or said.get("text"))[:LONGEST_TITLE])
    if not found:
        raise UnfitFile(_NO_LIST)
    yield from (ListedFeed(url, title) for url, title in list(found.items())[:MOST_LISTED])


def _outlines(content: bytes) -> list[Any]:
    plain = content.replace(b"\x00", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnfitFile(worded("This list brings a grammar of its own, which is not read. Export one without."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return list(etree.fromstring(content, parser).iter("outline"))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnfitFile(_NO_LIST) from error


def _head(feed: Any) -> FeedHead:
    return FeedHead(
        title=_line(feed.get("title")),
        site=_web(feed.get("link")),
        language=_line(feed.get("language")),
        every=_every(feed),
        quiet_hours=_hours(feed.get("skiphours")),
        quiet_days=_days(feed.get("skipdays")),
    )


def _every(feed: Any) -> int:
    """The minutes for which a feed asks to be left alone: its `ttl`, or its period of syndication."""
    period = _PERIODS.get(_line(feed.get("sy_updateperiod")).lower(), 0)
    often = max(_whole(feed.get("sy_updatefrequency")), 1)
    return min(_whole(feed.get("ttl")) or period // often, MOST_MINUTES)


def _hours(said: Any) -> tuple[int, ...]:
    hours = sorted({_whole(word) % 24 for word in _words(said) if word.isdecimal() and word.isascii()})
    return tuple(hours) if len(hours) < 24 else ()  # noqa: PLR2004 -- all of a day: then it would never be read


def _days(said: Any) -> tuple[str, ...]:
    days = {word.lower() for word in _words(said)}
    return tuple(day for day in _DAYS if day in days) if len(days.intersection(_DAYS)) < len(_DAYS) else ()


def _words(said: Any) -> list[str]:
    return str(said).replace(",", " ").split()[:100] if isinstance(said, str) else []


def _whole(said: Any) -> int:
    word = str(said or "").strip()[:9]
    return int(word) if word.isdecimal() and word.isascii() else 0


def _is_page(content: bytes) -> bool:
    """Whether it is HTML, whatever the server calls it: half the world's feeds are sent as something else."""
    begin = bare(content).lower()
    if begin.startswith((b"<!doctype html", b"<html")):
        return True
    return begin.startswith(b"<?xml") and b"<html" in begin and b"<rss" not in begin and b"<feed" not in begin


def _links(content: bytes, url: str, charset: str) -> tuple[tuple[str, str], ...]:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    page = decode(content, charset).replace("\x00", "").encode("utf-8", "replace")
    refuse_crowded(page)
    tree = html.document_fromstring(page, parser=parser)
    found: dict[str, str] = {}
    for link in tree.iter("link"):
        kind, rel = (link.get("type") or "").strip().lower(), (link.get("rel") or "").lower().split()
        if kind in _KINDS and "alternate" in rel and (there := _joined(url, link.get("href"))):
            found.setdefault(there, _line(link.get("title")))
    return tuple(list(found.items())[:MOST_LINKS])


def _joined(url: str, href: str | None) -> str:
    try:
        return _web(urljoin(url, (href or "").strip())) if href else ""
    except ValueError:
        return ""


def _line(value: Any) -> str:
    return " ".join(str(value).split())[:300] if isinstance(value, str | int) else ""


def _web(value: Any) -> str:
    link = value.strip() if isinstance(value, str) else ""
    return link if link.lower().startswith(("https://", "http://")) and len(link) <= LONGEST else ""
