"""A changed source: claims that hang on it are flagged, decided ones go back to work, and people are told.

What is published stays as it stands until people have looked: a machine withdraws nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.claims.errors import NothingToSettle
from factcheck.claims.models import Appearance, Claim, ClaimState, SourceChange, VerdictState
from factcheck.corpus.models import Revision
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.notices import notify_all
from factcheck.newsroom.permissions import Action, require


def flag_changed_claims(hand: WorkInHand) -> None:
    """Flag the claims that appear in statements which a new revision rewords or takes out.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    said = hand.job.parameters
    what = {UUID(pk): name for name in ("reworded", "lost") for pk in said[name]}
    revision = Revision.objects.get(pk=said["revision"])
    rows = Appearance.objects.filter(statement__in=list(what)).exclude(claim__state=ClaimState.CLOSED)
    touched: dict[UUID, list[Appearance]] = {}
    for row in rows.select_related("claim").order_by("pk"):
        touched.setdefault(row.claim_id, []).append(row)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        for appearances in touched.values():
            _flag(change, appearances, what, revision)


def settle_changes(claim: Claim, person: User, now: datetime) -> None:
    """Say that somebody has looked at what changed; a claim that was decided before is so again.

    Raises:
        NotAllowed: the person may not open or close claims on this desk.
        NothingToSettle: no change waits for being looked at.
    """
    require(person, Action.CLOSE_CLAIM, claim)
    with record_change(actor=person, now=now) as change:
        waiting = SourceChange.objects.filter(claim=claim, settled_at__isnull=True)
        ids = [str(pk) for pk in waiting.values_list("pk", flat=True)]
        was_decided = waiting.filter(reopened=True).exists()
        if not waiting.update(settled_at=now, settled_by=person):
            raise NothingToSettle
        newest = claim.verdicts.order_by("-number").first()
        is_decided = newest is not None and newest.state == VerdictState.APPROVED
        decides = was_decided and is_decided and claim.state == ClaimState.IN_WORK
        if decides:
            Claim.objects.filter(pk=claim.pk).update(**Claim.edited(state=ClaimState.DECIDED))
            claim.refresh_from_db()
        change.touch(claim)
        change.audit("settle_changes", claim, desk_id=claim.desk_id, changes=ids, decides=decides)


def take_back_settling(claim: Claim, person: User, now: datetime) -> None:
    """Say that one has not looked after all: what one settled last waits again, and so does the claim.

    Raises:
        NotAllowed: the person may not open or close claims on this desk.
        NothingToSettle: the person settled nothing here last.
    """
    require(person, Action.CLOSE_CLAIM, claim)
    entries = AuditEntry.objects.filter(subject_type="claim", subject_id=claim.pk, verb="settle_changes")
    last = entries.filter(actor=person, payload__isnull=False).select_related("payload").order_by("-sequence").first()
    said = last.payload.body if last else {}
    with record_change(actor=person, now=now) as change:
        settled = SourceChange.objects.filter(claim=claim, pk__in=said.get("changes", []), settled_by=person)
        if not settled.update(settled_at=None, settled_by=None):
            raise NothingToSettle(_("You have looked at none of its changes last. Load the page again."))
        if said["decides"] and claim.state == ClaimState.DECIDED:
            Claim.objects.filter(pk=claim.pk).update(**Claim.edited(state=ClaimState.IN_WORK))
            claim.refresh_from_db()
        change.touch(claim)
        change.audit("take_back_settling", claim, desk_id=claim.desk_id)


def _flag(change: Change, appearances: Iterable[Appearance], what: Mapping[UUID, str], revision: Revision) -> None:
    rows = list(appearances)
    claim = rows[0].claim
    is_decided = claim.state == ClaimState.DECIDED
    changes = [
        SourceChange(
            claim=claim,
            statement_id=row.statement_id,
            revision=revision,
            what=what[row.statement_id],
            at=change.now,
            reopened=is_decided,
        )
        for row in rows
    ]
    SourceChange.objects.bulk_create(changes, ignore_conflicts=True)
    if is_decided:
        Claim.objects.filter(pk=claim.pk).update(**Claim.edited(state=ClaimState.IN_WORK))
    change.touch(claim)
    notify_all(change, _concerned(claim), NoticeKind.CHANGED, claim, desk_id=claim.desk_id, place="#changed")
    said = {"revision": str(revision.pk), "reopened": is_decided, "statements": [str(row.statement_id) for row in rows]}
    change.audit("flag_claim", claim, desk_id=claim.desk_id, **said)


def _concerned(claim: Claim) -> set[UUID]:
    """Who opened it, who works on it, and who wrote or approved a verdict on it."""
    authors = claim.verdicts.filter(authors__isnull=False).values_list("authors__person", flat=True)
    approvers = claim.verdicts.filter(approvals__isnull=False).values_list("approvals__person", flat=True)
    return set(claim.owner_ids()) | set(authors) | set(approvers)
