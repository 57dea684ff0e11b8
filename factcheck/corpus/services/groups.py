"""The same statement at many outlets, as one group with its places: the same words of the same speaker, and copies."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, UUIDField

from factcheck.corpus.models import Anchor, Article, Echo, Revision, Statement
from factcheck.corpus.models.statement import StatementQuerySet
from factcheck.ledger import settled
from factcheck.newsroom.models import User
from factcheck.newsroom.standing import SettledFor

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
    return places_of_each([statement], person)[0]


def places_of_each(statements: Sequence[Statement], person: User) -> list[list[Place]]:
    """The same of several, in two queries more than one for each."""
    groups = [_group(statement, person) for statement in statements]
    rows = {pk for group in groups for pk in group}
    found = sorted([*_own_places(rows), *_copied_places(rows, person)], key=_by_day)
    return [[place for place in found if place.statement.pk in group] for group in groups]


def _own_places(rows: Collection[UUID]) -> Iterator[Place]:
    anchors = Anchor.objects.filter(statement__in=rows).select_related(
        "statement__article__outlet", "statement__speaker"
    )
    newest = {row.statement_id: row for row in anchors.order_by("revision__number")}
    for row in newest.values():
        where = row.revision_id, row.start, row.end, row.content
        yield Place(row.statement.article, row.statement, *where, is_copy=False)


def _copied_places(rows: Collection[UUID], person: User) -> Iterator[Place]:
    for row in _echoes(rows, person).select_related("revision__article__outlet", "statement__speaker"):
        where = row.revision_id, row.start, row.end, row.revision.text[row.start : row.end]
        yield Place(row.revision.article, row.statement, *where, is_copy=True)


def _by_day(place: Place) -> tuple[datetime, int]:
    return place.published_at, place.article.created_seq or 0


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


def _group(statement: Statement, person: User) -> Collection[UUID]:
    """The rows with the same words of the same speaker, on the same desk."""
    rows, key = _ALIKE.ask(person, statement.article.desk_id, statement.content_key), _key(statement)
    return {statement.pk, *(row.pk for row in rows if _key(row) == key)}


def _of_desk(desk_id: Any, person: User) -> StatementQuerySet:
    return Statement.objects.of_articles(Article.objects.readable_by(person).filter(desk=desk_id)).present()


def _key(statement: Statement) -> _Key:
    """As a pair's fingerprint tells a side: who, by kind and name, and which words."""
    return statement.speaker.kind, statement.speaker.name_key, statement.content_key


def _echoes(statements: Iterable[UUID], person: User) -> "QuerySet[Echo]":
    newer = Revision.objects.filter(article=OuterRef("revision__article"), number__gt=OuterRef("revision__number"))
    readable = Article.objects.readable_by(person).values("pk")
    rows = Echo.objects.filter(statement__in=list(statements), revision__article__in=readable)
    return rows.filter(~Exists(newer), revision__article__copy_of__isnull=False)


def _make_alike(person: User) -> StatementQuerySet:
    of_desk = _of_desk(settled.Place(0, UUIDField()), person)
    return of_desk.filter(content_key=settled.Place(1, CharField())).select_related("speaker")


_ALIKE = SettledFor[Statement](_make_alike)
