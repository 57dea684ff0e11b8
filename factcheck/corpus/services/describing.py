"""What people say of an article beside its text: headline, outlet, when it appeared, who wrote it, in what language.

A later text of the article changes nothing of what they said. The text itself nobody edits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from factcheck import engine
from factcheck.corpus.errors import ArticleAlreadyHere, UnfitArticle
from factcheck.corpus.models import Article, Outlet, Revision, RunMode, Statement
from factcheck.corpus.models.article import LONGEST_TITLE
from factcheck.corpus.services.articles import PASTED, checked_date
from factcheck.corpus.services.extraction import queue_reading_after_all
from factcheck.corpus.services.languages import tell_language
from factcheck.corpus.services.outlets import find_outlets
from factcheck.corpus.services.rematching import queue_rematching
from factcheck.corpus.services.unread import note_words
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of an article: an outlet by name, a language by its letters, empty where its words shall tell."""

    title: str
    outlet: str = ""
    byline: str = ""
    published_at: datetime | None = None
    language: str = ""
    adds_outlet: bool = False


def description_of(article: Article) -> Description:
    """What is said of an article now."""
    outlet = article.outlet.name if article.outlet else ""
    return Description(article.title, outlet, article.byline, article.published_at, article.language_told)


def edit_article(article: Article, said: Description, version: int, person: User, now: datetime) -> None:
    """Say anew what an article is headed, who published and wrote it, when it appeared, and in what language.

    With another day its statements are compared anew, as order in time is part of what makes a conflict. What was not
    read for its language is read, where the engine reads the one that is given.

    Raises:
        NotAllowed: the person may not mend this article.
        UnfitArticle: the headline is empty, or a line is too long.
        WrongDate: the day lies in the future or before newspapers.
        UnknownOutlet: the desk has no such outlet, and `adds_outlet` was not given.
        ArticleAlreadyHere: this outlet has the same text already.
        StaleVersion: somebody saved first.
    """
    require(person, Action.EDIT_ARTICLE, article)
    fields: dict[str, Any] = {
        "title": _fit_line(said.title, _("headline"), least=1),
        "byline": _fit_line(said.byline, _("byline")),
        "published_at": checked_date(said.published_at, now),
        "language_told": said.language[:12],
    }
    revision, before = article.current, _told(article, article.outlet)
    language = tell_language(revision.text, told=said.language)
    try:
        with record_change(actor=person, now=now) as change:
            fields["outlet"] = _outlet(change, article, said)
            was = article.published_at
            change.edit(article, version, **fields)
            _follow(change, article, revision, language)
            if article.published_at != was:
                there = Statement.objects.present().filter(article=article)
                queue_rematching(change, article, there, f"{article.pk}:{article.version}")
            after = _told(article, fields["outlet"])
            change.audit("edit_article", article, desk_id=article.desk_id, before=before, after=after)
    except IntegrityError as error:
        words = _("This outlet has the very same text on the desk already. Choose another outlet.")
        raise ArticleAlreadyHere(words, article.copy_of_id or article.pk) from error


def _outlet(change: Change, article: Article, said: Description) -> Outlet | None:
    to_add = [said.outlet] if said.adds_outlet else []
    return find_outlets(change, article.desk, [said.outlet], to_add)[said.outlet]


def _follow(change: Change, article: Article, revision: Revision, language: str) -> None:
    """Let the newest text be in this language, and be read if that is one which the engine reads."""
    if language == revision.language:
        return
    Revision.objects.filter(pk=revision.pk).update(language=language)
    revision.language, revision.article = language, article
    note_words(revision)
    is_read = revision.runs.filter(mode=RunMode.LIVE).exists() or article.copy_of_id is not None
    if language in engine.LANGUAGES and not is_read:
        queue_reading_after_all(change, revision, PASTED)


def _told(article: Article, outlet: Outlet | None) -> dict[str, str]:
    """What the history keeps of it."""
    day = article.published_at.isoformat() if article.published_at else ""
    said = {"title": article.title, "outlet": outlet.name if outlet else "", "byline": article.byline}
    return {**said, "published_at": day, "language": article.language_told}


def _fit_line(words: str, named: str, least: int = 0) -> str:
    shown = " ".join(clean_text(words).text.split())
    if not least <= len(shown) <= LONGEST_TITLE:
        raise UnfitArticle(
            _("The %(line)s has %(count)s characters; %(least)s to %(most)s fit. Shorten it, or write one.")
            % {"line": named, "count": grouped(len(shown)), "least": least, "most": LONGEST_TITLE}
        )
    return shown
