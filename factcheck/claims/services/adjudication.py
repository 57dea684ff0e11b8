"""Adjudication: all blind assessments side by side become one verdict draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.claims.errors import NoBlindReview, NotAllGiven, WrongVerdictState
from factcheck.claims.models import Assessment, Assignment, BlindReview, Claim, Purpose, Verdict, VerdictAuthor
from factcheck.claims.models.verdict import WRITABLE
from factcheck.claims.services.assessments import is_complete
from factcheck.claims.services.assignments import begin_work, hold_claim
from factcheck.claims.services.verdicts import (
    VerdictText,
    add_author,
    begin_verdict,
    clean_verdict_text,
    save_verdict_text,
)
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require


@dataclass(frozen=True, slots=True)
class Merged:
    """What the adjudicator makes of the assessments, and the people whose part of it was taken over."""

    text: VerdictText
    taken_from: Collection[UUID]


def assessments_shown_to(claim: Claim, person: User) -> list[Assessment]:
    """The given assessments of a claim in the order of giving, for whoever may adjudicate; none before all are given.

    Raises:
        NotAllowed: the person does not lead the desk.
        NotAllGiven: some are still to come.
    """
    require(person, Action.ADJUDICATE, claim)
    if not is_complete(claim):
        raise NotAllGiven
    return list(claim.assessments.given().select_related("rating", "person").order_by("given_at", "pk"))


def adjudicate(claim: Claim, merged: Merged, version: int, person: User, now: datetime) -> Verdict:
    """Make the verdict draft of the assessments. Whose part was taken over is an author of it, as is the adjudicator.

    Raises:
        NotAllowed: the person does not lead the desk.
        NoBlindReview: none are asked for, or they are adjudicated.
        NotAllGiven: some are still to come.
        UnfitVerdict: a text is too long, or the rating is another desk's.
        StaleVersion: somebody adjudicated it, or took it up again, since the person looked.
    """
    require(person, Action.ADJUDICATE, claim)
    clean = clean_verdict_text(merged.text, claim.desk_id)
    review = _open_review(claim)
    with record_change(actor=person, now=now) as change:
        change.edit(review, version)
        if not is_complete(claim):
            raise NotAllGiven
        verdict = begin_verdict(change, claim)
        save_verdict_text(change, verdict, clean, verdict.version)
        writers = claim.assessments.given().filter(person__in=merged.taken_from).values_list("person", flat=True)
        authors = [VerdictAuthor(verdict=verdict, person_id=writer) for writer in writers]
        VerdictAuthor.objects.bulk_create(authors, ignore_conflicts=True)
        add_author(verdict, person)
        done = {"adjudicated_by": person, "adjudicated_at": now, "verdict": verdict}
        BlindReview.objects.filter(pk=review.pk).update(**done)
        Assignment.objects.on(claim).filter(purpose=Purpose.ASSESS).delete()
        begin_work(change, claim)
        hold_claim(change, claim, person, stays=True)  # somebody has to see the draft through
        said = {"verdict": str(verdict.pk), "taken_from": sorted(str(writer) for writer in writers)}
        change.audit("adjudicate", claim, desk_id=claim.desk_id, **said)
    return verdict


def reopen_adjudication(claim: Claim, person: User, now: datetime) -> None:
    """Take an adjudication back, as long as its verdict is a draft: the assessments wait to be adjudicated again.

    Raises:
        NotAllowed: the person does not lead the desk.
        NoBlindReview: nothing was adjudicated.
        WrongVerdictState: the verdict is submitted or approved.
    """
    require(person, Action.ADJUDICATE, claim)
    with record_change(actor=person, now=now) as change:
        done = BlindReview.objects.filter(claim=claim, adjudicated_at__isnull=False)
        review = done.select_related("verdict").first()
        if review is None or review.verdict is None:
            raise NoBlindReview(_("Nothing was adjudicated here that could be taken back."))
        if not Verdict.objects.filter(pk=review.verdict.pk, state__in=WRITABLE).update(**Verdict.edited()):
            raise WrongVerdictState(_("The verdict is submitted. Have it sent back first, then adjudicate again."))
        change.touch(review.verdict)
        again = {"adjudicated_by": None, "adjudicated_at": None, "verdict": None}
        done.update(**BlindReview.edited(**again))
        change.audit("reopen_adjudication", claim, desk_id=claim.desk_id, verdict=str(review.verdict_id))


def _open_review(claim: Claim) -> BlindReview:
    review = BlindReview.objects.open().filter(claim=claim).first()
    if review is None:
        raise NoBlindReview
    return review
