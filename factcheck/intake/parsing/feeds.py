"""A feed (RSS, Atom, JSON Feed): one document for each of its items."""

import hashlib
import io
import json
import re
from calendar import timegm
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from xml.parsers import expat

import feedparser
from lxml import html

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.checks import refuse_crowded
from factcheck.intake.parsing.decoding import bare, decode
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.pages import DEEPEST
from factcheck.intake.parsing.shaping import blocks, flatten_tables
from factcheck.intake.wording import worded

MOST_ITEMS: Final = 500
LONGEST, LONGEST_KEY = 2000, 300
NO_FEED = worded(
    "This is no feed. Give an RSS, Atom or JSON Feed, or its address; articles as JSON come as .jsonl, one a line."
)


# A DOCTYPE that only points to a grammar elsewhere, as feeds of 1999 have it: taken out, never fetched.
_OUTSIDE: Final = re.compile(r"<!DOCTYPE\s[^\[\]<>]{0,500}>")
_SAYS_CHARSET: Final = re.compile(r"^\s{0,100}<\?xml\s[^<>]{0,300}>")


def warm_up() -> None:
    """Load what reading a feed loads."""
    feedparser.parse(io.BytesIO(b"<rss version='2.0'><channel><item><title>x</title></item></channel></rss>"))
    list(_text("<p>Words.</p>"))


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The items of a feed, the first 500.

    Raises:
        UnfitFile: it is no feed, or its XML brings a grammar or entities of its own.
    """
    if bare(content)[:1] in (b"{", b"["):
        yield from _once(_json_items(decode(content, told["charset"])))
        return
    read = read_xml(content, told["charset"], told["url"])
    outlet = _line(read.feed.get("title"))
    yield from _once(_item(entry, outlet, _line(read.feed.get("language"))) for entry in _newest(read.entries))


def _once(items: Iterable[Document]) -> Iterator[Document]:
    """Each item once: of several by one name the first, which is the newest."""
    seen: set[str] = set()
    for item in items:
        if not item.key or item.key not in seen:
            yield item
        seen.add(item.key)


def read_xml(content: bytes, charset: str, url: str) -> Any:
    """What feedparser makes of it, in the charset in which we read everything else.

    Raises:
        UnfitFile: it is no feed, or its XML brings a grammar or entities of its own.
    """
    text = _SAYS_CHARSET.sub("", decode(content, charset).replace("\x00", ""), count=1)
    content = _OUTSIDE.sub("", text, count=1).encode("utf-8", "replace")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnfitFile(
            worded("This feed brings a grammar of its own, which is not read. Ask for one without a DOCTYPE.")
        )
    refuse_crowded(content)
    refuse_deep(content)
    headers = {"content-type": "application/xml", **({"content-location": url} if url else {})}
    # Its markup is read for its text alone, here: nothing of it is shown as markup.
    read = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    if not read.get("version") and not read.entries:
        raise UnfitFile(NO_FEED)
    return read


def refuse_deep(content: bytes) -> None:
    """Refuse XML that is nested as no feed is, before a parser spends its time on it.

    Raises:
        UnfitFile: it is nested more than 200 deep.
    """
    depth = 0

    def enter(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UnfitFile(worded("This feed is nested more than 200 deep, which no feed is. Ask for another."))

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(content, True)
    except UnfitFile:
        raise
    except (expat.ExpatError, ValueError, LookupError):
        return  # what is not well-formed, others read more leniently


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
        title=_title(str(entry.get("title", ""))),
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


def _title(markup: str) -> str:
    """The words of a title; of one that is nothing but markup the markup itself, as text."""
    return _line(" ".join(_text(markup))) or _line(markup)


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
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        tree = html.fragment_fromstring(markup.replace("\x00", ""), create_parent="div", parser=parser)
        for unread in list(tree.iter("script", "style", "template", "noscript", "iframe", "object", "svg", "math")):
            unread.drop_tree()
        flatten_tables(tree)
        yield from blocks(tree)


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
