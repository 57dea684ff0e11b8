"""Blind assessments: asked for, written, given; nobody sees another's before all are given."""

from datetime import datetime

from django.utils.translation import gettext as _

from factcheck.claims.errors import (
    AllGiven,
    AssessmentGiven,
    NoBlindReview,
    NotInHand,
    UnfitBlindReview,
    VerdictIncomplete,
)
from factcheck.claims.models import Assessment, AssessmentState, Assignment, BlindReview, Claim, ClaimState, Purpose
from factcheck.claims.services.assignments import renew_assignment
from factcheck.claims.services.verdicts import VerdictText, clean_verdict_text
from factcheck.ledger.changes import Change, record_change
from factcheck.newsroom.models import User
from factcheck.newsroom.models.desk import MOST_ASSESSORS
from factcheck.newsroom.permissions import Action, require

FEWEST = 2


def ask_assessments(claim: Claim, wanted: int, person: User, now: datetime) -> None:
    """Ask that several people assess a claim blind; until they are adjudicated, nobody writes its verdict.

    Raises:
        NotAllowed: the person does not lead the desk.
        UnfitBlindReview: too few or too many, asked for already, or the claim's verdict is begun.
    """
    require(person, Action.ASK_ASSESSMENTS, claim)
    if not FEWEST <= wanted <= MOST_ASSESSORS:
        bounds = {"least": FEWEST, "most": MOST_ASSESSORS}
        raise UnfitBlindReview(_("Ask for %(least)s to %(most)s blind assessments.") % bounds)
    with record_change(actor=person, now=now) as change:
        if not Claim.objects.unfinished().filter(pk=claim.pk, verdicts__isnull=True).exists():
            raise UnfitBlindReview(_("A verdict on this claim is begun, or it is closed; it is too late to assess it."))
        asked = BlindReview(claim=claim, wanted=wanted, asked_by=person, asked_at=now)
        BlindReview.objects.bulk_create([asked], ignore_conflicts=True)
        if not BlindReview.objects.filter(pk=asked.pk).exists():
            raise UnfitBlindReview(_("Blind assessments of this claim are asked for already."))
        change.audit("ask_assessments", claim, desk_id=claim.desk_id, wanted=wanted)


def withdraw_assessments(claim: Claim, person: User, now: datetime) -> None:
    """Ask for blind assessments no more: one person writes the verdict. What was written is kept and shown to nobody.

    Raises:
        NotAllowed: the person does not lead the desk.
        NoBlindReview: none are asked for, or they are adjudicated.
    """
    require(person, Action.ASK_ASSESSMENTS, claim)
    with record_change(actor=person, now=now) as change:
        if not BlindReview.objects.open().filter(claim=claim, claim__verdicts__isnull=True).exists():
            raise NoBlindReview
        Assignment.objects.on(claim).filter(purpose=Purpose.ASSESS).delete()
        BlindReview.objects.open().filter(claim=claim).delete()
        change.audit("withdraw_assessments", claim, desk_id=claim.desk_id)


def write_assessment(claim: Claim, text: VerdictText, version: int, person: User, now: datetime) -> Assessment:
    """Save a draft of one's assessment; `version` is that of the draft one saw, 1 where there was none.

    Raises:
        NotAllowed: the person may not assess this claim.
        NoBlindReview: no assessments are asked for.
        NotInHand: the person has not taken it, or their time has run out and another has.
        AssessmentGiven: it is given already.
        UnfitVerdict: a text is too long, or the rating is another desk's.
        StaleVersion: it was saved in another window first.
    """
    require(person, Action.ASSESS, claim)
    clean = clean_verdict_text(text, claim.desk_id)
    with record_change(actor=person, now=now) as change:
        assessment = _draft_of(change, claim, person)
        change.edit(
            assessment, version, saved_at=now, rating=clean.rating, summary=clean.summary, reasoning=clean.reasoning
        )
        change.audit("write_assessment", assessment, desk_id=claim.desk_id, claim=str(claim.pk))
    return assessment


def give_assessment(claim: Claim, version: int, person: User, now: datetime) -> bool:
    """Give one's complete assessment; whether it was the last, so that they can be adjudicated now.

    Raises:
        NotAllowed, NoBlindReview, NotInHand, AssessmentGiven, StaleVersion: as for writing.
        VerdictIncomplete: names the missing parts.
    """
    require(person, Action.ASSESS, claim)
    with record_change(actor=person, now=now) as change:
        assessment = _draft_of(change, claim, person)
        if missing := missing_of(assessment):
            raise VerdictIncomplete(missing)
        change.edit(assessment, version, state=AssessmentState.GIVEN, given_at=now)
        Assignment.objects.on(claim).of(person).update(until=None)
        said = {"rating": str(assessment.rating), "claim": str(claim.pk)}
        change.audit("give_assessment", assessment, desk_id=claim.desk_id, **said)
        return is_complete(claim)


def take_back_assessment(claim: Claim, person: User, now: datetime) -> None:
    """Make one's given assessment a draft again, as long as others are still to come.

    Raises:
        NotAllowed: the person may not assess this claim.
        NoBlindReview: no assessments are asked for, or they are adjudicated.
        NotInHand: the person has given none.
        AllGiven: all are given, and may have been read.
    """
    require(person, Action.ASSESS, claim)
    with record_change(actor=person, now=now) as change:
        _hold_review(claim)
        if is_complete(claim):
            raise AllGiven
        given = claim.assessments.given().filter(person=person).first()
        if given is None:
            raise NotInHand(_("You have given no assessment of this claim."))
        change.edit(given, given.version, state=AssessmentState.DRAFT, given_at=None)
        change.audit("take_back_assessment", given, desk_id=claim.desk_id, claim=str(claim.pk))


def missing_of(assessment: Assessment) -> list[str]:
    """What an assessment still needs before it can be given, in words."""
    parts = {
        _("a rating"): assessment.rating_id,
        _("the verdict in one sentence"): assessment.summary,
        _("the reasoning"): assessment.reasoning,
    }
    return [name for name, there in parts.items() if not there]


def is_complete(claim: Claim) -> bool:
    """Whether all assessments that were asked for are given."""
    return BlindReview.objects.complete().filter(claim=claim).exists()


def _draft_of(change: Change, claim: Claim, person: User) -> Assessment:
    """The person's draft, a new one where there is none, under the review's lock."""
    _hold_review(claim)
    blank = Assessment(claim=claim, person=person, saved_at=change.now)
    assessment = claim.assessments.filter(person=person).select_related("rating").first()
    if assessment is not None and assessment.state == AssessmentState.GIVEN:
        raise AssessmentGiven(_("You have given this assessment. Take it back first, while others are still to come."))
    if not Assignment.objects.on(claim).of(person).filter(purpose=Purpose.ASSESS).exists():
        raise NotInHand(_("You do not have this claim to assess: your time ran out, or you did not take it."))
    renew_assignment(claim, person)
    Assessment.objects.bulk_create([blank], ignore_conflicts=True)
    return claim.assessments.select_related("rating").get(person=person)


def _hold_review(claim: Claim) -> None:
    """Lock the review, so that giving, taking back and adjudicating come one after another."""
    unfinished = claim.state in (ClaimState.OPEN, ClaimState.IN_WORK)
    held = BlindReview.objects.open().filter(claim=claim).update(**BlindReview.edited())
    if not (held and unfinished):
        raise NoBlindReview
