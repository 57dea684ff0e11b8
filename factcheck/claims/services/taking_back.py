"""Submitting, approving and sending back taken back: the inverse of each, as long as nothing has come of it.

Each is an act of its own in the history; nothing is erased there. What an act changed beside the verdict's state is
read from its own entry and put back.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from factcheck.claims.errors import WrongVerdictState
from factcheck.claims.models import Approval, Claim, ClaimState, Guideline, Verdict, VerdictState
from factcheck.claims.models.verdict import COMPLETE, WRITABLE
from factcheck.ledger.changes import record_change
from factcheck.ledger.recalling import last_act, said_by, said_last
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.notices import take_notices_back
from factcheck.newsroom.permissions import Action, require

UNFINISHED = (ClaimState.OPEN, ClaimState.IN_WORK)


def take_back_submission(verdict: Verdict, version: int, person: User, now: datetime) -> None:
    """Make a submitted verdict a draft again, to go on writing, before anybody has answered.

    Raises:
        NotAllowed: the person may not write verdicts on this claim.
        WrongVerdictState: it is not submitted, or somebody has approved it.
        StaleVersion: it changed since the person saw it.
    """
    require(person, Action.WRITE_VERDICT, verdict)
    _require_state(verdict, VerdictState.SUBMITTED)
    if verdict.approvals.exists():
        raise WrongVerdictState(_("Somebody has approved this verdict already. Ask the reviewer to send it back."))
    before = said_last(verdict, "submit_verdict").get("before", {})
    handed_in = before.get("submitted_at")
    state = before.get("state") if before.get("state") in WRITABLE else VerdictState.DRAFT
    with record_change(actor=person, now=now) as change:
        guideline = Guideline.objects.filter(pk=before.get("guideline")).first()
        fields = {"note": before.get("note", ""), "guideline": guideline}
        fields["submitted_at"] = datetime.fromisoformat(handed_in) if handed_in else None
        change.edit(verdict, version, state=state, **fields)
        change.audit("take_back_submission", verdict, desk_id=verdict.desk_id)


def take_back_approval(verdict: Verdict, version: int, person: User, now: datetime) -> None:
    """Take one's own yes back; an approved verdict is submitted again, its claim in work. Nothing published is touched.

    Raises:
        NotAllowed: the person may not approve on this desk.
        WrongVerdictState: the person has not approved it, it is published, or what followed stands on it.
        StaleVersion: it changed since the person saw it.
    """
    require(person, Action.APPROVE_VERDICT, verdict)
    if verdict.state not in COMPLETE or not verdict.approvals.filter(person=person).exists():
        raise WrongVerdictState(_("You have not approved this verdict, or took that back already."))
    require_last_word(verdict)
    before = said_last(verdict, "approve_verdict").get("claim")
    state = before if before in UNFINISHED else ClaimState.IN_WORK
    try:
        with record_change(actor=person, now=now) as change:
            change.edit(verdict, version, state=VerdictState.SUBMITTED, decided_at=None)
            verdict.approvals.filter(person=person).delete()
            decided = Claim.objects.filter(pk=verdict.claim_id, state=ClaimState.DECIDED)
            if decided.update(**Claim.edited(state=state)):
                verdict.claim.refresh_from_db()
                change.touch(verdict.claim)
            take_notices_back(change, verdict.author_ids(), NoticeKind.APPROVED, verdict.claim, desk_id=verdict.desk_id)
            change.audit("take_back_approval", verdict, desk_id=verdict.desk_id, given=verdict.approvals.count())
    except IntegrityError as error:  # the database keeps what is published
        words = _("This verdict is published. Correct what readers see, or withdraw it.")
        raise WrongVerdictState(words) from error


def take_back_send_back(verdict: Verdict, version: int, person: User, now: datetime) -> None:
    """Let a verdict that one sent back wait for approval again, with the approvals that this had made void.

    Raises:
        NotAllowed: the person may not send back on this desk.
        WrongVerdictState: it is not sent back, or another did that.
        StaleVersion: its authors went on writing.
    """
    require(person, Action.SEND_BACK_VERDICT, verdict)
    _require_state(verdict, VerdictState.SENT_BACK)
    last = last_act(verdict, "send_back_verdict")
    if last is None or last.actor_id != person.pk:
        raise WrongVerdictState(_("Somebody else sent this verdict back. Its authors submit it again."))
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, state=VerdictState.SUBMITTED, note="")
        Approval.objects.bulk_create(
            Approval(verdict=verdict, person_id=UUID(row["person"]), approved_at=datetime.fromisoformat(row["at"]))
            for row in said_by(last).get("approvals", [])
        )
        take_notices_back(change, verdict.author_ids(), NoticeKind.SENT_BACK, verdict.claim, desk_id=verdict.desk_id)
        change.audit("take_back_send_back", verdict, desk_id=verdict.desk_id)


def require_last_word(verdict: Verdict) -> None:
    """Go on only where nothing on the claim follows this verdict.

    Raises:
        WrongVerdictState: a further verdict was begun, or the claim is closed.
    """
    if verdict.claim.verdicts.filter(number__gt=verdict.number).exists():
        raise WrongVerdictState(_("A further verdict on this claim was begun. What it follows stays as it is."))
    if verdict.claim.state == ClaimState.CLOSED:
        raise WrongVerdictState(_("The claim is closed. Reopen it first."))


def _require_state(verdict: Verdict, state: VerdictState) -> None:
    if verdict.state != state:
        words = _("This verdict is %(state)s; there is nothing to take back. Load the page again.")
        raise WrongVerdictState(words % {"state": verdict.get_state_display().lower()})
