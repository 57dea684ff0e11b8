"""The life of a verdict: written, submitted, approved by a second person or sent back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from factcheck.claims.errors import (
    SecondPersonNeeded,
    UnfitVerdict,
    VerdictAlreadyApproved,
    VerdictIncomplete,
    WrongVerdictState,
)
from factcheck.claims.models import (
    Approval,
    BlindReview,
    Claim,
    ClaimState,
    Rating,
    Verdict,
    VerdictAuthor,
    VerdictState,
)
from factcheck.claims.models.verdict import WRITABLE
from factcheck.claims.services.assignments import renew_assignment
from factcheck.claims.services.guidelines import current_guideline
from factcheck.claims.services.links import require_web_links
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.notices import notify_all
from factcheck.newsroom.permissions import Action, require

LONGEST_SUMMARY, LONGEST_REASONING, LONGEST_NOTE = 600, 50_000, 5_000


@dataclass(frozen=True, slots=True)
class VerdictText:
    """What its author writes: a rating of the desk's scale or none yet, one sentence, and the reasoning in Markdown."""

    rating: Rating | None = None
    summary: str = ""
    reasoning: str = ""


def start_verdict(claim: Claim, person: User, now: datetime) -> Verdict:
    """Give the claim's unfinished verdict, a new empty one where there is none.

    Raises:
        NotAllowed: the person may not write verdicts on this claim.
        WrongVerdictState: the claim is being assessed blind.
    """
    require(person, Action.WRITE_VERDICT, claim)
    require_not_blind(claim)
    unfinished = claim.verdicts.unfinished().first()
    if unfinished is not None:
        return unfinished
    with record_change(actor=person, now=now) as change:
        return begin_verdict(change, claim)


def write_verdict(verdict: Verdict, text: VerdictText, version: int, person: User, now: datetime) -> None:
    """Save a version of a draft; whoever does is one of its authors. A verdict that was sent back is a draft again.

    Raises:
        NotAllowed: the person may not write verdicts on this claim.
        WrongVerdictState: it is submitted or approved.
        UnfitVerdict: a text is too long, or the rating is another desk's.
        UnfitLink: a link in the reasoning leads to no web address.
        StaleVersion: somebody saved first; nothing was changed.
    """
    require(person, Action.WRITE_VERDICT, verdict)
    require_writable(verdict)
    clean = clean_verdict_text(text, verdict.desk_id)
    with record_change(actor=person, now=now) as change:
        save_verdict_text(change, verdict, clean, version)
        add_author(verdict, person)
        renew_assignment(verdict.claim, person)


def submit_verdict(verdict: Verdict, version: int, person: User, now: datetime) -> None:
    """Hand a complete draft to a second person; it records the guidelines that are in force.

    Raises:
        NotAllowed: the person may not write verdicts on this claim.
        WrongVerdictState: it is submitted or approved.
        VerdictIncomplete: names the missing parts.
        StaleVersion: somebody saved first.
    """
    require(person, Action.WRITE_VERDICT, verdict)
    require_writable(verdict)
    if missing := missing_parts(verdict):
        raise VerdictIncomplete(missing)
    was = {"state": verdict.state, "note": verdict.note, "guideline": _id_of(verdict.guideline_id)}
    was["submitted_at"] = verdict.submitted_at.isoformat() if verdict.submitted_at else None
    with record_change(actor=person, now=now) as change:
        guideline = current_guideline(verdict.claim.desk)
        change.edit(verdict, version, state=VerdictState.SUBMITTED, submitted_at=now, note="", guideline=guideline)
        add_author(verdict, person)
        number = guideline.number if guideline else None
        change.audit("submit_verdict", verdict, desk_id=verdict.desk_id, guidelines=number, before=was)


def approve_verdict(verdict: Verdict, version: int, person: User, now: datetime) -> None:
    """Say yes as a second person; with as many as the desk asks for, the verdict is approved and its claim decided.

    Raises:
        NotAllowed: the person may not approve on this desk.
        WrongVerdictState: it is not submitted.
        SecondPersonNeeded: the person wrote some version of it, and it is not solo.
        VerdictAlreadyApproved: the person has approved it before.
        StaleVersion: it changed since the person read it.
    """
    require(person, Action.APPROVE_VERDICT, verdict)
    if verdict.state != VerdictState.SUBMITTED:
        words = _("This verdict is %(state)s; only a submitted one can be approved.")
        raise WrongVerdictState(words % {"state": verdict.get_state_display().lower()})
    if person.pk in verdict.author_ids() and not verdict.solo:
        raise SecondPersonNeeded
    # Whoever approves raises the version, so a second yes of the same person since this look fails as stale.
    if verdict.approvals.filter(person=person).exists():
        raise VerdictAlreadyApproved
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version)
        _approve(change, verdict, person)


def send_back_verdict(verdict: Verdict, note: str, version: int, person: User, now: datetime) -> None:
    """Give a submitted verdict back to its authors with a note; approvals given so far are void.

    Raises:
        NotAllowed: the person may not send back on this desk.
        WrongVerdictState: it is not submitted.
        VerdictIncomplete: there is no note.
        StaleVersion: it changed since the person read it.
    """
    require(person, Action.SEND_BACK_VERDICT, verdict)
    if verdict.state != VerdictState.SUBMITTED:
        words = _("This verdict is %(state)s; only a submitted one can be sent back.")
        raise WrongVerdictState(words % {"state": verdict.get_state_display().lower()})
    said = clean_text(note).text.strip()
    if not said:
        raise VerdictIncomplete([_("a note that says what is missing")], _("Before you send it back, add %(parts)s."))
    require_length(_("note"), said, LONGEST_NOTE)
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, state=VerdictState.SENT_BACK, note=said)
        void = [{"person": str(one.person_id), "at": one.approved_at.isoformat()} for one in verdict.approvals.all()]
        verdict.approvals.all().delete()
        notify_all(change, verdict.author_ids(), NoticeKind.SENT_BACK, verdict.claim, desk_id=verdict.desk_id)
        told = {"note": said, "approvals_void": len(void), "approvals": void}
        change.audit("send_back_verdict", verdict, desk_id=verdict.desk_id, **told)


def begin_verdict(change: Change, claim: Claim) -> Verdict:
    """Give the claim's unfinished verdict, a new empty one where there is none; part of a change."""
    last = claim.verdicts.aggregate(last=Max("number"))["last"] or 0
    now = change.now
    blank = Verdict(claim=claim, number=last + 1, started_at=now, saved_at=now, solo=claim.desk.solo)
    Verdict.objects.bulk_create([blank], ignore_conflicts=True)
    verdict = claim.verdicts.unfinished().get()
    change.touch(verdict)
    change.audit("start_verdict", verdict, desk_id=claim.desk_id, claim=str(claim.pk))
    return verdict


def save_verdict_text(change: Change, verdict: Verdict, clean: VerdictText, version: int) -> None:
    """Save a clean text as the newest version of a draft; part of a change, which says who its authors are.

    Raises:
        StaleVersion: somebody saved first.
    """
    before = {"rating": str(verdict.rating or ""), "summary": verdict.summary, "reasoning": verdict.reasoning}
    fields = {"rating": clean.rating, "summary": clean.summary, "reasoning": clean.reasoning}
    change.edit(verdict, version, state=VerdictState.DRAFT, saved_at=change.now, **fields)
    after = {"rating": str(clean.rating or ""), "summary": clean.summary, "reasoning": clean.reasoning}
    said = {"before": before, "after": after, "version": verdict.version}
    change.audit("write_verdict", verdict, desk_id=verdict.desk_id, **said)


def is_changed(verdict: Verdict, text: VerdictText) -> bool:
    """Whether saving this text would change the verdict.

    Raises:
        UnfitVerdict, UnfitLink: it could not be saved at all.
    """
    return clean_verdict_text(text, verdict.desk_id) != VerdictText(verdict.rating, verdict.summary, verdict.reasoning)


def missing_parts(verdict: Verdict) -> list[str]:
    """What a verdict still needs before it can be submitted, in words."""
    rating = verdict.rating
    parts = {
        _("a rating"): rating is not None,
        _("a rating of the scale as it is now"): rating is None or rating.retired_at is None,
        _("the verdict in one sentence"): verdict.summary,
        _("the reasoning"): verdict.reasoning,
        _("at least one piece of evidence"): verdict.evidence.exists(),
    }
    return [name for name, there in parts.items() if not there]


def require_writable(verdict: Verdict) -> None:
    """Go on only with a draft.

    Raises:
        WrongVerdictState: it is submitted or approved.
    """
    require_not_blind(verdict.claim)
    if verdict.state not in WRITABLE:
        is_submitted = verdict.state == VerdictState.SUBMITTED
        remedy = _("Ask the reviewer to send it back.") if is_submitted else _("Start a new one.")
        words = _("This verdict is %(state)s and can no longer be changed. %(remedy)s")
        raise WrongVerdictState(words % {"state": verdict.get_state_display().lower(), "remedy": remedy})


def require_not_blind(claim: Claim) -> None:
    """Go on only where nobody is to be kept from seeing another's view of the claim.

    Raises:
        WrongVerdictState: it is being assessed blind.
    """
    if BlindReview.objects.open().filter(claim=claim).exists():
        raise WrongVerdictState(_("This claim is being assessed blind. The assessments are adjudicated first."))


def require_length(what: str, text: str, most: int) -> None:
    """Go on only with a text that fits.

    Raises:
        UnfitVerdict: it is too long; says by how much.
    """
    if len(text) > most:
        words = _("The %(what)s has %(length)s characters; it may have %(most)s. Shorten it and save again.")
        raise UnfitVerdict(words % {"what": what, "length": grouped(len(text)), "most": grouped(most)})


def add_author(verdict: Verdict, person: User) -> None:
    """Record that this person wrote some of it."""
    VerdictAuthor.objects.bulk_create([VerdictAuthor(verdict=verdict, person=person)], ignore_conflicts=True)


def _id_of(pk: UUID | None) -> str | None:
    return str(pk) if pk else None


def _approve(change: Change, verdict: Verdict, person: User) -> None:
    Approval.objects.create(verdict=verdict, person=person, approved_at=change.now)
    verdict.refresh_from_db()  # with its claim and the desk's rule as they are now
    given, needed, before = verdict.approvals.count(), verdict.claim.desk.approvals_needed, verdict.claim.state
    if given >= needed:
        Verdict.objects.filter(pk=verdict.pk).update(state=VerdictState.APPROVED, decided_at=change.now)
        Claim.objects.filter(pk=verdict.claim_id).update(**Claim.edited(state=ClaimState.DECIDED))
        verdict.refresh_from_db()
        change.touch(verdict, verdict.claim)
        notify_all(change, verdict.author_ids(), NoticeKind.APPROVED, verdict.claim, desk_id=verdict.desk_id)
    said = {"given": given, "needed": needed, "solo": verdict.solo, "claim": before}
    change.audit("approve_verdict", verdict, desk_id=verdict.desk_id, **said)


def clean_verdict_text(text: VerdictText, desk_id: UUID) -> VerdictText:
    """A text as it may be stored.

    Raises:
        UnfitVerdict: a part is too long, or the rating is another desk's.
        UnfitLink: a link in the reasoning leads to no web address.
    """
    summary = " ".join(clean_text(text.summary).text.split())
    reasoning = clean_text(text.reasoning).text.strip()
    require_length(_("sentence"), summary, LONGEST_SUMMARY)
    require_length(_("reasoning"), reasoning, LONGEST_REASONING)
    require_web_links(reasoning)
    if text.rating and text.rating.scale.desk_id != desk_id:
        raise UnfitVerdict(_("Choose a rating of this desk's scale."))
    return VerdictText(text.rating, summary, reasoning)
