"""The candidate index: rows in the database, written in the transaction that stores the statements.

Nothing of it lives in memory, so it is right after a restart and the same for all workers, and all of it can be made
again from the statements.
"""

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from factcheck import engine
from factcheck.corpus.models import Anchor, Article, ArticleTerm, Statement, StatementEncoding, StatementWords
from factcheck.corpus.models.article import ArticleQuerySet
from factcheck.corpus.services.translation import engine_value
from factcheck.newsroom.models import Desk

INDEX = "index"
BYTES = 4
AT_ONCE = 500
Terms = frozenset[int]


@lru_cache(maxsize=20_000)
def number_of(desk_id: UUID, term: str) -> int:
    """The number of a term on a desk. Of millions of terms two may share one: then a search is a little less sharp."""
    digest = hashlib.blake2b(term.encode(), digest_size=BYTES, key=desk_id.bytes).digest()
    return int.from_bytes(digest, "little", signed=True)


def numbers_of(desk_id: UUID, terms: Iterable[str]) -> Terms:
    """The numbers of some terms."""
    return frozenset(number_of(desk_id, term) for term in terms)


def pack(terms: Terms) -> bytes:
    """Terms as they are stored."""
    return array("i", sorted(terms)).tobytes()


def unpack(stored: bytes | memoryview) -> Terms:
    """Stored terms as they were."""
    return frozenset(array("i", bytes(stored)))


def entry_of(desk_id: UUID, key: UUID, value: engine.Statement) -> engine.Entry[UUID]:
    """A statement as the index would hold it, without storing it."""
    (encoding,) = engine.encode([value])
    terms, context = (numbers_of(desk_id, part) for part in (encoding.terms, encoding.context))
    return engine.Entry(key, 0, terms, context)


def index_statements(article: Article, rows: Sequence[Statement], values: Sequence[engine.Statement]) -> None:
    """Write what an article's statements are found by, given as rows and as the engine's values in the same order."""
    encodings = [
        StatementEncoding(
            statement=row,
            terms=pack(numbers_of(article.desk_id, encoding.terms)),
            context=pack(numbers_of(article.desk_id, encoding.context)),
        )
        for row, encoding in zip(rows, engine.encode(values), strict=True)
    ]
    before = _terms_of(article)
    StatementEncoding.objects.filter(statement__in=rows).delete()
    StatementEncoding.objects.bulk_create(encodings, batch_size=AT_ONCE)
    keep_words(rows)
    _post(article, before, _terms_of(article))


def keep_words(rows: Iterable[Statement]) -> None:
    """Write the words by which these statements are found, given with their people."""
    words = [StatementWords(statement=row, text=_words_of(row)) for row in rows]
    StatementWords.objects.bulk_create(
        words, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["statement"], update_fields=["text"]
    )


def _words_of(statement: Statement) -> str:
    relay = statement.reported_by
    return "\n".join([statement.content, statement.speaker.name, *([relay.name] if relay else [])])


def reindex_article(article: Article) -> None:
    """Make an article's part of the index again from its statements, in one transaction."""
    anchors = Anchor.objects.filter(statement__article=article).order_by("revision__number")
    newest = {row.statement_id: row for row in anchors.select_related("revision", *_PEOPLE)}
    values = [engine_value(anchor, anchor.revision.text) for anchor in newest.values()]
    with transaction.atomic():
        _withdraw(article, _terms_of(article))
        StatementEncoding.objects.filter(statement__article=article).delete()
        index_statements(article, [anchor.statement for anchor in newest.values()], values)


_PEOPLE = ("statement__speaker", "statement__reported_by", "statement__article")


def articles_with_statements(desks: QuerySet[Desk]) -> ArticleQuerySet:
    """The articles of some desks that have statements, in the order in which they were added."""
    return Article.objects.filter(Exists(Statement.objects.filter(article=OuterRef("pk"))), desk__in=desks).order_by(
        "created_seq"
    )


def articles_without_index() -> ArticleQuerySet:
    """Articles with a statement that the index lacks: those that were read before there was this index."""
    lacking = Statement.objects.filter(Q(encoding__isnull=True) | Q(words__isnull=True))
    return Article.objects.filter(pk__in=lacking.values("article")).order_by("created_seq")


def _terms_of(article: Article) -> Terms:
    """All terms of an article's statements, those that are gone too: they may come back."""
    stored = StatementEncoding.objects.filter(statement__article=article).values_list("terms", "context")
    return frozenset().union(*(unpack(part) for row in stored for part in row))


def _post(article: Article, before: Terms, after: Terms) -> None:
    place = article.created_seq or 0
    _withdraw(article, before - after)
    new = [ArticleTerm(term=term, place=place) for term in sorted(after - before)]
    ArticleTerm.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)


def _withdraw(article: Article, terms: Terms) -> None:
    ordered = sorted(terms)
    for first in range(0, len(ordered), AT_ONCE):
        some = ordered[first : first + AT_ONCE]
        ArticleTerm.objects.filter(term__in=some, place=article.created_seq or 0).delete()
