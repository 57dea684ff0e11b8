"""The same statement at many outlets, as one group with its places: the same words of the same speaker, and copies."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from factcheck.corpus.models import Anchor, Article, Echo, Revision, Statement
from factcheck.corpus.models.statement import StatementQuerySet
from factcheck.newsroom.models import User

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One article that carries a statement, and where: by a row of its own, or as a copy."""

    article: Article
    statement: Statement
    revision_id: UUID
    start: int
    end: int
    words: str
    is_copy: bool

    @property
    def published_at(self) -> datetime:
        """When it was published; else when it came here."""
        return self.article.published_at or self.article.added_at

    @property
    def reads_otherwise(self) -> bool:
        """Whether the copy still says what its first article has changed since."""
        return self.words != self.statement.content


def places_of(statement: Statement, person: User) -> list[Place]:
    """Everywhere that this person may read where the statement stands, the earliest first."""
    rows = _group(statement, person)
    anchors = Anchor.objects.filter(statement__in=rows).select_related(
        "statement__article__outlet", "statement__speaker"
    )
    newest = {row.statement_id: row for row in anchors.order_by("revision__number")}
    found = [
        Place(row.statement.article, row.statement, row.revision_id, row.start, row.end, row.content, is_copy=False)
        for row in newest.values()
    ]
    echoes = _echoes(rows, person).select_related("revision__article__outlet", "statement__speaker")
    for row in echoes:
        words = row.revision.text[row.start : row.end]
        copy = row.revision.article
        found.append(Place(copy, row.statement, row.revision_id, row.start, row.end, words, is_copy=True))
    return sorted(found, key=lambda place: (place.published_at, place.article.created_seq or 0))


def count_places(statements: Collection[Statement], person: User) -> dict[UUID, int]:
    """Of each of these statements of one desk, at how many other articles it stands; in three queries."""
    if not statements:
        return {}
    desk_id = next(iter(statements)).article.desk_id
    keys = {row.content_key for row in statements}
    alike = _of_desk(desk_id, person).filter(content_key__in=keys)
    group: dict[_Key, set[UUID]] = defaultdict(set)
    of: dict[UUID, _Key] = {}
    for row in alike.select_related("speaker"):
        of[row.pk] = _key(row)
        group[of[row.pk]].add(row.article_id)
    for statement_id, article_id in _echoes(list(of), person).values_list("statement", "revision__article"):
        group[of[statement_id]].add(article_id)
    return {row.pk: len(group.get(_key(row), set()) - {row.article_id}) for row in statements}


def echoed_in(article: Article, person: User) -> list[Anchor]:
    """The statements of a copy's first article where they stand in it, as if they were anchored there."""
    if article.copy_of_id is None or not Article.objects.readable_by(person).filter(pk=article.copy_of_id).exists():
        return []
    rows = Echo.objects.filter(revision=article.current, statement__removed_at__isnull=True)
    rows = rows.select_related("revision", "statement__speaker", "statement__reported_by", "statement__article__outlet")
    return [_as_anchor(row) for row in rows.order_by("start", "end")]


def _as_anchor(row: Echo) -> Anchor:
    edges = {"start": row.start, "end": row.end, "passage_start": row.start, "passage_end": row.end}
    words = row.revision.text[row.start : row.end]
    return Anchor(statement=row.statement, revision=row.revision, content=words, parts=[[row.start, row.end]], **edges)


def _group(statement: Statement, person: User) -> Sequence[UUID]:
    """The rows with the same words of the same speaker, on the same desk."""
    rows = _of_desk(statement.article.desk_id, person).filter(content_key=statement.content_key)
    key = _key(statement)
    return list(dict.fromkeys([statement.pk, *(row.pk for row in rows.select_related("speaker") if _key(row) == key)]))


def _of_desk(desk_id: UUID, person: User) -> StatementQuerySet:
    return Statement.objects.of_articles(Article.objects.readable_by(person).filter(desk=desk_id)).present()


def _key(statement: Statement) -> _Key:
    """As a pair's fingerprint tells a side: who, by kind and name, and which words."""
    return statement.speaker.kind, statement.speaker.name_key, statement.content_key


def _echoes(statements: Iterable[UUID], person: User) -> "QuerySet[Echo]":
    newer = Revision.objects.filter(article=OuterRef("revision__article"), number__gt=OuterRef("revision__number"))
    readable = Article.objects.readable_by(person).values("pk")
    rows = Echo.objects.filter(statement__in=list(statements), revision__article__in=readable)
    return rows.filter(~Exists(newer), revision__article__copy_of__isnull=False)
