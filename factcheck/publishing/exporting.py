"""Exports: asked for, written by a job that goes on where it was stopped, kept for some days, handed to their asker.

An export is cut by the change sequence: it holds the rows that were there at `as_of`, each as it stood when it was
read, with its number. Whoever follows the change feed from `as_of` on has missed nothing.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.corpus.models import Article
from factcheck.intake.wording import worded
from factcheck.ledger import jobs
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import GivesWay, LeaseLost
from factcheck.ledger.jobs import WorkInHand, finish_job, keep_progress
from factcheck.ledger.models import Job, LedgerHead
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require
from factcheck.publishing.errors import ExportGone, ExportNotReady, UnfitExport
from factcheck.publishing.export_files import PartFile, path_of, remove_files
from factcheck.publishing.export_rows import Piece, read_piece, rows_left
from factcheck.publishing.export_shapes import SHAPES, Shape
from factcheck.publishing.models import Export, ExportOf

EXPORT, EXPIRE = "export", "expire_exports"
PRIORITY: Final = 3  # as imports
KEPT_FOR: Final = timedelta(days=7)
AT_A_STRETCH: Final = 300.0  # seconds after which the job gives its turn away; it goes on where it is


def ask_export(what: str, shape: str, desk: Desk, person: User, now: datetime) -> Export:
    """Ask for a file of what one may read; a job writes it.

    Raises:
        NotAllowed: the person may not export this on this desk.
        UnfitExport: there is no such file.
    """
    require(person, action_for(what), desk)
    if (what, shape) not in SHAPES:
        offered = ", ".join(sorted({str(other) for of, other in SHAPES if of == what}))
        raise UnfitExport(_("These are exported as %(offered)s. Choose one of them.") % {"offered": offered})
    export = Export(desk=desk, what=what, shape=shape, asked_by=person, asked_at=now, expires_at=now + KEPT_FOR)
    export.as_of = LedgerHead.objects.get(pk=1).seq
    with record_change(actor=person, now=now) as change:
        export.save(force_insert=True)
        change.enqueue(EXPORT, str(export.pk), export, desk_id=desk.pk, priority=PRIORITY)
        change.audit("ask_export", export, desk_id=desk.pk, what=what, shape=shape)
    return export


def write_export(hand: WorkInHand) -> None:
    """Write the file, from where the attempt before stood.

    Raises:
        GivesWay: others shall have their turn; it goes on where it is.
        NotAllowed: its asker may not have it any more.
        JobCancelled, LeaseLost: the work shall stop.
    """
    export = Export.objects.select_related("desk", "asked_by").get(pk=hand.job.subject_id)
    require(export.asked_by, action_for(export.what), export.desk)
    shape, until = SHAPES[export.what, export.shape], time.monotonic() + AT_A_STRETCH
    with PartFile(export, hand.lease.token) as file:
        _begin(hand, export, file, shape)
        left = rows_left(export).count()
        whole = export.rows + left
        while piece := read_piece(export):
            _append(hand, export, file, piece, whole)
            if time.monotonic() > until:
                raise GivesWay
        export.size = file.append(shape.end)
        export.sha256, export.part = file.digest(), file.name
    _finish(hand, export)
    remove_files(export, but=export.part)


def cancel_export(export: Export, person: User, now: datetime) -> None:
    """Stop writing a file.

    Raises:
        NotAllowed: the person may not export this any more.
        JobNotCancellable: it has ended.
    """
    require(person, action_for(export.what), export.desk)
    jobs.cancel_job(job_of(export), person, now)


def resume_export(export: Export, person: User, now: datetime) -> None:
    """Go on with a file whose writing failed or was cancelled, where it was.

    Raises:
        NotAllowed: the person may not export this any more.
        ExportGone: it was removed meanwhile.
        JobNotRetryable: it is queued, running or done.
    """
    require(person, action_for(export.what), export.desk)
    if export.removed_at:
        raise ExportGone
    jobs.retry_job(job_of(export), person, now)


def remove_export(export: Export, person: User, now: datetime) -> None:
    """Take a file away before its time.

    Raises:
        NotAllowed: the person may not export on this desk any more.
        ExportNotReady: it is being written; cancel it first.
    """
    require(person, Action.EXPORT_PUBLISHED, export.desk)
    if job_of(export).is_open:
        raise ExportNotReady(_("This file is still being written. Cancel it first."))
    with record_change(actor=person, now=now) as change:
        Export.objects.filter(pk=export.pk, removed_at__isnull=True).update(removed_at=now)
        change.audit("remove_export", export, desk_id=export.desk_id)
    remove_files(export)


def open_export(export: Export, person: User, now: datetime) -> Export:
    """Look once more whether this person may have the file now.

    Raises:
        NotAllowed: their role does not cover it any more.
        ExportNotReady: it is still being written, or that was stopped.
        ExportGone: it has expired, was removed, or holds what they may not read any more.
    """
    require(person, action_for(export.what), export.desk)
    if export.removed_at or export.expires_at <= now:
        raise ExportGone
    if not export.is_whole:
        raise ExportNotReady
    if export.what != ExportOf.REVIEWS and _hidden_since(export, person):
        words = _("An article in this file was restricted since, and you may not read it. Export it again.")
        raise ExportGone(words)
    if not path_of(export.part).exists():
        raise ExportGone
    return export


def expire_exports(hand: WorkInHand) -> None:
    """The routine that removes the files whose time is over."""
    for export in Export.objects.kept().filter(expires_at__lte=hand.now()):
        hand.progress(worded("removing what has expired"), 0.5)
        if job_of(export).is_open:
            continue
        with record_change(actor=None, now=hand.now()) as change:
            Export.objects.filter(pk=export.pk).update(removed_at=change.now)
            change.audit("expire_export", export, desk_id=export.desk_id)
        remove_files(export)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)


def action_for(what: str) -> Action:
    """What exporting this asks."""
    return Action.EXPORT_PUBLISHED if what == ExportOf.REVIEWS else Action.EXPORT_UNPUBLISHED


def job_of(export: Export) -> Job:
    """The job that writes it."""
    return Job.objects.about("export", export.pk)[0]


def jobs_of(exports: Iterable[Export]) -> dict[UUID, Job]:
    """The job of each of these."""
    work = Job.objects.filter(subject_type="export", subject_id__in=[export.pk for export in exports])
    return {job.subject_id: job for job in work}


def _begin(hand: WorkInHand, export: Export, file: PartFile, shape: Shape) -> None:
    """Take over what stands, or begin with the head."""
    if not file.goes_on():
        file.start_anew()
        export.rows, export.position = 0, None
        export.size = file.append(shape.head(export))
    _keep(hand, export, file, worded("writing the file"), 0.0)


def _append(hand: WorkInHand, export: Export, file: PartFile, piece: Piece, whole: int) -> None:
    """Write rows into the file, then say in the export's row that they stand."""
    shape, content = SHAPES[export.what, export.shape], bytearray()
    for row in piece.rows:
        content += shape.between if export.rows else b""
        content += shape.row(row)
        export.rows += 1
    export.position = piece.last
    export.size = file.append(bytes(content))
    _keep(
        hand,
        export,
        file,
        worded("{done} of {whole}", done=f"{export.rows:,}", whole=f"{whole:,}"),
        export.rows / max(whole, export.rows),
    )


def _keep(hand: WorkInHand, export: Export, file: PartFile, step: str, share: float) -> None:
    """Write how much stands, under the lease."""
    with record_change(actor=None, now=hand.now()):
        keep_progress(hand.lease, step, share)
        standing = {"rows": export.rows, "position": export.position, "size": export.size, "part": file.name}
        if not Export.objects.filter(pk=export.pk, ended_at__isnull=True, removed_at__isnull=True).update(**standing):
            raise LeaseLost


def _finish(hand: WorkInHand, export: Export) -> None:
    with record_change(actor=export.asked_by, now=hand.now()) as change:
        finish_job(change, hand.lease)
        whole = {"size": export.size, "sha256": export.sha256, "part": export.part}
        whole |= {"ended_at": change.now, "expires_at": change.now + KEPT_FOR}
        Export.objects.filter(pk=export.pk).update(**whole)
        told = {"what": export.what, "rows": export.rows, "sha256": export.sha256}
        change.audit("export", export, desk_id=export.desk_id, **told)


def _hidden_since(export: Export, person: User) -> bool:
    """Whether an article of that time has changed since and is hidden from this person now."""
    changed = Article.objects.filter(desk=export.desk_id, created_seq__lte=export.as_of, seq__gt=export.as_of)
    return changed.exclude(pk__in=Article.objects.readable_by(person).values("pk")).exists()
