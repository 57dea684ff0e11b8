"""Taking articles in, and who may read them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import Q

from factcheck.corpus.errors import ArticleAlreadyHere, UnfitArticle, WrongDate
from factcheck.corpus.models import Access, Article, ArticleReader, ConflictPair, Revision, Speaker, Statement
from factcheck.corpus.services.extraction import queue_extraction
from factcheck.corpus.services.outlets import find_outlet
from factcheck.engine import UnreadableArticle, read_article
from factcheck.intake.cleaning import UnfitText, clean_article, clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.models import Followed
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

EARLIEST_YEAR = 1600  # the first printed newspapers
PASTED, BULK = 10, 0
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class NewArticle:
    """What a person or program hands in. Outlet and date may stand in the text's second line instead."""

    text: str
    outlet: str = ""
    published_at: datetime | None = None
    url: str = ""
    adds_outlet: bool = False
    priority: int = PASTED


@dataclass(frozen=True, slots=True)
class _Reading:
    """What stands in the text itself."""

    article: Article
    revision: Revision
    outlet: str


def add_article(new: NewArticle, desk: Desk, person: User, now: datetime) -> Article:
    """Store an article with its first revision and queue its analysis, in one transaction.

    Raises:
        NotAllowed: the person may not add articles to this desk.
        UnfitArticle: the text is empty, too large or not text.
        WrongDate: the date of publication lies in the future or before newspapers.
        UnknownOutlet: the desk has no such outlet, and `adds_outlet` was not given.
        ArticleAlreadyHere: the desk has this very text or address.
    """
    require(person, Action.ADD_ARTICLE, desk)
    reading = _read(new, now)
    article = reading.article
    article.desk, article.created_by = desk, person
    try:
        with record_change(actor=person, now=now) as change:
            article.outlet = find_outlet(change, desk, reading.outlet, adds=new.adds_outlet)
            _store(change, article, reading.revision, new.priority)
    except IntegrityError as error:
        raise _already_here(article) from error
    return article


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
    article = Article(
        title=clean.text.split("\n", 1)[0].strip()[:LONGEST_TITLE],
        url=clean_text(new.url).text.strip() or None,
        published_at=_checked_date(new.published_at or read.published, now),
        text_sha256=digest,
        added_at=now,
    )
    revision = Revision(number=1, text=clean.text, sha256=digest, flags=list(clean.flags), fetched_at=now)
    return _Reading(article, revision, new.outlet or read.outlet or "")


def _checked_date(published: datetime | None, now: datetime) -> datetime | None:
    if published is None:
        return None
    if published > now + timedelta(days=1):
        raise WrongDate(f"{published:%-d %B %Y} lies in the future. Give the day on which the article appeared.")
    if published.year < EARLIEST_YEAR:
        raise WrongDate(f"The year {published.year} is before newspapers. Give the day on which the article appeared.")
    return published


def _store(change: Change, article: Article, revision: Revision, priority: int) -> None:
    article.save(force_insert=True)
    revision.article = article
    revision.save(force_insert=True)
    change.touch(article)
    queue_extraction(change, revision, priority)
    change.audit("add_article", article, desk_id=article.desk_id, title=article.title, sha256=revision.sha256)


def _already_here(article: Article) -> ArticleAlreadyHere:
    of_desk = Article.objects.filter(desk=article.desk)
    same_text = of_desk.filter(text_sha256=article.text_sha256).first()
    there = same_text or of_desk.filter(url=article.url, url__isnull=False).get()
    what = "text" if same_text else "address"
    return ArticleAlreadyHere(f"This {what} is already on the desk: “{there.title}”. Nothing was added.", there.pk)
