"""Imports and exports: how far each is, and what can be done about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from factcheck.claims.models import ImportedReview, ImportState, ReviewImport, RowProblem
from factcheck.claims.services import importing
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import User
from factcheck.publishing import exporting
from factcheck.publishing.csv_tables import Value
from factcheck.publishing.models import Export

SHOWN: Final = 50
FIRST_PROBLEMS, FIRST_REVIEWS = 20, 10
HEAD: Final = ("row", "field", "what_is_wrong", "what_to_do", "left_out")


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import in the list."""

    review_import: ReviewImport
    job: Job

    @property
    def was_stopped(self) -> bool:
        """Whether its work ended before its end."""
        return self.job.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def is_checked(self) -> bool:
        """Whether it waits for somebody to say yes."""
        return self.review_import.state == ImportState.CHECKED

    @property
    def may_take_back(self) -> bool:
        """Whether something of it can be taken back."""
        begun = self.review_import.state in (ImportState.IMPORTING, ImportState.IMPORTED)
        return begun and not self.job.is_open

    @property
    def would(self) -> bool:
        """Whether its figures say what would be, not what is."""
        return self.review_import.state in (ImportState.CHECKING, ImportState.CHECKED)


@dataclass(frozen=True, slots=True)
class ImportScreen:
    """The page of an import."""

    line: ImportLine
    problems: Sequence[RowProblem]
    more_problems: int
    reviews: Sequence[ImportedReview]

    @property
    def has_news(self) -> bool:
        """Whether importing it would change anything."""
        return bool(self.line.review_import.added or self.line.review_import.changed)


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One export."""

    export: Export
    job: Job
    now: datetime

    @property
    def is_gone(self) -> bool:
        """Whether its file is not kept any more."""
        return self.export.removed_at is not None or self.export.expires_at <= self.now

    @property
    def is_whole(self) -> bool:
        """Whether its file can be downloaded."""
        return self.export.is_whole and not self.is_gone

    @property
    def was_stopped(self) -> bool:
        """Whether its work ended before its end."""
        return self.job.state in (JobState.FAILED, JobState.CANCELLED)


def import_lines(person: User) -> Sequence[ImportLine]:
    """The newest imports of a person's desks."""
    rows = list(ReviewImport.objects.readable_by(person).select_related("desk", "asked_by").order_by("-pk")[:SHOWN])
    work = importing.jobs_of(rows)
    return [ImportLine(row, work[row.pk]) for row in rows]


def import_screen(review_import: ReviewImport) -> ImportScreen:
    """Gather the page of an import."""
    problems = review_import.problems.all()
    reviews = ImportedReview.objects.standing().filter(review_import=review_import).order_by("pk")
    return ImportScreen(
        ImportLine(review_import, importing.job_of(review_import)),
        list(problems[:FIRST_PROBLEMS]),
        max(problems.count() - FIRST_PROBLEMS, 0),
        list(reviews.defer("document")[:FIRST_REVIEWS]),
    )


def problem_lines(review_import: ReviewImport) -> Iterator[Sequence[Value]]:
    """The report of an import as a table."""
    yield HEAD
    for one in review_import.problems.all().iterator():
        yield one.number, one.field, one.problem, one.remedy, "yes" if one.refuses else "no"


def export_lines(person: User, now: datetime) -> Sequence[ExportLine]:
    """A person's newest exports."""
    rows = list(Export.objects.of(person).select_related("desk").order_by("-pk")[:SHOWN])
    work = exporting.jobs_of(rows)
    return [ExportLine(row, work[row.pk], now) for row in rows]


def export_line(export: Export, now: datetime) -> ExportLine:
    """One export."""
    return ExportLine(export, exporting.job_of(export), now)
