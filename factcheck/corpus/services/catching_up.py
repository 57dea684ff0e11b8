"""What an older version of the workbench, or of its engine, left undone: made good by a routine, bit by bit.

Each bit commits by itself and is looked for anew, so a routine that is cut off goes on where it was.
"""

from collections.abc import Collection
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction

from factcheck import engine
from factcheck.corpus.models import Article, TextKey
from factcheck.corpus.models.article import ArticleQuerySet
from factcheck.corpus.services.articles import BULK
from factcheck.corpus.services.extraction import queue_extractions
from factcheck.corpus.services.indexing import articles_without_index, reindex_article
from factcheck.corpus.services.readers import TODAYS, Reader
from factcheck.corpus.services.sketching import keys_of, store_keys
from factcheck.corpus.services.unread import note_words, now_readable, without_words
from factcheck.intake.wording import worded
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import WorkInHand, finish_job

AT_ONCE: Final = 200


def catch_up(hand: WorkInHand) -> None:
    """Index what was read before there was an index, and queue what the engine has learned to read; a routine.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    _index(hand)
    _key(hand)
    for revision in without_words().select_related("article")[: 50 * AT_ONCE]:
        hand.progress(worded("looking at older articles"), 1.0)
        with transaction.atomic():
            note_words(revision)
    queue_learned(hand.now())
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)


def _index(hand: WorkInHand) -> None:
    lacking = list(articles_without_index())
    for number, article in enumerate(lacking):
        hand.progress(
            worded("indexing article {number} of {count}", number=f"{number + 1:,}", count=f"{len(lacking):,}"),
            number / len(lacking),
        )
        reindex_article(article)


def _key(hand: WorkInHand) -> None:
    unkeyed = articles_before_keys()
    for number, article in enumerate(reversed(unkeyed)):  # so that what is left is always the oldest
        hand.progress(worded("looking at older articles"), number / len(unkeyed))
        store_missing_keys(article)


def articles_before_keys() -> list[Article]:
    """The articles that came before there were keys to find copies by: all up to the first that has some."""
    lacking: list[Article] = []
    for article in articles_with_keys():
        keys = keys_of(article.desk_id, article.current.text)
        if keys and TextKey.objects.filter(key__in=keys, article=article.pk).exists():
            break
        lacking += [article] if keys else []
    return lacking


def articles_with_keys() -> ArticleQuerySet:
    """The articles that should have keys, in the order in which they were added; a copy is found by its first."""
    return Article.objects.filter(copy_of__isnull=True).order_by("created_seq")


def store_missing_keys(article: Article) -> None:
    """Let an article be found by its text; where it is already, nothing changes."""
    store_keys(article.pk, keys_of(article.desk_id, article.current.text))


def queue_learned(now: datetime, languages: Collection[str] = engine.LANGUAGES, reader: Reader = TODAYS) -> int:
    """Queue the texts that were left unread and whose language the engine reads by now; give how many."""
    queued = 0
    rows = now_readable(languages).iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        with record_change(actor=None, now=now) as change:
            queue_extractions(change, dict.fromkeys(some, BULK), reader)
        queued += len(some)
    return queued
