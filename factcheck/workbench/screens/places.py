"""Where a claim appears, in order of time."""

from dataclasses import dataclass
from datetime import datetime

from factcheck.claims.models import Claim
from factcheck.corpus.models import Statement
from factcheck.corpus.services.relays import note_chains


@dataclass(frozen=True, slots=True)
class Place:
    """A statement that makes the claim, or denies it."""

    statement: Statement
    stance: str

    @property
    def said_at(self) -> datetime:
        """When it was said, as far as people know; else when it was published, or came here."""
        return self.statement.said_at


def places_of(claim: Claim) -> list[Place]:
    """All of them in one query, the earliest first."""
    rows = claim.appearances.select_related(
        "statement__speaker", "statement__reported_by", "statement__article__outlet"
    )
    note_chains([row.statement for row in rows])
    places = [Place(row.statement, row.stance) for row in rows]
    return sorted(places, key=lambda place: (place.said_at, place.statement.created_seq or 0))
