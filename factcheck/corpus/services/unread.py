"""Texts in languages that the engine does not read: found by their words, and read once an engine learns them."""

import re
from collections.abc import Collection
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from factcheck import engine
from factcheck.corpus.models import AnalysisRun, Article, Revision, RevisionWords, RunMode
from factcheck.corpus.services.pairing import EXTRACT
from factcheck.ledger.fulltext import FullText
from factcheck.ledger.models import Job, JobState

WORDS = FullText("corpus_revisionwords", "revision_id", "corpus_revision_words_index")
MOST_INDEXED: Final = 200_000  # characters: PostgreSQL's own limit is a megabyte of words
# Chinese and Japanese have no spaces between words: each sign is a word, and what holds all of them is looked through.
_SIGN: Final = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def note_words(revision: Revision) -> None:
    """Let a text be found by its words where the engine does not read it; where it does, its statements are found."""
    RevisionWords.objects.filter(revision__article=revision.article_id).delete()
    if revision.language not in engine.LANGUAGES:
        RevisionWords.objects.create(revision=revision, text=_spaced(revision.text)[:MOST_INDEXED])


def unread_with(articles: "QuerySet[Article]", query: str) -> "QuerySet[Article]":
    """Those of these articles whose text is not read and has all words of the query; the last may be a beginning."""
    found = WORDS.matching(Revision.objects.all(), _spaced(query), is_typing=not _SIGN.search(query[-1:]))
    for word in query.split():
        if _SIGN.search(word):
            found = found.filter(text__icontains=word)
    return articles.filter(pk__in=found.values("article"))


def without_words() -> "QuerySet[Revision]":
    """Newest texts that are not read and cannot be found yet."""
    return _newest().exclude(language__in=engine.LANGUAGES).filter(words__isnull=True)


def now_readable(languages: Collection[str] = engine.LANGUAGES) -> "QuerySet[Revision]":
    """Newest texts that nothing has read, though their language is one that can be read; no copies."""
    read = AnalysisRun.objects.filter(revision=OuterRef("pk"), mode=RunMode.LIVE)
    on_its_way = Job.objects.filter(kind=EXTRACT, subject_id=OuterRef("article")).exclude(state=JobState.DONE)
    rows = _newest().filter(language__in=languages, article__copy_of__isnull=True, article__archived_at__isnull=True)
    return rows.exclude(Exists(read)).exclude(Exists(on_its_way)).select_related("article")


def _newest() -> "QuerySet[Revision]":
    newer = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return Revision.objects.exclude(Exists(newer)).order_by("article__created_seq")


def _spaced(text: str) -> str:
    return _SIGN.sub(r" \1 ", text)
