"""Where a claim appears, the earliest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.models import Claim
from factcheck.corpus.models import Statement


@dataclass(frozen=True, slots=True)
class Place:
    """A statement that makes the claim, or rejects it."""

    statement: Statement
    stance: str


def places_of(claim: Claim) -> Sequence[Place]:
    """All of them in one query."""
    rows = claim.appearances.select_related(
        "statement__speaker", "statement__reported_by", "statement__article__outlet"
    )
    ordered = sorted(rows, key=lambda row: row.statement.article.published_at or row.statement.article.added_at)
    return [Place(row.statement, row.stance) for row in ordered]
