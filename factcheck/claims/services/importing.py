"""Other people's reviews, from a file: checked first, then imported by a job that goes on where it was stopped.

The rows of a file come in the same order however often it is read. How many of them are behind an import commits with
the reviews of those rows, so nothing is lost or doubled when a worker is killed between two of them.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from factcheck.claims.errors import UnfitImport, WrongImportState
from factcheck.claims.models import ImportedReview, ImportState, ReviewImport, RowProblem
from factcheck.claims.services.imported_rows import Tally, Trial, store_rows
from factcheck.claims.services.knowing import ask_to_know
from factcheck.corpus.services.originals import keep_original, read_original
from factcheck.intake.parsing.documents import UnfitFile
from factcheck.intake.reviews.child import ReadFile, reading_reviews, require_review_file
from factcheck.intake.reviews.rows import Row
from factcheck.intake.wording import worded
from factcheck.ledger import jobs
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.errors import GivesWay, LeaseLost
from factcheck.ledger.jobs import WorkInHand, finish_job, keep_progress
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

CHECK, IMPORT, TAKE_BACK = "check_import", "import_reviews", "take_back_import"
PRIORITY: Final = 3  # before bulk ingest, after whatever somebody waits for at a page
CHUNK: Final = 100  # rows of one transaction, so that SQLite's other writers wait no longer than 50 ms
AT_A_STRETCH: Final = 300.0  # seconds after which the job gives its turn away; it goes on where it is


def hand_in_reviews(name: str, content: bytes, desk: Desk, person: User, *, now: datetime) -> ReviewImport:
    """Keep a file of reviews and check it; nothing is imported before somebody says so.

    Raises:
        NotAllowed: the person may not import reviews on this desk.
        UnfitImport: it is too large, empty, or of a kind that holds no reviews.
    """
    return _hand_in(name, content, desk, person, now=now, state=ImportState.CHECKING)


def import_reviews_at_once(name: str, content: bytes, desk: Desk, person: User, *, now: datetime) -> ReviewImport:
    """Keep a file of reviews and import it without a look at what it would do.

    Raises:
        NotAllowed, UnfitImport: as for one that is checked first.
    """
    return _hand_in(name, content, desk, person, now=now, state=ImportState.IMPORTING)


def start_import(review_import: ReviewImport, person: User, now: datetime) -> None:
    """Import what was checked.

    Raises:
        NotAllowed: the person may not import reviews on this desk.
        WrongImportState: it is not checked yet, or was started already.
    """
    require(person, Action.IMPORT_REVIEWS, review_import)
    with record_change(actor=person, now=now) as change:
        fresh = {"position": 0, "added": 0, "changed": 0, "unchanged": 0, "refused": 0, "ended_at": None}
        _move(review_import, ImportState.CHECKED, ImportState.IMPORTING, **fresh)
        _queue(change, IMPORT, review_import)
        change.audit("start_import", review_import, desk_id=review_import.desk_id, name=review_import.name)


def take_back_import(review_import: ReviewImport, person: User, now: datetime) -> None:
    """Take back every review that this import wrote last; importing an earlier file again brings its own back.

    Raises:
        NotAllowed: the person may not import reviews on this desk.
        WrongImportState: it still runs, nothing was imported, or it was taken back.
    """
    require(person, Action.IMPORT_REVIEWS, review_import)
    if job_of(review_import).is_open:
        raise WrongImportState(_("This import still runs. Cancel it first, or wait."))
    with record_change(actor=person, now=now) as change:
        begun = (ImportState.IMPORTING, ImportState.IMPORTED)
        _move(review_import, begun, ImportState.TAKEN_BACK, ended_at=None)
        _queue(change, TAKE_BACK, review_import)
        change.audit("take_back_import", review_import, desk_id=review_import.desk_id, name=review_import.name)


def cancel_import(review_import: ReviewImport, person: User, now: datetime) -> None:
    """Stop an import where it is; what it has imported stays, and it can go on or be taken back.

    Raises:
        NotAllowed: the person may not import reviews on this desk.
        JobNotCancellable: it has ended.
    """
    require(person, Action.IMPORT_REVIEWS, review_import)
    jobs.cancel_job(job_of(review_import), person, now)


def resume_import(review_import: ReviewImport, person: User, now: datetime) -> None:
    """Go on with an import that failed or was cancelled, where it was.

    Raises:
        NotAllowed: the person may not import reviews on this desk.
        JobNotRetryable: it is queued, running or done.
    """
    require(person, Action.IMPORT_REVIEWS, review_import)
    jobs.retry_job(job_of(review_import), person, now)


def job_of(review_import: ReviewImport) -> Job:
    """The job that an import waits for, or that ended last."""
    return Job.objects.about("reviewimport", review_import.pk)[0]


def jobs_of(imports: Iterable[ReviewImport]) -> dict[UUID, Job]:
    """The newest job of each of these."""
    work = Job.objects.filter(subject_type="reviewimport", subject_id__in=[one.pk for one in imports])
    return {job.subject_id: job for job in work.order_by("created_at", "id")}


def check_reviews(hand: WorkInHand) -> None:
    """Read the whole file and say what importing it would do; nothing else is written.

    Raises:
        UnfitImport: the file holds no reviews that can be read.
        JobCancelled, LeaseLost: the work shall stop.
    """
    review_import = ReviewImport.objects.get(pk=hand.job.subject_id)
    trial = Trial(review_import)
    with _reading(review_import) as file:
        for rows in _chunks(file, 0):
            trial.try_rows(rows)
            hand.progress(_step(trial.tally.rows, file.count), trial.tally.rows / file.count)
            _keep_problems(review_import, rows)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        counts = {**trial.tally.counts(), "position": trial.tally.rows, "ended_at": change.now}
        _move(review_import, ImportState.CHECKING, ImportState.CHECKED, **counts)


def import_reviews(hand: WorkInHand) -> None:
    """Import the rows of the file that are not behind this import yet, a few at a time.

    Raises:
        UnfitImport: the file holds no reviews that can be read.
        GivesWay: others shall have their turn; it goes on where it is.
        JobCancelled, LeaseLost: the work shall stop.
    """
    review_import = ReviewImport.objects.select_related("asked_by").get(pk=hand.job.subject_id)
    until = time.monotonic() + AT_A_STRETCH
    with _reading(review_import) as file:
        for rows in _chunks(file, review_import.position):
            _keep_problems(review_import, rows)
            try:
                _import(hand, review_import, rows, file.count)
            except IntegrityError:  # another import wrote one of them at this moment; now it is there
                _import(hand, review_import, rows, file.count)
            if time.monotonic() > until:
                raise GivesWay
    with record_change(actor=review_import.asked_by, now=hand.now()) as change:
        finish_job(change, hand.lease)
        _move(review_import, ImportState.IMPORTING, ImportState.IMPORTED, ended_at=change.now)
        ask_to_know(change, review_import, f"imported {change.now.isoformat()}")
        counts = ReviewImport.objects.values(*Tally.NAMES).get(pk=review_import.pk)
        change.audit("import_reviews", review_import, desk_id=review_import.desk_id, **counts)


def remove_reviews(hand: WorkInHand) -> None:
    """Take back, a few at a time, what an import wrote last.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    review_import = ReviewImport.objects.get(pk=hand.job.subject_id)
    standing = ImportedReview.objects.standing().filter(review_import=review_import).order_by("identity")
    whole, done = max(standing.count(), 1), 0
    while rows := list(standing[:CHUNK]):
        with record_change(actor=None, now=hand.now()) as change:
            keep_progress(hand.lease, _step(done, whole), done / whole)
            ImportedReview.objects.filter(pk__in=[row.pk for row in rows]).update(removed_at=change.now)
            change.touch(*rows)
        done += len(rows)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        ReviewImport.objects.filter(pk=review_import.pk).update(ended_at=change.now)
        ask_to_know(change, review_import, f"taken back {change.now.isoformat()}")


def _hand_in(name: str, content: bytes, desk: Desk, person: User, *, now: datetime, state: ImportState) -> ReviewImport:
    require(person, Action.IMPORT_REVIEWS, desk)
    try:
        require_review_file(name, content)
    except UnfitFile as reason:
        raise UnfitImport(str(reason)) from reason
    review_import = ReviewImport(desk=desk, asked_by=person, asked_at=now, state=state)
    review_import.name = name.rsplit("/", 1)[-1][-200:]
    review_import.original_sha256 = keep_original(content)
    with record_change(actor=person, now=now) as change:
        review_import.save(force_insert=True)
        _queue(change, CHECK if state == ImportState.CHECKING else IMPORT, review_import)
        said = {"name": review_import.name, "sha256": review_import.original_sha256}
        change.audit("hand_in_reviews", review_import, desk_id=desk.pk, **said)
    return review_import


def _queue(change: Change, kind: str, review_import: ReviewImport) -> None:
    change.enqueue(kind, str(review_import.pk), review_import, desk_id=review_import.desk_id, priority=PRIORITY)


def _move(
    review_import: ReviewImport, before: ImportState | tuple[ImportState, ...], after: ImportState, **fields: object
) -> None:
    """Move an import on, if it stands where that starts from."""
    states = before if isinstance(before, tuple) else (before,)
    standing = ReviewImport.objects.filter(pk=review_import.pk, state__in=states)
    if not standing.update(state=after, **fields):
        raise WrongImportState


@contextmanager
def _reading(review_import: ReviewImport) -> Iterator[ReadFile]:
    try:
        with reading_reviews(review_import.name, read_original(review_import.original_sha256)) as file:
            yield file
    except UnfitFile as reason:
        raise UnfitImport(str(reason)) from reason


def _chunks(file: ReadFile, after: int) -> Iterator[list[Row]]:
    rows = file.rows(after)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _keep_problems(review_import: ReviewImport, rows: list[Row]) -> None:
    """Write what is wrong in these rows, once however often they are read."""
    problems = [
        RowProblem(
            review_import=review_import,
            number=row.number,
            field=problem.field[:60],
            problem=problem.problem[:300],
            remedy=problem.remedy[:300],
            refuses=problem.refuses,
        )
        for row in rows
        for problem in row.problems
    ]
    with transaction.atomic():
        RowProblem.objects.bulk_create(problems, ignore_conflicts=True)


def _import(hand: WorkInHand, review_import: ReviewImport, rows: list[Row], whole: int) -> None:
    """Store these rows and put them behind the import, under the lease; or none of it."""
    behind = review_import.position + len(rows)
    with record_change(actor=review_import.asked_by, now=hand.now()) as change:
        keep_progress(hand.lease, _step(behind, whole), behind / whole)
        tally = store_rows(change, review_import, rows)
        here = ReviewImport.objects.filter(
            pk=review_import.pk, position=review_import.position, state=ImportState.IMPORTING
        )
        if not here.update(position=behind, **tally.raised()):
            raise LeaseLost
    review_import.position = behind


def _step(done: int, whole: int) -> str:
    return worded("{done} of {whole}", done=f"{done:,}", whole=f"{whole:,}")
