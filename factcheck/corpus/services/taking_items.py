"""An item of a feed becomes an article, or the next revision of the article that it became before."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from factcheck.corpus.errors import ArticleAlreadyHere, UnfitArticle, UnknownOutlet, WrongDate
from factcheck.corpus.models import Article, Feed, FeedItem, ItemState
from factcheck.corpus.services.articles import NewArticle, find_page, take_in_article
from factcheck.corpus.services.manners import honest, polite
from factcheck.corpus.services.matching_items import is_teaser, kept_document
from factcheck.corpus.services.pressure import POLLED, release_items
from factcheck.corpus.services.retrieving import read_moment
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.intake.fetching.client import Client, FetchRefused
from factcheck.intake.fetching.errors import BadStatus
from factcheck.intake.parsing.child import parse_file
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.wording import worded
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import Refusal
from factcheck.ledger.jobs import WorkInHand, finish_job

TRIES: Final = 3
FEWEST: Final = 25  # words of a teaser that are worth reading where its page cannot be had
BARRED: Final = worded("Its page shows less than the feed says of it: a barrier, perhaps. Look at it yourself.")
_SERVER: Final = 500
_TOO_OFTEN: Final = 429


def take_item(hand: WorkInHand, client: Client | None = None) -> None:
    """Take an item in: its own text where it has all of it, else that of its page.

    Safe to call again: an article that is there already is found by its text or its address.

    Raises:
        TooEarly: others fetch from its site.
        JobCancelled, LeaseLost: the work shall stop.
    """
    item = FeedItem.objects.select_related("feed__desk", "feed__outlet", "article").get(pk=hand.job.parameters["item"])
    hand.progress("fetching", 0.2)
    became: dict[str, object]
    try:
        article = _take(item, client or Client(), hand.now())
        became = {"article": article, "state": ItemState.TAKEN, "reason": "", "tries": 0}
    except (FetchRefused, UnfitFile, UnfitArticle) as reason:
        is_last = item.tries + 1 >= TRIES or not _may_pass(reason)
        end = ItemState.TAKEN if item.article_id else ItemState.REFUSED
        became = {"state": end if is_last else ItemState.WAITING, "reason": str(reason)[:500], "tries": item.tries + 1}
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        _note(item, became, change.now)
        release_items(change)


def _note(item: FeedItem, became: dict[str, object], now: datetime) -> None:
    """Write what became of an item; where it reads otherwise again by now, it waits again."""
    same = FeedItem.objects.filter(pk=item.pk, digest=item.digest)
    ended = {"looked_at": now} | ({} if became["state"] == ItemState.WAITING else {"document": None})
    if not same.update(**became, **ended):
        again = {**became, "state": ItemState.WAITING, "tries": 0, "looked_at": now}
        FeedItem.objects.filter(pk=item.pk).update(**again)


def _take(item: FeedItem, client: Client, now: datetime) -> Article:
    there = find_page(item.feed.desk, item.url) if item.url and item.article is None else None
    if there is not None:
        return there  # it came through another door: nothing is fetched
    document = _read(item, client)
    if item.article is not None:
        _revise(item.article, document, now)
        return item.article
    return _add(item, document, now)


def _read(item: FeedItem, client: Client) -> Document:
    """The document of an item: from the feed where it stands there, else from its page, else what there is of it."""
    own = kept_document(item)
    if not (item.feed.reads_pages and item.url and is_teaser(own)):
        return own
    try:
        page = _page(item, client)
    except (FetchRefused, UnfitFile) as reason:
        if _does_without(item, own, reason):
            return own
        raise
    if _words(page) >= _words(own):
        return _completed(page, own)
    if item.article is not None:  # its text is not given up for what stands before it
        raise UnfitFile(BARRED)
    return own


def _does_without(item: FeedItem, own: Document, reason: Exception) -> bool:
    """Whether the lines of the feed have to do: its page has no text, or could not be had for long enough."""
    is_over = isinstance(reason, UnfitFile) or item.tries + 1 >= TRIES
    return is_over and item.article is None and _words(own) >= FEWEST


def _page(item: FeedItem, client: Client) -> Document:
    fetched = polite(client, against_robots=item.feed.against_robots).fetch(item.url, honest())
    return parse_file("", fetched.body, fetched.kind, fetched.charset, fetched.url)[0]


def _words(document: Document) -> int:
    return len(document.text.split())


def _completed(page: Document, own: Document) -> Document:
    """What a page says, and where it says nothing, what the feed does."""
    names = ("title", "published", "byline", "language")
    return replace(page, **{name: getattr(page, name) or getattr(own, name) for name in names})


def _add(item: FeedItem, document: Document, now: datetime) -> Article:
    feed = item.feed
    new = NewArticle(
        text=document.text,
        outlet=str(feed.outlet or "") or document.outlet[:160] or feed.title[:160],
        published_at=item.published_at or read_moment(document.published),
        url=document.url or item.url,
        byline=document.byline,
        language=document.language,
        modified_at=read_moment(document.modified),
        left_out=document.left_out,
        adds_outlet=True,
        priority=POLLED,
    )
    try:
        return take_in_article(new, feed.desk, now)
    except ArticleAlreadyHere as there:
        return Article.objects.get(pk=there.article_id)
    except (WrongDate, UnknownOutlet):
        with suppress(Refusal):  # a feed's clock may be wrong; its article is none the less there
            return take_in_article(replace(new, published_at=None), feed.desk, now)
        raise UnfitArticle from None


def _revise(article: Article, document: Document, now: datetime) -> None:
    said = NewText(
        text=document.text,
        byline=document.byline,
        language=document.language,
        modified_at=read_moment(document.modified),
        left_out=document.left_out,
        priority=POLLED,
    )
    revise_article(article, said, now)


def _may_pass(reason: Exception) -> bool:
    if isinstance(reason, BadStatus):
        return reason.status >= _SERVER or reason.status == _TOO_OFTEN
    return isinstance(reason, FetchRefused)


def waiting_of(feed: Feed) -> int:
    """How many items of a feed wait to be taken in."""
    return FeedItem.objects.filter(feed=feed, state__in=(ItemState.WAITING, ItemState.QUEUED)).count()
