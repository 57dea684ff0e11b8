"""A feed (RSS, Atom, JSON Feed): one document for each of its items."""

import hashlib
import io
import json
import re
from calendar import timegm
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import feedparser
from lxml import html

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.pages import blocks
from factcheck.intake.wording import worded

MOST_ITEMS: Final = 500
LONGEST, LONGEST_KEY = 2000, 300
NO_FEED = worded("This is no feed. Give the address of its RSS, Atom or JSON Feed.")


# A DOCTYPE that only points to a grammar elsewhere, as feeds of 1999 have it: taken out, never fetched.
_OUTSIDE: Final = re.compile(rb"<!DOCTYPE\s[^\[\]<>]{0,500}>")


def warm_up() -> None:
    """Load what reading a feed loads."""
    feedparser.parse(io.BytesIO(b"<rss version='2.0'><channel><item><title>x</title></item></channel></rss>"))
    list(_text("<p>Words.</p>"))


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The items of a feed, the first 500.

    Raises:
        UnfitFile: it is no feed, or its XML brings a grammar or entities of its own.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        yield from _json_items(decode(content, told["charset"]))
        return
    read = read_xml(content, told["url"])
    outlet = _line(read.feed.get("title"))
    for entry in _newest(read.entries):
        yield _item(entry, outlet, _line(read.feed.get("language")))


def read_xml(content: bytes, url: str) -> Any:
    """What feedparser makes of it.

    Raises:
        UnfitFile: it is no feed, or its XML brings a grammar or entities of its own.
    """
    content = _OUTSIDE.sub(b"", content, count=1)
    bare = content.replace(b"\x00", b"")
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise UnfitFile(
            worded("This feed brings a grammar of its own, which is not read. Ask for one without a DOCTYPE.")
        )
    headers = {"content-type": "application/xml", **({"content-location": url} if url else {})}
    read = feedparser.parse(io.BytesIO(content), response_headers=headers)
    if not read.get("version") and not read.entries:
        raise UnfitFile(NO_FEED)
    return read


def _newest(entries: Sequence[Any]) -> Sequence[Any]:
    """The first 500; of more, the newest 500, wherever they stand."""
    if len(entries) <= MOST_ITEMS:
        return entries
    by_age = sorted(range(len(entries)), key=lambda at: _moment(entries[at].get("published_parsed")), reverse=True)
    return [entries[at] for at in sorted(by_age[:MOST_ITEMS])]


def _item(entry: Any, outlet: str, language: str) -> Document:
    contents = [str(one.get("value", "")) for one in entry.get("content", [])]
    kept, left_out = part(_text(max([*contents, str(entry.get("summary", ""))], key=len)))
    return Document(
        title=_line(next(_text(str(entry.get("title", ""))), ""))[:300],
        paragraphs=kept,
        left_out=left_out,
        byline=_line(entry.get("author")),
        outlet=outlet,
        published=_moment(entry.get("published_parsed")),
        modified=_moment(entry.get("updated_parsed")),
        language=language.split("-", maxsplit=1)[0].lower()[:8],
        url=_web(entry.get("link")),
        key=_key(entry.get("id")) or _web(entry.get("link")),
    )


def _json_items(text: str) -> Iterator[Document]:
    feed = read_json(text)
    rows = feed.get("items")
    for row in rows[:MOST_ITEMS] if isinstance(rows, list) else []:
        if isinstance(row, dict):
            yield _json_item(row, feed)


def read_json(text: str) -> dict[str, Any]:
    """A JSON Feed.

    Raises:
        UnfitFile: it is none.
    """
    try:
        feed = json.loads(text)
    except ValueError as error:
        raise UnfitFile(NO_FEED) from error
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith("https://jsonfeed.org/"):
        raise UnfitFile(NO_FEED)
    return feed


def _json_item(row: dict[str, Any], feed: dict[str, Any]) -> Document:
    kept, left_out = part(_json_text(row))
    return Document(
        title=_line(row.get("title")),
        paragraphs=kept,
        left_out=left_out,
        byline=_json_author(row),
        outlet=_line(feed.get("title")),
        published=_line(row.get("date_published"))[:40],
        modified=_line(row.get("date_modified"))[:40],
        language=_line(row.get("language") or feed.get("language")).split("-", maxsplit=1)[0][:8],
        url=_web(row.get("url")),
        key=_key(row.get("id")),
    )


def _json_text(row: dict[str, Any]) -> Iterator[str]:
    markup = row.get("content_html")
    if isinstance(markup, str) and markup:
        return _text(markup)
    return iter(str(row.get("content_text") or row.get("summary") or "").split("\n"))


def _json_author(row: dict[str, Any]) -> str:
    several = row.get("authors")
    authors = [row.get("author"), *(several if isinstance(several, list) else [])]
    return next((_line(one.get("name")) for one in authors if isinstance(one, dict)), "")


def _text(markup: str) -> Iterator[str]:
    if "<" not in markup and "&" not in markup:
        yield from markup.split("\n")
    elif markup.strip():
        yield from blocks(html.fragment_fromstring(markup.replace("\x00", ""), create_parent="div"))


def _line(value: Any) -> str:
    return " ".join(str(value).split())[:300] if isinstance(value, str | int) else ""


def _key(value: Any) -> str:
    """What tells an item from others, whole or by its hash."""
    key = " ".join(str(value).split()) if isinstance(value, str | int) else ""
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _web(value: Any) -> str:
    """A link, if it leads to the web: feeds also carry `javascript:` ones."""
    link = value.strip() if isinstance(value, str) else ""
    return link if link.lower().startswith(("https://", "http://")) and len(link) <= LONGEST else ""


def _moment(parsed: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else ""
    except (ValueError, OverflowError, TypeError, OSError):
        return ""
