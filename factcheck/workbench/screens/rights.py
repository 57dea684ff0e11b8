"""What a person may do on the pages of a claim and its verdict now."""

from dataclasses import dataclass

from factcheck.claims.models import BlindReview, Claim, ClaimState, Verdict, VerdictState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may


@dataclass(frozen=True, slots=True)
class Rights:
    """What this person may do on the page now."""

    take: bool
    reword: bool
    close: bool
    write: bool
    approve: bool
    send_back: bool
    wrote_it: bool
    take_back: str = ""  # what one may take back of it now: "submission" or "approval"


def rights_of(claim: Claim, verdict: Verdict | None, person: User) -> Rights:
    """What this person may do with a claim and its newest verdict."""
    is_unfinished = claim.state in ("open", "in_work")
    submitted = _submitted(verdict)
    wrote_it = verdict is not None and person.pk in verdict.author_ids()
    return Rights(
        take=is_unfinished and may(person, Action.TAKE_CLAIM, claim) and not claim.assignments.filter(person=person),
        reword=is_unfinished and may(person, Action.OPEN_CLAIM, claim),
        close=may(person, Action.CLOSE_CLAIM, claim),
        write=is_unfinished and _is_writable(claim, verdict) and may(person, Action.WRITE_VERDICT, claim),
        approve=submitted is not None and _may_approve(claim, submitted, person, wrote_it=wrote_it),
        send_back=submitted is not None and may(person, Action.SEND_BACK_VERDICT, claim),
        wrote_it=wrote_it,
        take_back=_taken_back(claim, verdict, person, wrote_it=wrote_it) if verdict else "",
    )


def _taken_back(claim: Claim, verdict: Verdict, person: User, *, wrote_it: bool) -> str:
    """What this person may take back of a claim's newest verdict that is their own doing; the services look again."""
    approvers = set(verdict.approvals.values_list("person_id", flat=True))
    if person.pk in approvers and claim.state != ClaimState.CLOSED and not verdict.reviews.exists():
        return "approval"
    is_waiting = wrote_it and verdict.state == VerdictState.SUBMITTED and not approvers
    return "submission" if is_waiting and may(person, Action.WRITE_VERDICT, claim) else ""


def _submitted(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict is not None and verdict.state == VerdictState.SUBMITTED else None


def _is_writable(claim: Claim, verdict: Verdict | None) -> bool:
    """Whether a verdict can be written now; where the newest is approved, that is the next one."""
    is_blind = BlindReview.objects.open().filter(claim=claim).exists()
    return not is_blind and _submitted(verdict) is None


def _may_approve(claim: Claim, verdict: Verdict, person: User, *, wrote_it: bool) -> bool:
    """A second person, once; an author only where the desk lets one person do it."""
    if not may(person, Action.APPROVE_VERDICT, claim) or (wrote_it and not verdict.solo):
        return False
    return not verdict.approvals.filter(person=person).exists()
