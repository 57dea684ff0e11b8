"""The verbs of publication. Each is one transaction: revision, permanent address, audit entry and outbox message."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from factcheck.claims.errors import SecondPersonNeeded
from factcheck.claims.models import Claim, ClaimState, Evidence, Reply, Verdict, VerdictAuthor, VerdictState
from factcheck.claims.services.verdicts import LONGEST_NOTE, require_length
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.identity import new_id
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require
from factcheck.publishing import jsonld
from factcheck.publishing.errors import (
    AlreadyPublished,
    AlreadyWithdrawn,
    ChangedSincePreview,
    CorrectionUnderWay,
    NotPublished,
    ReasonMissing,
    ReviewNotSound,
    VerdictNotApproved,
)
from factcheck.publishing.events import body_of, topic_of
from factcheck.publishing.findings import Finding, Profile
from factcheck.publishing.gathering import gather, hidden_articles, mark_of, slug_of
from factcheck.publishing.linter import errors_of, lint
from factcheck.publishing.models import ClaimReview, Publication, PublicationState, PublishedWords, RevisionKind
from factcheck.publishing.review import Review
from factcheck.publishing.webhooks.addressing import address


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a verdict would show, what the linter says, and the mark by which it is known again."""

    review: Review
    findings: tuple[Finding, ...]
    mark: str

    @property
    def is_sound(self) -> bool:
        """Whether nothing blocks."""
        return not errors_of(self.findings)


def preview_review(verdict: Verdict, now: datetime, reason: str = "") -> Preview:
    """Look at what publishing this verdict now would make; nothing is written.

    Raises:
        VerdictNotApproved: it is not the claim's newest verdict, or not approved.
        SecondPersonNeeded: nobody but its authors approved it, and it is not solo.
    """
    require_publishable(verdict)
    return look_ahead(verdict, now, reason)


def look_ahead(verdict: Verdict, now: datetime, reason: str = "") -> Preview:
    """Look at what publishing a complete verdict would make once it is approved; nothing is written."""
    publication = find_publication(verdict.claim)
    review = gather(verdict, now, publication, reason)
    mark = mark_of(review)
    findings = [*lint(review), *_of_the_desk(verdict.claim, publication, mark)]
    return Preview(review, tuple(sorted(findings, key=lambda finding: not finding.is_error)), mark)


def publish_review(verdict: Verdict, mark: str, person: User, now: datetime) -> ClaimReview:
    """Make an approved verdict public under a permanent address; `mark` is what the preview was known by.

    Raises:
        NotAllowed: the person may not publish on this desk.
        AlreadyPublished: the claim has its page; a further verdict corrects it.
        VerdictNotApproved, SecondPersonNeeded, ReviewNotSound, ChangedSincePreview: see the preview.
    """
    require(person, Action.PUBLISH_REVIEW, verdict)
    try:
        with record_change(actor=person, now=now) as change:
            if find_publication(verdict.claim) is not None:
                raise AlreadyPublished
            return _publish(change, verdict, _sound(verdict, mark, now), person)
    except (IntegrityError, ReviewNotSound, ChangedSincePreview) as error:
        # Somebody published it in between: the claim's key is taken, or the preview found no difference to what stands.
        if find_publication(verdict.claim) is None:
            raise
        raise AlreadyPublished from error


def correct_review(
    verdict: Verdict, reason: str, version: int, mark: str, person: User, *, now: datetime
) -> ClaimReview:
    """Put a new approved verdict in the place of the one that is published, and tell readers why.

    A withdrawn review comes back this way. `version` is the publication's that was seen.

    Raises:
        NotAllowed: the person may not correct on this desk.
        NotPublished: the claim has no page yet.
        ReasonMissing: readers are told why.
        StaleVersion: somebody corrected or withdrew it first.
        VerdictNotApproved, SecondPersonNeeded, ReviewNotSound, ChangedSincePreview: see the preview.
    """
    require(person, Action.CORRECT_REVIEW, verdict)
    publication, said = _require_publication(verdict.claim), _reason(reason)
    with record_change(actor=person, now=now) as change:
        review = _sound(verdict, mark, now, said)
        revision = _revision(publication, verdict, review, person, RevisionKind.CORRECTED)
        change.edit(publication, version, state=PublicationState.LIVE, live=revision, **_shown(review))
        revision.save(force_insert=True)
        PublishedWords.objects.filter(publication=publication).update(text=_found_by(review))
        _tell(change, publication, revision, "correct_review")
    return revision


def withdraw_review(publication: Publication, reason: str, version: int, person: User, now: datetime) -> ClaimReview:
    """Put a notice in the place of a published review. Its address stays; the reason stands there.

    Raises:
        NotAllowed: the person may not withdraw on this desk.
        AlreadyWithdrawn: it is withdrawn.
        ReasonMissing: readers are told why.
        StaleVersion: somebody corrected or withdrew it first.
    """
    require(person, Action.WITHDRAW_REVIEW, publication)
    if not publication.is_live:
        raise AlreadyWithdrawn
    said, last = _reason(reason), publication.live
    with record_change(actor=person, now=now) as change:
        review = replace(last.review, published=now, number=last.number + 1, reason=said)
        revision = _revision(publication, last.verdict, review, person, RevisionKind.WITHDRAWN)
        change.edit(publication, version, state=PublicationState.WITHDRAWN, live=revision, changed_at=now)
        revision.save(force_insert=True)
        PublishedWords.objects.filter(publication=publication).update(text="")
        _tell(change, publication, revision, "withdraw_review")
    return revision


def start_correction(publication: Publication, person: User, now: datetime) -> Verdict:
    """Take a published claim up again with a draft that begins as the published verdict; readers see nothing of it.

    Raises:
        NotAllowed: the person may not write verdicts on this claim.
        CorrectionUnderWay: there is an unfinished verdict, or an approved one that is not published yet.
    """
    claim, last = publication.claim, publication.live.verdict
    require(person, Action.WRITE_VERDICT, claim)
    if claim.verdicts.filter(number__gt=last.number).exists():
        raise CorrectionUnderWay
    try:
        with record_change(actor=person, now=now) as change:
            return _copy(change, claim, last, person)
    except IntegrityError as error:  # somebody started one in between
        raise CorrectionUnderWay from error


def find_publication(claim: Claim) -> Publication | None:
    """The claim's place in public, if it has one."""
    return Publication.objects.filter(claim=claim).select_related("live__verdict", "claim__desk").first()


def require_publishable(verdict: Verdict) -> None:
    """Go on only with the claim's newest verdict, approved by somebody who wrote none of it, or solo.

    Raises:
        VerdictNotApproved: it is not approved, or not the newest.
        SecondPersonNeeded: only its authors approved it.
    """
    newest = Verdict.objects.filter(claim=verdict.claim_id).order_by("-number").first()
    if newest is None or newest.pk != verdict.pk or newest.state != VerdictState.APPROVED:
        raise VerdictNotApproved
    if not newest.solo and not newest.approvals.exclude(person__in=newest.author_ids()).exists():
        raise SecondPersonNeeded


def _sound(verdict: Verdict, mark: str, now: datetime, reason: str = "") -> Review:
    _hold_approval(verdict)
    preview = preview_review(verdict, now, reason)
    if mark != preview.mark:
        raise ChangedSincePreview
    if not preview.is_sound:
        raise ReviewNotSound(errors_of(preview.findings))
    return preview.review


def _hold_approval(verdict: Verdict) -> None:
    """Let nobody take the approval back before this commits; where somebody just did, there is none."""
    approved = VerdictState.APPROVED
    if not Verdict.objects.filter(pk=verdict.pk, state=approved).update(state=approved):
        raise VerdictNotApproved


def _of_the_desk(claim: Claim, publication: Publication | None, mark: str) -> list[Finding]:
    words = _("“%(title)s” is restricted to named people; publishing would show what it says.")
    hidden = hidden_articles(claim)
    found = [Finding("article_restricted", Profile.READERS, True, words % {"title": title}) for title in hidden]
    if publication and publication.is_live and mark == mark_of(publication.live.review):
        unchanged = _("Readers would see no difference to what is published.")
        found.append(Finding("nothing_changed", Profile.READERS, True, unchanged))
    return found


def _publish(change: Change, verdict: Verdict, review: Review, person: User) -> ClaimReview:
    publication = Publication(
        claim=verdict.claim,
        desk_id=verdict.desk_id,
        slug=slug_of(verdict.claim),
        live_id=new_id(),  # the revision below; the database looks when the transaction ends
        first_published_at=change.now,
        **_shown(review),
    )
    publication.save(force_insert=True)
    revision = _revision(publication, verdict, review, person, RevisionKind.PUBLISHED)
    revision.pk = publication.live_id
    revision.save(force_insert=True)
    publication.live = revision
    PublishedWords.objects.create(publication=publication, text=_found_by(review))
    _tell(change, publication, revision, "publish_review")
    return revision


def _revision(
    publication: Publication, verdict: Verdict, review: Review, person: User, kind: RevisionKind
) -> ClaimReview:
    return ClaimReview(
        publication=publication,
        number=review.number,
        kind=kind,
        verdict=verdict,
        contents=review.as_json(),
        rich=jsonld.written(jsonld.rich(review)),
        strict=jsonld.written(jsonld.strict(review)),
        reason=review.reason,
        solo=review.solo,
        published_by=person,
        published_at=review.published,
    )


def _shown(review: Review) -> dict[str, Any]:
    """What lists and filters ask for, as the review says it."""
    return {
        "changed_at": review.published,
        "text": review.claim,
        "speaker_name": review.claimant.name if review.claimant else "",
        "speaker_id": review.claimant.id if review.claimant else None,
        "pair_id": review.clash.id if review.clash else None,
        "rating_label": review.rating.label,
        "tone": review.rating.tone,
        "language": review.language,
        "claimed_on": review.claimed_on,
    }


def _found_by(review: Review) -> str:
    places = [*review.appearances, *review.denials]
    said = [part for place in places for part in (place.words, place.outlet, place.title)]
    said += [place.voice.said_by for place in places if not place.voice.is_narrator]
    return "\n".join([review.claim, review.summary, review.rating.label, *said])


def _tell(change: Change, publication: Publication, revision: ClaimReview, verb: str) -> None:
    change.touch(publication)
    said = {
        "publication": str(publication.pk),
        "verdict": str(revision.verdict_id),
        "number": revision.number,
        "reason": revision.reason,
        "solo": revision.solo,
        "approved_by": [str(pk) for pk in revision.verdict.approvals.values_list("person_id", flat=True)],
    }
    change.audit(verb, publication.claim, desk_id=publication.desk_id, **said)
    address(change, topic_of(revision), body_of(publication, revision, change.now), publication.desk_id)


def _copy(change: Change, claim: Claim, last: Verdict, person: User) -> Verdict:
    """A draft as the last verdict says; evidence and replies are copied, so that what was approved stays as it was."""
    number = (claim.verdicts.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = Verdict(claim=claim, number=number, solo=claim.desk.solo, started_at=change.now, saved_at=change.now)
    draft.rating, draft.summary, draft.reasoning = last.rating, last.summary, last.reasoning
    draft.save(force_insert=True)
    cited = list(last.evidence.all())
    for source in cited:
        source.pk, source.verdict = new_id(), draft
    Evidence.objects.bulk_create(cited)
    replies = list(last.replies.all())
    for reply in replies:
        reply.pk, reply.verdict = new_id(), draft
    Reply.objects.bulk_create(replies)
    VerdictAuthor.objects.create(verdict=draft, person=person)
    Claim.objects.filter(pk=claim.pk).update(**Claim.edited(state=ClaimState.IN_WORK))
    claim.refresh_from_db()
    change.touch(draft, claim)
    change.audit("start_correction", draft, desk_id=claim.desk_id, claim=str(claim.pk), corrects=str(last.pk))
    return draft


def _reason(reason: str) -> str:
    said = clean_text(reason).text.strip()
    if not said:
        raise ReasonMissing
    require_length("reason", said, LONGEST_NOTE)
    return said


def _require_publication(claim: Claim) -> Publication:
    publication = find_publication(claim)
    if publication is None:
        raise NotPublished
    return publication
