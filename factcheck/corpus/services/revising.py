"""A text that its outlet changed becomes the article's next revision; what does not read otherwise becomes nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from factcheck.corpus.errors import UnfitArticle
from factcheck.corpus.models import Article, Revision, Watcher
from factcheck.corpus.services.extraction import queue_extractions
from factcheck.corpus.services.reanchoring import reanchor
from factcheck.corpus.services.sketching import post
from factcheck.corpus.services.surroundings import left_out_of
from factcheck.engine import UnreadableArticle, read_article
from factcheck.intake.cleaning import CleanText, UnfitText, clean_article
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.statements import insert
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.notices import notify_all
from factcheck.newsroom.permissions import Action, require

REVISED: Final = 8  # before what comes in bulk, behind what somebody has just pasted
FLAG: Final = "flag_changes"  # the job that tells those whose claims hang on what changed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """A text of an article as it reads now, and what its outlet says of it; what is not known is empty."""

    text: str
    byline: str = ""
    language: str = ""
    modified_at: datetime | None = None
    published_at: datetime | None = None
    priority: int = REVISED
    left_out: tuple[str, ...] = ()


def revise_article(article: Article, new: NewText, now: datetime, person: User | None = None) -> Revision | None:
    """Give an article its next revision, if its text reads otherwise now; None where it does not.

    Statements are carried over at once, what hangs on changed ones is flagged by a job, and another reads the text.
    `person` None is the workbench itself, which looked at an address or a feed. Safe to call again with the same text.

    Raises:
        NotAllowed: the person may not revise this article.
        UnfitArticle: the text is empty, too large or not text.
    """
    if person is not None:
        require(person, Action.REVISE_ARTICLE, article)
    clean = clean_new_text(new.text)
    if article.current.text == clean.text:
        return None  # the usual case, without a transaction
    with record_change(actor=person, now=now) as change:
        return revise(change, article, clean, new)


def revise(change: Change, article: Article, clean: CleanText, new: NewText) -> Revision | None:
    """The same as part of a change, with the text as `clean_new_text` gives it."""
    _hold(article)
    article.refresh_from_db()
    before = article.current
    if reads_alike(before.text, clean.text):
        return None
    revision = Revision(
        article=article,
        number=before.number + 1,
        text=clean.text,
        sha256=hashlib.sha256(clean.text.encode()).hexdigest(),
        language=new.language or before.language,
        byline=new.byline[:300],
        modified_at=new.modified_at,
        flags=list(clean.flags),
        fetched_at=change.now,
    )
    insert([revision], left_out_of(revision, new.left_out))
    change.edit(article, article.version, **_said_now(article, before, revision, new, change.now))
    if article.copy_of_id is None:
        post(article, revision.text, before.text)
    became = reanchor(change, article, before, revision)
    queue_extractions(change, {revision: new.priority})
    watchers = Watcher.objects.filter(article=article).values_list("person", flat=True)
    notify_all(change, watchers, NoticeKind.CHANGED, article, desk_id=article.desk_id)
    said = {"revision": str(revision.pk), "reworded": became.as_body()["reworded"], "lost": became.as_body()["lost"]}
    if became.reworded or became.lost:
        job = change.new_job(
            FLAG, str(revision.pk), article, desk_id=article.desk_id, priority=REVISED, parameters=said
        )
        change.enqueue_all([job])
    counts = {name: len(ids) for name, ids in became.as_body().items()}
    change.audit(
        "revise_article",
        article,
        desk_id=article.desk_id,
        number=revision.number,
        before=before.sha256,
        sha256=revision.sha256,
        **counts,
    )
    return revision


def reads_alike(before: str, after: str) -> bool:
    """Whether two texts have the same words and marks in the same paragraphs, however they are spaced."""
    return _read(before) == _read(after)


def _read(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n") if line.strip()]


def clean_new_text(text: str) -> CleanText:
    """A text fit to be a revision.

    Raises:
        UnfitArticle: it is empty, too large or not text.
    """
    try:
        clean = clean_article(text)
        read_article("new", clean.text)
    except (UnfitText, UnreadableArticle) as error:
        raise UnfitArticle(str(error)) from error
    return clean


def _said_now(article: Article, before: Revision, revision: Revision, new: NewText, now: datetime) -> dict[str, object]:
    """What the article's row takes over from its new text; not what people wrote there."""
    return {
        "title": revision.headline if article.title == before.headline else article.title,
        "text_sha256": revision.sha256,
        "byline": article.byline if _is_signed_by_hand(article) else new.byline[:300] or article.byline,
        "modified_at": new.modified_at or article.modified_at,
        "published_at": article.published_at or new.published_at,
        "revised_at": now,
    }


def _is_signed_by_hand(article: Article) -> bool:
    return not article.revisions.filter(byline=article.byline).exists()


def _hold(article: Article) -> None:
    """Let nobody else revise this article before this change commits; SQLite has one writer anyway."""
    if connection.features.has_select_for_update:
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
