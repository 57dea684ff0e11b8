"""What is found when somebody asks whether a text has been checked: our claims and imported reviews, read for it.

A job reads what is new or changed, in short transactions, so it goes on where a killed one was; nothing of it lives in
memory only, and all of it can be made again from the texts.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from factcheck.claims.models import Claim, ImportedReview, KnownClaim, ReviewImport, unread_claims, unread_imports
from factcheck.corpus.services.builds import chosen_models
from factcheck.engine import matching
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job
from factcheck.ledger.wording import grouped

KNOW: Final = "know_claims"
PRIORITY: Final = 4  # before bulk ingest: a claim shall be found soon after it was opened
AT_ONCE: Final = 50  # claims of one transaction
_WORDS: Final = 1  # raise it when the engine takes texts apart in another way

Checked = Claim | ImportedReview


def ask_to_know(change: Change, subject: Claim | ReviewImport, occasion: str) -> Job:
    """Have what is new read; `occasion` tells this time from others."""
    return change.enqueue(KNOW, f"{subject.pk} {occasion}", subject, desk_id=subject.desk_id, priority=PRIORITY)


def know_claims(hand: WorkInHand) -> None:
    """Read every claim and imported review that is new or has changed since it was read.

    Raises:
        ModelUnusable: the model of sentences is not whole.
        JobCancelled, LeaseLost: the work shall stop.
    """
    reader = current_reader()
    waiting = unread_claims(reader).count() + unread_imports(reader).count()
    for done in read_claims(hand.now):
        step = worded("reading claim {done} of {waiting}", done=grouped(done), waiting=grouped(waiting))
        hand.progress(step, min(done / max(waiting, 1), 1.0))
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)


def read_claims(now: Callable[[], datetime]) -> Iterator[int]:
    """Read what is new or has changed, some at a time; after each few, how many that were.

    Raises:
        ModelUnusable: the model of sentences is not whole.
    """
    reader, done = current_reader(), 0
    unread: tuple[QuerySet[Any], ...] = (unread_claims(reader).select_related("checked"), unread_imports(reader))
    for claims in unread:
        while some := list(claims[:AT_ONCE]):
            _read(some, reader, now())
            done += len(some)
            yield done


def current_reader() -> str:
    """What reads claims today: another model, or other words, is another reader. Loads no model.

    Raises:
        ModelUnusable: the model of sentences is not whole.
    """
    return f"{_WORDS}+{matching.find_digest(chosen_models())[:12]}"


def forget_known() -> int:
    """Forget what is known, so that all of it is read again; how much that was."""
    return KnownClaim.objects.all().delete()[0]


def text_of(checked: Checked) -> str:
    """What a claim is found by: its sentence and the quotation that is checked; an import by its claim and title."""
    if isinstance(checked, ImportedReview):
        return f"{checked.claim_text}\n{checked.title}".strip()
    return f"{checked.text}\n{checked.checked.display if checked.checked else ''}".strip()


def _read(some: Sequence[Checked], reader: str, now: datetime) -> None:
    """Read these outside any transaction, then store what was read in a short one."""
    field = "imported" if isinstance(some[0], ImportedReview) else "claim"
    known = {getattr(row, f"{field}_id"): row for row in KnownClaim.objects.filter(**{f"{field}__in": some})}
    rows = [known.get(checked.pk) or KnownClaim(**{field: checked}) for checked in some]
    changed = [row for row, checked in zip(rows, some, strict=True) if _differs(row, checked, reader)]
    new = [row for row in changed if row.seq is None]
    with record_change(actor=None, now=now) as change:
        KnownClaim.objects.bulk_create(new)
        KnownClaim.objects.bulk_update([row for row in rows if row.seq is not None], _READ)
        change.touch(*changed)


_READ: Final = ("words", "meaning", "digest", "reader", "read_at_seq", "is_gone")


def _differs(row: KnownClaim, checked: Checked, reader: str) -> bool:
    """Read a claim into its row; whether anything but its place in the sequence is another than before."""
    before = row.digest, row.reader, row.is_gone
    text = text_of(checked)
    row.read_at_seq = checked.seq or 0
    row.is_gone = isinstance(checked, ImportedReview) and checked.removed_at is not None
    row.digest, row.reader = hashlib.sha256(text.encode()).hexdigest(), reader
    if (row.digest, row.reader) != before[:2]:
        row.words, row.meaning = matching.pack_words(text), matching.load_encoder(chosen_models()).keep(text)
    return (row.digest, row.reader, row.is_gone) != before
