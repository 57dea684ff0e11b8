"""Finding statements and articles: by their words, by what they are about, by the conflicts that they stand in."""

from collections.abc import Collection
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from factcheck import engine
from factcheck.corpus.models import Article, ArticleTerm, ConflictPair
from factcheck.corpus.models.statement import StatementQuerySet
from factcheck.corpus.services.indexing import numbers_of
from factcheck.corpus.services.unread import unread_with
from factcheck.ledger.fulltext import FullText
from factcheck.newsroom.models import User

WORDS = FullText("corpus_statementwords", "statement_id", "corpus_statement_words_index", is_told_by_newest=True)
MOST_TERMS, MOST_WORDS = 8, 8


def matching(statements: StatementQuerySet, query: str, *, is_typing: bool = False) -> StatementQuerySet:
    """Those in which all words stand, those of who says it too; none where the query has no words."""
    return WORDS.matching(statements, query, is_typing=is_typing)


def on_topic(statements: StatementQuerySet, topic: str, desks: Collection[UUID]) -> StatementQuerySet:
    """Those of articles that speak of all these words, in a statement or around one.

    Nobody files articles under topics; what they speak of the candidate index knows, whatever the form of the words.
    """
    wanted = engine.read_topic(topic)[:MOST_TERMS]
    if not wanted:
        return statements.none()
    spoken_of = Q(pk__in=[])
    for desk in desks:
        terms = [Exists(_places(numbers_of(desk, term))) for term in wanted]
        spoken_of |= reduce(and_, map(Q, terms), Q(article__desk=desk))
    return statements.filter(spoken_of)


def in_conflict(statements: StatementQuerySet, person: User, *, is_in_one: bool) -> StatementQuerySet:
    """Those in a conflict that this person may read and nobody has resolved; or those in none."""
    pairs = ConflictPair.objects.readable_by(person).unresolved()
    return statements.in_any_of(pairs) if is_in_one else statements.in_none_of(pairs)


def articles_with(articles: "QuerySet[Article]", query: str) -> "QuerySet[Article]":
    """Those with all words in headline or outlet; of what the engine does not read, those with all in the text.

    What a read text says is found by its statements.
    """
    words = query.split()[:MOST_WORDS]
    if not words:
        return articles.none()
    headed = articles
    for word in words:
        headed = headed.filter(Q(title__icontains=word) | Q(outlet__name__icontains=word))
    return headed | unread_with(articles, query)


def _places(numbers: Collection[int]) -> "QuerySet[ArticleTerm]":
    return ArticleTerm.objects.filter(term__in=numbers, place=OuterRef("article__created_seq"))
