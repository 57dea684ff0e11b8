"""Which items of a poll are known, new, or read otherwise than before: whatever changes in guid, link or title."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from factcheck.corpus.models import Feed, FeedItem, ItemState
from factcheck.corpus.services.retrieving import read_moment
from factcheck.intake.fetching.client import FetchRefused
from factcheck.intake.fetching.locations import same_page_key
from factcheck.intake.parsing.documents import Document

TEASER: Final = 150  # words: an item with fewer is a teaser, and its page is the article
TOLD_APART: Final = 25  # words that two items do not have alike by chance
AGAIN: Final = timedelta(hours=1)  # a page is looked at again for a new date alone at most so often
LATE: Final = timedelta(days=1)  # so much older than the subscription may an item be that comes after it
EDITED: Final = [
    "guid",
    "page_key",
    "twin",
    "url",
    "title",
    "published_at",
    "digest",
    "document",
    "state",
    "edits",
    "tries",
]


@dataclass(slots=True)
class Sorted:
    """What a poll brought."""

    new: list[FeedItem] = field(default_factory=list)
    changed: list[FeedItem] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How many new ones shall become articles."""
        return sum(item.state == ItemState.WAITING for item in self.new)

    @property
    def edited(self) -> int:
        """How many known ones read otherwise."""
        return sum(item.state == ItemState.WAITING for item in self.changed)


@dataclass(frozen=True, slots=True)
class _Given:
    """An item as it came, and by what it may be known."""

    document: Document
    guid: str
    page_key: str | None
    twin: str
    published_at: datetime | None
    digest: str


def sort_items(feed: Feed, documents: Sequence[Document], now: datetime) -> Sorted:
    """Tell the items of a poll apart. Part of the change that stores them; writes nothing itself."""
    given = _read(documents)
    known = _Known(feed, given)
    found, seen = Sorted(), set[FeedItem]()
    for place, one in enumerate(given):
        item = known.find(one)
        if item in seen:
            continue  # it stands there twice: the first, which is the newest, holds
        if item is None:
            item = _new(feed, one, place, now)
            found.new.append(item)
        elif _take_over(feed, item, one, known, now):
            found.changed.append(item)
        seen.add(item)
        known.add(item)
    return found


def is_teaser(document: Document) -> bool:
    """Whether an item has too few words to be the article."""
    return len(document.text.split()) < TEASER


class _Known:
    """The items of a feed that may be among the given, by each of what they may be known by."""

    def __init__(self, feed: Feed, given: Sequence[_Given]) -> None:
        self.guids: dict[str, FeedItem] = {}
        self.pages: dict[str, FeedItem] = {}
        self.twins: dict[str, FeedItem] = {}
        asked = Q(guid__in={one.guid for one in given}) | Q(
            page_key__in={one.page_key for one in given if one.page_key}
        )
        asked |= Q(twin__in={one.twin for one in given if one.twin})
        for item in FeedItem.objects.filter(asked, feed=feed).order_by("-seen_at"):
            self.add(item)

    def add(self, item: FeedItem) -> None:
        self.guids[item.guid] = item
        if item.page_key:
            self.pages[item.page_key] = item
        if item.twin:
            self.twins[item.twin] = item

    def find(self, one: _Given) -> FeedItem | None:
        by_page = self.pages.get(one.page_key) if one.page_key else None
        return self.guids.get(one.guid) or by_page or (self.twins.get(one.twin) if one.twin else None)


def _read(documents: Sequence[Document]) -> list[_Given]:
    keys = [_page_key(document.url) for document in documents]
    often = Counter(key for key in keys if key)
    # A link that several items share leads to no one article: it tells none of them.
    return [
        _given(document, key if often[key or ""] == 1 else None) for document, key in zip(documents, keys, strict=True)
    ]


def _given(document: Document, page_key: str | None) -> _Given:
    published = read_moment(document.published)
    title = " ".join(document.title.casefold().split())
    said = (document.title, *document.paragraphs)
    by_text = _hash(*said) if len(document.text.split()) >= TOLD_APART else ""
    twin = _hash(title, published.isoformat()) if title and published else by_text
    guid = document.key or page_key or _hash(*said)
    changed = document.modified if is_teaser(document) else ""
    return _Given(document, guid, page_key, twin, published, f"{_hash(*said)[:40]}{_hash(changed)[:24]}")


def _new(feed: Feed, one: _Given, place: int, now: datetime) -> FeedItem:
    takes = _is_new(feed, one.published_at, place)
    return FeedItem(
        feed=feed,
        seen_at=now,
        state=ItemState.WAITING if takes else ItemState.OLDER,
        document=_kept(one.document) if takes else None,
        **_shown(one),
    )


def _is_new(feed: Feed, published: datetime | None, place: int) -> bool:
    """Whether an item not seen before is newer than the subscription, or of the few older ones that are wanted."""
    since = feed.subscribed_at or feed.asked_at
    if not feed.body_sha256:  # the first that it gave
        return place < feed.backlog or (published is not None and published > since)
    return published is None or published > since - LATE


def _take_over(feed: Feed, item: FeedItem, one: _Given, known: _Known, now: datetime) -> bool:
    """Take over what an item says now; whether anything of it is to be stored."""
    before = _values(item)
    reads_otherwise = item.state != ItemState.OLDER and _reads_otherwise(item, one.digest, now)
    kept = _others(item, one, known) | (set() if reads_otherwise else {"digest"})
    said = _shown(one)
    for name in said.keys() - kept:
        setattr(item, name, said[name])
    if reads_otherwise:
        item.document, item.edits, item.tries = _kept(one.document), item.edits + 1, 0
        item.state = item.state if item.state == ItemState.QUEUED else ItemState.WAITING
    return before != _values(item)


def _values(item: FeedItem) -> list[Any]:
    return [getattr(item, name) for name in EDITED]


def _others(item: FeedItem, one: _Given, known: _Known) -> set[str]:
    """By what an item would be known if another were not known by it already."""
    taken = {"guid"} if known.guids.get(one.guid, item) is not item else set()
    is_others = one.page_key is not None and known.pages.get(one.page_key, item) is not item
    return taken | ({"page_key"} if is_others else set())


def _reads_otherwise(item: FeedItem, digest: str, now: datetime) -> bool:
    if item.digest[:40] != digest[:40]:
        return True
    is_early = item.looked_at is not None and now - item.looked_at < AGAIN
    return item.digest != digest and not is_early


def _shown(one: _Given) -> dict[str, Any]:
    return {
        "guid": one.guid[:300],
        "page_key": one.page_key,
        "twin": one.twin,
        "url": one.document.url[:2000],
        "title": one.document.title[:300],
        "published_at": one.published_at,
        "digest": one.digest,
    }


def _kept(document: Document) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(document).items()}


def kept_document(item: FeedItem) -> Document:
    """What an item said when it came."""
    kept: dict[str, Any] = item.document or {"title": item.title, "url": item.url}
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    return Document(**said)


def _page_key(url: str) -> str | None:
    with suppress(FetchRefused):
        return hashlib.sha256(same_page_key(url).encode()).hexdigest() if url else None
    return None


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode("utf-8", "replace")).hexdigest()
