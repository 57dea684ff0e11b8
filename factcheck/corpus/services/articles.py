"""Taking articles in, and who may read them."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from factcheck.corpus.errors import ArticleAlreadyHere, ArticleNotArchived, NotTogether, UnfitArticle, WrongDate
from factcheck.corpus.models import (
    Access,
    Article,
    ArticleReader,
    ConflictPair,
    Outlet,
    Revision,
    Speaker,
    Statement,
)
from factcheck.corpus.models.article import LONGEST_TITLE
from factcheck.corpus.services.extraction import queue_extractions
from factcheck.corpus.services.outlets import find_outlets
from factcheck.corpus.services.sketching import writing_keys
from factcheck.corpus.services.surroundings import left_out_of
from factcheck.engine import UnreadableArticle, read_article
from factcheck.intake.cleaning import UnfitText, clean_article, clean_text
from factcheck.intake.fetching.client import FetchRefused
from factcheck.intake.fetching.locations import same_page_key
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.models import Followed
from factcheck.ledger.recalling import own_act, said_by
from factcheck.ledger.statements import Statement as ToWrite
from factcheck.ledger.statements import insert
from factcheck.ledger.wording import day_of
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

EARLIEST_YEAR = 1600  # the first printed newspapers
PASTED, BULK = 10, 0
# One transaction takes at most so much: SQLite has one writer, and others wait no longer than 50 ms for it.
MOST_TOGETHER, LONGEST_TOGETHER = 8, 200_000  # articles, characters


@dataclass(frozen=True, slots=True)
class NewArticle:
    """What a person or program hands in. Outlet and date may stand in the text's second line instead.

    `notes` are what people should know of the text, beside what cleaning it shows; `left_out` are the lines around it
    that are no part of it.
    """

    text: str
    outlet: str = ""
    published_at: datetime | None = None
    url: str = ""
    byline: str = ""
    language: str = ""
    modified_at: datetime | None = None
    adds_outlet: bool = False
    priority: int = PASTED
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is to be stored, with the outlet's name as given or as it stands in the text itself."""

    article: Article
    revision: Revision
    outlet: str
    new: NewArticle


def add_article(new: NewArticle, desk: Desk, person: User, now: datetime) -> Article:
    """Store an article with its first revision and queue its analysis, in one transaction.

    Raises:
        NotAllowed: the person may not add articles to this desk.
        UnfitArticle: the text is empty, too large or not text.
        WrongDate: the date of publication lies in the future or before newspapers.
        UnknownOutlet: the desk has no such outlet, and `adds_outlet` was not given.
        ArticleAlreadyHere: the desk has this very text or address.
    """
    return add_articles([new], desk, person, now)[0]


def add_articles(new: Sequence[NewArticle], desk: Desk, person: User, now: datetime) -> list[Article]:
    """Store a few articles as `add_article` does, in one transaction: all of them or none. Give them in their order.

    Raises:
        NotTogether: two of them have the same text or address.
        Refusal: what `add_article` refuses, of the first that cannot be taken in.
    """
    require(person, Action.ADD_ARTICLE, desk)
    return _take_in(new, desk, person, now)


def take_in_article(new: NewArticle, desk: Desk, now: datetime) -> Article:
    """Store an article that a feed of the desk brought: as `add_article` does, in nobody's name.

    Raises:
        UnfitArticle, WrongDate, UnknownOutlet, ArticleAlreadyHere: as `add_article` does.
    """
    return _take_in([new], desk, None, now)[0]


def _take_in(new: Sequence[NewArticle], desk: Desk, person: User | None, now: datetime) -> list[Article]:
    readings = [_read(one, now) for one in new]
    articles = [reading.article for reading in readings]
    for article in articles:
        article.desk, article.created_by = desk, person
    try:
        _add(readings, desk, person, now)
    except IntegrityError as error:
        if len(readings) > 1:  # one by one, each finds for itself what there is of it
            raise _already_here(desk, articles) from error
        _add_as_copy(readings[0], desk, person, now)
    return articles


def _add(readings: Sequence[_Reading], desk: Desk, person: User | None, now: datetime) -> None:
    with record_change(actor=person, now=now) as change:
        _set_outlets(change, desk, readings)
        _store(change, readings)


def _add_as_copy(reading: _Reading, desk: Desk, person: User | None, now: datetime) -> None:
    """Store the very text that the desk has, as it stands elsewhere: under another address, or at another outlet.

    Raises:
        ArticleAlreadyHere: it is the same article.
    """
    article = reading.article
    first = Article.objects.originals(desk).filter(text_sha256=article.text_sha256).select_related("outlet").first()
    if first is None or not _stands_elsewhere(reading, first):
        raise _already_here(desk, [article])
    article.copy_of = first
    try:
        _add([reading], desk, person, now)
    except IntegrityError as error:
        raise _already_here(desk, [article]) from error


def _stands_elsewhere(reading: _Reading, first: Article) -> bool:
    article = reading.article
    if article.url:
        return article.url != first.url and (article.url_key is None or article.url_key != first.url_key)
    outlet = Outlet.key_of(reading.outlet)
    return bool(outlet and first.outlet and outlet != first.outlet.name_key)


def restrict_article(article: Article, readers: list[User], version: int, person: User, now: datetime) -> None:
    """Let only the named people, its author and the leads read an article.

    Raises:
        NotAllowed: the person may not restrict this article.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.RESTRICT_ARTICLE, article)
    with record_change(actor=person, now=now) as change:
        change.edit(article, version, access=Access.RESTRICTED)
        named = [ArticleReader(article=article, person=reader) for reader in readers]
        ArticleReader.objects.bulk_create(named, ignore_conflicts=True)
        change.touch(*_hanging_on(article))
        change.audit("restrict_article", article, desk_id=article.desk_id, readers=[str(r.pk) for r in readers])


def archive_article(article: Article, version: int, person: User, now: datetime) -> None:
    """Take an article off the desk's lists; nothing is deleted.

    Raises:
        NotAllowed: the person may not archive this article.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.ARCHIVE_ARTICLE, article)
    with record_change(actor=person, now=now) as change:
        change.edit(article, version, archived_at=now)
        change.audit("archive_article", article, desk_id=article.desk_id)


def restore_article(article: Article, version: int, person: User, now: datetime) -> None:
    """Put an archived article back on the desk's lists.

    Raises:
        NotAllowed: the person may not archive this article, nor put it back.
        ArticleNotArchived: it is on the lists.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.ARCHIVE_ARTICLE, article)
    if article.archived_at is None:
        raise ArticleNotArchived
    with record_change(actor=person, now=now) as change:
        was = article.archived_at.isoformat()
        change.edit(article, version, archived_at=None)
        change.audit("restore_article", article, desk_id=article.desk_id, was=was)


def archive_article_again(
    article: Article, version: int, person: User, now: datetime, *, entry: int | None = None
) -> None:
    """Take an article off the lists again that was put back last; it has been off since it was first.

    Raises:
        NotAllowed, StaleVersion: as above.
    """
    require(person, Action.ARCHIVE_ARTICLE, article)
    since = said_by(own_act(article, entry, person.pk, "restore_article")).get("was")
    with record_change(actor=person, now=now) as change:
        change.edit(article, version, archived_at=datetime.fromisoformat(since) if since else now)
        change.audit("archive_article", article, desk_id=article.desk_id)


def _hanging_on(article: Article) -> Iterator[Followed]:
    """What leaves people's lists together with the article: whoever follows changes has to hear of each."""
    yield from Statement.objects.filter(article=article)
    yield from Speaker.objects.filter(Q(statements__article=article) | Q(relayed__article=article)).distinct()
    for pair in ConflictPair.objects.touching(article).prefetch_related("claims__verdicts"):
        yield pair
        for claim in pair.claims.all():
            yield claim
            yield from claim.verdicts.all()


def _read(new: NewArticle, now: datetime) -> _Reading:
    try:
        clean = clean_article(new.text)
        read = read_article("new", clean.text)
    except (UnfitText, UnreadableArticle) as error:
        raise UnfitArticle(str(error)) from error
    digest = hashlib.sha256(clean.text.encode()).hexdigest()
    url = clean_text(new.url).text.strip() or None
    said = {"byline": clean_text(new.byline).text.strip()[:LONGEST_TITLE], "modified_at": new.modified_at}
    article = Article(
        title=clean.text.split("\n", 1)[0].strip()[:LONGEST_TITLE],
        url=url,
        url_key=page_key(url) if url else None,
        published_at=checked_date(new.published_at or read.published, now),
        text_sha256=digest,
        added_at=now,
        **said,
    )
    flags = [*clean.flags, *new.notes]
    revision = Revision(number=1, text=clean.text, sha256=digest, flags=flags, fetched_at=now, **said)
    if new.language:
        revision.language = new.language[:12]
    return _Reading(article, revision, new.outlet or read.outlet or "", new)


def checked_date(published: datetime | None, now: datetime) -> datetime | None:
    """A moment at which an article can have appeared; None where it is not known.

    Raises:
        WrongDate: it lies in the future or before newspapers.
    """
    if published is None:
        return None
    if published > now + timedelta(days=1):
        raise WrongDate(
            _("%(published)s lies in the future. Give the day on which the article appeared.")
            % {"published": day_of(published)}
        )
    if published.year < EARLIEST_YEAR:
        raise WrongDate(
            _("The year %(year)s is before newspapers. Give the day on which the article appeared.")
            % {"year": published.year}
        )
    return published


def _set_outlets(change: Change, desk: Desk, readings: Sequence[_Reading]) -> None:
    names = {reading.outlet for reading in readings}
    to_add = {reading.outlet for reading in readings if reading.new.adds_outlet}
    outlets = find_outlets(change, desk, names, to_add)
    for reading in readings:
        reading.article.outlet = outlets[reading.outlet]


def _store(change: Change, readings: Sequence[_Reading]) -> None:
    # In one order everywhere: two requests that each wait for the other's texts would be a deadlock.
    for reading in readings:
        reading.revision.article = reading.article
    in_order = sorted((row.article for row in readings), key=lambda article: article.text_sha256)
    left_out = [row for reading in readings for row in left_out_of(reading.revision, reading.new.left_out)]
    insert(in_order, [reading.revision for reading in readings], left_out, beside=list(_keys(readings)))
    queue_extractions(change, {reading.revision: reading.new.priority for reading in readings})
    for reading in readings:
        article = reading.article
        change.touch(article)
        change.audit("add_article", article, desk_id=article.desk_id, title=article.title, sha256=article.text_sha256)


def _keys(readings: Sequence[_Reading]) -> Iterator[ToWrite]:
    """What they are found by where nearly the same text is looked for; a copy is found by its first article's."""
    for reading in readings:
        if reading.article.copy_of_id is None:
            yield from writing_keys(reading.article, reading.revision.text)


def page_key(url: str) -> str | None:
    """What all spellings of an address have in common, as it is looked up; None for what is no web address."""
    with suppress(FetchRefused):
        return hashlib.sha256(same_page_key(url).encode()).hexdigest()
    return None


def find_page(desk: Desk, url: str) -> Article | None:
    """The article that the desk has of an address, however it is written."""
    of_desk = Article.objects.filter(desk=desk)
    return of_desk.filter(url=url).first() or of_desk.filter(url_key=page_key(url) or "").first()


def _already_here(desk: Desk, articles: Sequence[Article]) -> ArticleAlreadyHere | NotTogether:
    for article in articles:
        same_text = Article.objects.filter(desk=desk, text_sha256=article.text_sha256).order_by("created_seq").first()
        there = same_text or (find_page(desk, article.url) if article.url else None)
        if there:
            told = _("This address is already on the desk: “%(title)s”. Nothing was added.")
            if same_text:
                told = _("This text is already on the desk: “%(title)s”. Nothing was added.")
            return ArticleAlreadyHere(told % {"title": there.title}, there.pk)
    return NotTogether()
