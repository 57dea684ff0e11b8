"""What an export reads: the rows of a kind that a person may read, in pieces that are each of one moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from factcheck.claims.models import Claim, Verdict
from factcheck.corpus.models import Anchor, Revision, Statement
from factcheck.ledger.errors import TooEarly
from factcheck.newsroom.models import Desk, User
from factcheck.publishing.models import Export, ExportOf, Publication

PIECE: Final = 200
TRIES: Final = 5
Mark = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows: which a person may read, these with all that is told of them, and what changes when they do."""

    readable: Callable[[Desk, User], "QuerySet[Any]"]
    read: Callable[[Sequence[UUID]], "Sequence[Any]"]
    marks: Callable[[Sequence[UUID]], "Sequence[Mark]"]


def rows_left(export: Export) -> "QuerySet[Any]":
    """The rows that belong into the file and are not in it yet, in the order of their ids.

    Numbers are given in the order of commits, so all rows up to the cut are there, whenever this is asked. Each row is
    asked whether it may be read: a database that looks for the readable ones first sorts all of them for each piece.
    """
    readable = KINDS[ExportOf(export.what)].readable(export.desk, export.asked_by)
    is_readable = Exists(readable.filter(pk=OuterRef("pk")))
    rows: QuerySet[Any] = readable.model.objects.filter(is_readable, created_seq__lte=export.as_of)
    rows = rows if export.position is None else rows.filter(pk__gt=export.position)
    return rows.order_by("pk")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of one moment, and the last id that is behind them; a row that has left meanwhile is not among them."""

    last: UUID
    rows: Sequence[Any]


def read_piece(export: Export) -> Piece | None:
    """The next rows of the file with all that is told of them; None where there are no more.

    Raises:
        TooEarly: somebody changes them all the time.
    """
    ids = list(rows_left(export).values_list("pk", flat=True)[:PIECE])
    if not ids:
        return None
    kind = KINDS[ExportOf(export.what)]
    for _ in range(TRIES):
        before, rows = kind.marks(ids), kind.read(ids)
        if kind.marks(ids) == before:
            return Piece(ids[-1], rows)
    raise TooEarly


def _statements(desk: Desk, person: User) -> "QuerySet[Statement]":
    return Statement.objects.readable_by(person).filter(article__desk=desk).present()


def _read_statements(ids: Sequence[UUID]) -> Sequence[Statement]:
    rows = list(Statement.objects.filter(pk__in=ids).with_people().order_by("pk"))
    newest = {
        anchor.statement_id: anchor for anchor in Anchor.objects.filter(statement__in=ids).order_by("revision__number")
    }
    revisions = Revision.objects.in_bulk({anchor.revision_id for anchor in newest.values()})
    for row in rows:
        anchor = newest.get(row.pk)
        vars(row).update(anchor=anchor, revision=revisions[anchor.revision_id] if anchor else None)
    return [row for row in rows if vars(row)["anchor"]]


def _marks_of_statements(ids: Sequence[UUID]) -> Sequence[Mark]:
    return list(Statement.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "seq", "article__seq"))


def _claims(desk: Desk, person: User) -> "QuerySet[Claim]":
    return Claim.objects.readable_by(person).filter(desk=desk)


def _read_claims(ids: Sequence[UUID]) -> Sequence[Claim]:
    told = Verdict.objects.select_related("rating").order_by("number")
    verdicts = Prefetch("verdicts", told.prefetch_related("authors__person", "approvals__person", "evidence"))
    rows = Claim.objects.filter(pk__in=ids).select_related("opened_by", "checked__speaker", "publication")
    return list(rows.prefetch_related("appearances", verdicts).order_by("pk"))


def _marks_of_claims(ids: Sequence[UUID]) -> Sequence[Mark]:
    claims = Claim.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "seq", "publication__seq")
    return [*claims, *Verdict.objects.filter(claim__in=ids).order_by("pk").values_list("pk", "seq")]


def _reviews(desk: Desk, person: User) -> "QuerySet[Publication]":
    return Publication.objects.published().filter(desk=desk)


def _read_reviews(ids: Sequence[UUID]) -> Sequence[Publication]:
    return list(Publication.objects.published().filter(pk__in=ids).with_review().order_by("pk"))


def _marks_of_reviews(ids: Sequence[UUID]) -> Sequence[Mark]:
    return list(Publication.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "seq"))


KINDS: Final = {
    ExportOf.STATEMENTS: Kind(_statements, _read_statements, _marks_of_statements),
    ExportOf.CLAIMS: Kind(_claims, _read_claims, _marks_of_claims),
    ExportOf.REVIEWS: Kind(_reviews, _read_reviews, _marks_of_reviews),
}
