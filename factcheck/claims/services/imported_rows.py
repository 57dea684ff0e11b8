"""The rows of an import as reviews of the desk: new ones added, told anew where they say something else, else left."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F
from django.db.models.expressions import Combinable

from factcheck.claims.models import ImportedReview, ReviewImport
from factcheck.intake.cleaning import clean_text
from factcheck.intake.reviews.rows import Row, Said
from factcheck.ledger.changes import Change


@dataclass(slots=True)
class Tally:
    """What became of rows."""

    NAMES: ClassVar = ("added", "changed", "unchanged", "refused")

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def rows(self) -> int:
        """How many rows these are."""
        return self.added + self.changed + self.unchanged + self.refused

    def counts(self) -> dict[str, int]:
        """Each by its name."""
        return {name: getattr(self, name) for name in self.NAMES}

    def raised(self) -> dict[str, Combinable]:
        """The fields of an update that adds these."""
        return {name: F(name) + count for name, count in self.counts().items()}


@dataclass(frozen=True, slots=True)
class Stands:
    """What is known of a review that stands: what it says, and of which day it is."""

    digest: str
    review_date: date | None


class Trial:
    """What importing rows would do, told without writing; it remembers those that came before in the same file."""

    def __init__(self, review_import: ReviewImport) -> None:
        self.tally = Tally()
        self._desk_id = review_import.desk_id
        self._seen: dict[str, Stands] = {}

    def try_rows(self, rows: Sequence[Row]) -> None:
        """Say what would become of these."""
        told = [(identity_of(row), row.said) for row in rows if row.said]
        standing = _standing(self._desk_id, [identity for identity, _ in told])
        there = {identity: _stands(row) for identity, row in standing.items()}
        there |= {identity: self._seen[identity] for identity, _ in told if identity in self._seen}
        for identity, said in told:
            _count(self.tally, there.get(identity), said)
            if _is_news(there.get(identity), said):
                there[identity] = self._seen[identity] = Stands(digest_of(said), _day(said.review_date))
        self.tally.refused += len(rows) - len(told)


def store_rows(change: Change, review_import: ReviewImport, rows: Sequence[Row]) -> Tally:
    """Write these rows as reviews of the desk; the same row twice is one review."""
    tally = Tally()
    desk_id = review_import.desk_id
    told = [(identity_of(row), row, row.said) for row in rows if row.said]
    reviews = _standing(desk_id, [identity for identity, _, _ in told])
    before, written = frozenset(reviews), dict[str, ImportedReview]()
    for identity, row, said in told:
        review = reviews.setdefault(identity, ImportedReview(desk_id=desk_id, identity=identity))
        there = _stands(review)
        _count(tally, there, said)
        if _is_news(there, said):
            _tell(review, row, said, review_import, change)
            written[identity] = review
    tally.refused = len(rows) - len(told)
    _write(change, [(review, identity in before) for identity, review in written.items()])
    return tally


def identity_of(row: Row) -> str:
    """By what a review is known again on its desk: the page, however its address is written, and the claim."""
    assert row.said
    words = " ".join(clean_text(row.said.claim_text).text.casefold().split())
    return sha256(f"{row.page_key}\n{words}".encode()).hexdigest()


def digest_of(said: Said) -> str:
    """Of all that a review says."""
    return sha256(json.dumps(asdict(said), sort_keys=True).encode()).hexdigest()


def _standing(desk_id: UUID, identities: Collection[str]) -> dict[str, ImportedReview]:
    """The reviews of the desk that are known by these; also those that were taken back, which come back."""
    rows = ImportedReview.objects.filter(desk_id=desk_id, identity__in=set(identities)).defer("document")
    return {row.identity: row for row in rows}


def _stands(review: ImportedReview) -> Stands | None:
    """What of a review stands: nothing of one that is new, or was taken back."""
    is_there = bool(review.digest) and review.removed_at is None
    return Stands(review.digest, review.review_date) if is_there else None


def _is_news(there: Stands | None, said: Said) -> bool:
    """Whether a row says something else than what stands, and is not older."""
    if there is None:
        return True
    day = _day(said.review_date)
    is_older = day is not None and there.review_date is not None and day < there.review_date
    return there.digest != digest_of(said) and not is_older


def _count(tally: Tally, there: Stands | None, said: Said) -> None:
    if there is None:
        tally.added += 1
    elif _is_news(there, said):
        tally.changed += 1
    else:
        tally.unchanged += 1


def _tell(review: ImportedReview, row: Row, said: Said, review_import: ReviewImport, change: Change) -> None:
    values: dict[str, Any] = asdict(said)
    days = {name: _day(values[name]) for name in ("claim_date", "review_date")}
    written = {"document": row.document, "digest": digest_of(said), "review_import": review_import}
    written |= {"imported_at": change.now, "removed_at": None}
    for name, value in {**values, **days, **written}.items():
        setattr(review, name, value)


_TOLD = (
    *("url", "claim_text", "rating_text", "claimant", "claim_date", "title", "publisher_name", "publisher_site"),
    *("rating_value", "rating_best", "rating_worst", "review_date", "language", "document", "digest"),
    *("review_import", "imported_at", "removed_at"),
)


def _write(change: Change, reviews: Sequence[tuple[ImportedReview, bool]]) -> None:
    """Write reviews, each with whether it was there before."""
    added = [review for review, was_there in reviews if not was_there]
    changed = [review for review, was_there in reviews if was_there]
    ImportedReview.objects.bulk_create(added)
    ImportedReview.objects.bulk_update(changed, _TOLD)
    change.touch(*added, *changed)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
