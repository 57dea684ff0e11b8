"""Taking in what lies elsewhere: an address or a file becomes articles, by a job outside any transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from factcheck.corpus.errors import ArticleAlreadyHere, UnfitRetrieval, UnknownOutlet, WrongDate
from factcheck.corpus.models import Article, Retrieval
from factcheck.corpus.services.articles import (
    LONGEST_TOGETHER,
    MOST_TOGETHER,
    PASTED,
    NewArticle,
    add_article,
    add_articles,
    find_page,
)
from factcheck.corpus.services.manners import honest, polite
from factcheck.corpus.services.originals import keep_original, read_original
from factcheck.intake.fetching.client import Client, FetchRefused
from factcheck.intake.fetching.locations import without_trackers
from factcheck.intake.parsing.checks import kind_of
from factcheck.intake.parsing.child import parse_file
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.wording import worded
from factcheck.ledger import jobs
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import Refusal
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

FETCH = "fetch"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of an address or a file before it is read; what it says of itself fills the rest."""

    outlet: str = ""
    published_at: datetime | None = None
    adds_outlet: bool = True
    priority: int = PASTED


def add_article_from_url(url: str, asked: Asked, desk: Desk, person: User, now: datetime) -> Retrieval:
    """Ask for the article at an address; a job fetches it.

    Raises:
        NotAllowed: the person may not add articles to this desk.
        UnfitRetrieval: this is no web address.
        ArticleAlreadyHere: the desk has an article of this address, however it was written.
    """
    require(person, Action.ADD_ARTICLE, desk)
    try:
        plain = without_trackers(url)
    except FetchRefused as reason:
        raise UnfitRetrieval(str(reason)) from reason
    if there := find_page(desk, plain):
        words = _("This address is already on the desk: “%(title)s”. Nothing was fetched.") % {"title": there.title}
        raise ArticleAlreadyHere(words, there.pk)
    return _ask(Retrieval(url=plain), asked, desk, person, now)


def add_article_from_file(
    name: str, content: bytes, asked: Asked, desk: Desk, person: User, *, now: datetime
) -> Retrieval:
    """Keep a file and ask for the articles in it; a job reads it.

    Raises:
        NotAllowed: the person may not add articles to this desk.
        UnfitRetrieval: it is too large, of a kind that is not read, or not what its name says.
    """
    require(person, Action.ADD_ARTICLE, desk)
    try:
        kind_of(name, content)
    except UnfitFile as reason:
        raise UnfitRetrieval(str(reason)) from reason
    retrieval = Retrieval(name=name.rsplit("/", 1)[-1][-200:], original_sha256=keep_original(content))
    return _ask(retrieval, asked, desk, person, now)


def fetch_all_the_same(retrieval: Retrieval, person: User, now: datetime) -> None:
    """Fetch a page that its site asks programs not to read, as a person does who reads it; noted under their name.

    Raises:
        NotAllowed: the person may not add articles to this desk.
        JobNotRetryable: it is being fetched, or was.
    """
    require(person, Action.ADD_ARTICLE, retrieval.desk)
    job = Job.objects.about("retrieval", retrieval.pk)[0]
    with record_change(actor=person, now=now) as change:
        Retrieval.objects.filter(pk=retrieval.pk).update(against_robots=True)
        change.audit("fetch_against_robots", retrieval, desk_id=retrieval.desk_id, url=retrieval.url)
    jobs.retry_job(job, person, now)


def retrieve(hand: WorkInHand, client: Client | None = None) -> None:
    """Fetch, keep, read, and add what was asked for.

    Raises:
        UnfitRetrieval: it cannot be had or read; says why and what would help.
        JobCancelled, LeaseLost: the work shall stop.
    """
    retrieval = Retrieval.objects.select_related("desk", "asked_by").get(pk=hand.job.subject_id)
    hand.progress(worded("fetching") if retrieval.url else worded("reading"), 0.1)
    try:
        content = _content(retrieval, client or Client())
        hand.progress(worded("reading"), 0.5)
        documents = parse_file(retrieval.name, content, retrieval.media_type, retrieval.charset, retrieval.url)
    except FetchRefused as reason:
        raise UnfitRetrieval(str(reason)) from reason
    except UnfitFile as reason:
        raise _unfit(retrieval, reason.reasons) from reason
    hand.progress(worded("adding"), 0.8)
    read = [document for document in documents if not document.refusal]
    articles, unfit = _add_all(read, retrieval, hand)
    retrieval.refused = [*(document.refusal for document in documents if document.refusal), *unfit]
    if not articles:
        raise _unfit(retrieval, retrieval.refused)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        retrieval.ended_at = change.now
        retrieval.save()
        retrieval.articles.add(*Article.objects.filter(pk__in=articles))


def _ask(retrieval: Retrieval, asked: Asked, desk: Desk, person: User, now: datetime) -> Retrieval:
    retrieval.desk, retrieval.asked_by, retrieval.asked_at = desk, person, now
    retrieval.outlet, retrieval.adds_outlet = asked.outlet[:300], asked.adds_outlet
    retrieval.published_at, retrieval.priority = asked.published_at, asked.priority
    with record_change(actor=person, now=now) as change:
        retrieval.save(force_insert=True)
        change.enqueue(FETCH, str(retrieval.pk), retrieval, desk_id=desk.pk, priority=asked.priority)
        change.audit("ask_retrieval", retrieval, desk_id=desk.pk, url=retrieval.url, sha256=retrieval.original_sha256)
    return retrieval


def _content(retrieval: Retrieval, client: Client) -> bytes:
    """The bytes: those that were kept, so that trying again reads the same; else fetched now, and kept."""
    if retrieval.original_sha256:
        return read_original(retrieval.original_sha256)
    fetched = polite(client, against_robots=retrieval.against_robots).fetch(retrieval.url, honest())
    retrieval.url, retrieval.media_type, retrieval.charset = fetched.url, fetched.kind, fetched.charset
    retrieval.original_sha256 = keep_original(fetched.body)
    return fetched.body


def _add_all(documents: Sequence[Document], retrieval: Retrieval, hand: WorkInHand) -> tuple[list[UUID], list[str]]:
    articles: list[UUID] = []
    refused: list[str] = []
    for done, group in _grouped(documents):
        hand.progress(worded("adding"), 0.8 + 0.2 * done / len(documents))
        together = _add_together(group, retrieval, hand.now()) if len(group) > 1 else []
        articles += together
        for document in () if together else group:
            try:
                articles.append(_add(document, retrieval, hand.now()))
            except ArticleAlreadyHere as there:
                articles.append(there.article_id)  # by somebody else, or by this job before it was interrupted
            except Refusal as reason:
                refused.append(f"{document.title[:80]}: {reason}" if document.title else str(reason))
    return articles, refused


def _grouped(documents: Sequence[Document]) -> Iterator[tuple[int, list[Document]]]:
    """A few neighbors at a time, of which one transaction is short, and how many come before them."""
    group: list[Document] = []
    length = done = 0
    for at, document in enumerate(documents):
        length += len(document.text)
        if group and (len(group) == MOST_TOGETHER or length > LONGEST_TOGETHER):
            yield done, group
            group, length, done = [], len(document.text), at
        group.append(document)
    yield done, group


def _add_together(group: Sequence[Document], retrieval: Retrieval, now: datetime) -> list[UUID]:
    """Add all in one transaction; none where one of them cannot be added as it is: each by itself then says why."""
    new = [_new(document, retrieval) for document in group]
    try:
        return [article.pk for article in add_articles(new, retrieval.desk, retrieval.asked_by, now)]
    except Refusal:
        return []


def _unfit(retrieval: Retrieval, reasons: Sequence[str]) -> UnfitRetrieval:
    """Why nothing came of it; where that is many reasons, all are kept and the first is told."""
    if len(reasons) == 1:
        return UnfitRetrieval(reasons[0])
    Retrieval.objects.filter(pk=retrieval.pk).update(refused=list(reasons))
    counted = {"count": len(reasons), "reason": reasons[0]}
    return UnfitRetrieval(
        worded("None of the {count} parts of this file can be taken in. The first: {reason}", **counted)
    )


def _new(document: Document, retrieval: Retrieval) -> NewArticle:
    return NewArticle(
        text=document.text,
        outlet=retrieval.outlet or document.outlet[:160],
        published_at=retrieval.published_at or read_moment(document.published),
        url=document.url,
        byline=document.byline,
        language=document.language,
        modified_at=read_moment(document.modified),
        left_out=document.left_out,
        adds_outlet=retrieval.adds_outlet or not retrieval.outlet,
        priority=retrieval.priority,
        notes=document.notes,
    )


def _add(document: Document, retrieval: Retrieval, now: datetime) -> UUID:
    new = _new(document, retrieval)
    add = partial(add_article, desk=retrieval.desk, person=retrieval.asked_by, now=now)
    try:
        return add(new).pk
    except WrongDate:  # what a page says of itself may be wrong; what a person said is not overruled
        if retrieval.published_at:
            raise
        return add(replace(new, published_at=None)).pk
    except UnknownOutlet:
        if retrieval.outlet:
            raise
        return add(replace(new, outlet="")).pk


def read_moment(text: str) -> datetime | None:
    """A date or time as pages write it; None for what is none."""
    try:
        moment = parse_datetime(text)
        day = None if moment else parse_date(text[:10])
    except ValueError:
        return None
    if day is not None:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
