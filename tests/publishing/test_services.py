"""Publishing, correcting, withdrawing: one page per claim, revisions that never change, a second person behind each."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from factcheck.claims.errors import SecondPersonNeeded
from factcheck.claims.models import Approval, ClaimState, Verdict, VerdictState
from factcheck.claims.services.claims import reopen_claim, reword_claim
from factcheck.claims.services.verdicts import approve_verdict, submit_verdict
from factcheck.corpus.services.articles import restrict_article
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry, OutboxMessage
from factcheck.newsroom.errors import NotAllowed
from factcheck.publishing.errors import (
    AlreadyPublished,
    AlreadyWithdrawn,
    ChangedSincePreview,
    CorrectionUnderWay,
    ReasonMissing,
    ReviewNotSound,
    VerdictNotApproved,
)
from factcheck.publishing.invariants import check_publishing
from factcheck.publishing.models import ClaimReview, Publication, PublicationState
from factcheck.publishing.services import (
    correct_review,
    preview_review,
    publish_review,
    start_correction,
    withdraw_review,
)
from tests.factories import (
    NOW,
    make_approved,
    make_bridge_pair,
    make_claim,
    make_correction,
    make_published,
    make_submitted,
    publish,
)
from tests.people import People, make_person

LATER = NOW + timedelta(days=1)


def make_verdict(people: People) -> Verdict:
    """An approved verdict on a claim."""
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.lea, people.ada, people.lea)
    return make_approved(claim, people.ada, people.ben)


def test_publishing_makes_page_revision_audit_entry_and_message_together(people: People) -> None:
    verdict = make_verdict(people)

    review = publish(verdict, people.lea)

    publication = Publication.objects.get(claim=verdict.claim)
    assert (publication.live, review.number, publication.state) == (review, 1, PublicationState.LIVE)
    assert publication.seq is not None
    entry = AuditEntry.objects.get(verb="publish_review")
    assert (entry.subject_id, entry.actor) == (verdict.claim_id, people.lea)
    assert entry.payload.body["approved_by"] == [str(people.ben.pk)]
    told = json.loads(bytes(OutboxMessage.objects.get().body))
    assert told["type"] == "review.published"
    assert told["data"]["claim_review"] == json.loads(bytes(review.rich))
    assert list(check_publishing()) == []


@pytest.mark.parametrize("who", ["ada", "ben", "amir", "cleo"])
def test_only_a_lead_of_the_desk_publishes_corrects_and_withdraws(people: People, who: str) -> None:
    person, publication = getattr(people, who), make_published(people)
    other = make_claim(make_bridge_pair(people.desk, people.ada, month="May"), people.lea, people.ada, people.lea)
    verdict = make_approved(other, people.ada, people.ben)

    with pytest.raises(NotAllowed):
        publish_review(verdict, preview_review(verdict, NOW).mark, person, NOW)
    with pytest.raises(NotAllowed):
        correct_review(verdict, "Because.", 1, "", person, now=NOW)
    with pytest.raises(NotAllowed):
        withdraw_review(publication, "Because.", publication.version, person, NOW)


def test_a_verdict_that_nobody_approved_is_not_published(people: People) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.lea, people.ada, people.lea)
    verdict = make_submitted(claim, people.ada)

    with pytest.raises(VerdictNotApproved):
        publish_review(verdict, "", people.lea, NOW)


def test_a_verdict_whose_only_yes_is_an_authors_is_not_published(people: People) -> None:
    verdict = make_verdict(people)
    Approval.objects.filter(verdict=verdict).delete()

    with pytest.raises(SecondPersonNeeded):
        publish_review(verdict, "", people.lea, NOW)


def test_the_database_refuses_it_too(people: People) -> None:
    review = make_published(people).live
    claim = make_claim(make_bridge_pair(people.desk, people.ada, month="May"), people.lea, people.ada, people.lea)
    review.pk, review.number, review.verdict = claim.pk, 2, make_submitted(claim, people.ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        review.save(force_insert=True)


def test_a_solo_verdict_is_published_and_says_so(people: People) -> None:
    people.desk.solo = True
    people.desk.save()
    claim = make_claim(make_bridge_pair(people.desk, people.lea), people.lea)
    verdict = make_approved(claim, people.lea, people.lea)

    review = publish(verdict, people.lea)

    assert review.solo
    assert review.review.solo
    assert [finding.name for finding in preview_review_of(verdict)].count("solo") == 1
    assert list(check_publishing()) == []


def preview_review_of(verdict: Verdict) -> Any:
    return preview_review(verdict, NOW).findings


def test_a_claim_is_published_once(people: People) -> None:
    publication = make_published(people)

    with pytest.raises(AlreadyPublished):
        publish_review(publication.live.verdict, "", people.lea, NOW)
    assert ClaimReview.objects.count() == 1


def test_what_changed_since_the_preview_is_looked_at_again(people: People) -> None:
    verdict = make_verdict(people)
    mark, claim = preview_review(verdict, NOW).mark, verdict.claim
    reopen_claim(claim, claim.version, people.lea, NOW)
    reword_claim(claim, "The bridge was inspected twice.", claim.version, people.lea, NOW)

    with pytest.raises(ChangedSincePreview):
        publish_review(verdict, mark, people.lea, NOW)
    assert not Publication.objects.exists()


def test_a_restricted_article_is_not_published_from(people: People) -> None:
    verdict = make_verdict(people)
    assert verdict.claim.checked is not None
    article = verdict.claim.checked.article
    restrict_article(article, [], article.version, people.lea, NOW)

    with pytest.raises(ReviewNotSound) as refusal:
        publish(verdict, people.lea)

    assert [finding.name for finding in refusal.value.findings] == ["article_restricted"]


def test_a_correction_is_a_new_approved_verdict_with_its_reason(people: People) -> None:
    publication = make_published(people)
    address = publication.slug

    revision = make_correction(publication, people, "A second log was found.", LATER)

    publication.refresh_from_db()
    assert (revision.number, revision.reason) == (2, "A second log was found.")
    assert (publication.live, publication.slug, publication.version) == (revision, address, 2)
    assert publication.first_published_at == NOW
    first, second = publication.revisions.all()
    assert (first.review.summary, second.review.summary) == ("The log of the bridge shows it.", "Two logs show it.")
    assert second.review.first_published == NOW
    assert second.review.published == LATER
    assert list(check_publishing()) == []


def test_a_correction_begins_as_the_published_verdict(people: People) -> None:
    publication = make_published(people)

    draft = start_correction(publication, people.ada, NOW)

    last = publication.live.verdict
    assert (draft.summary, draft.reasoning, draft.rating) == (last.summary, last.reasoning, last.rating)
    assert [source.title for source in draft.evidence.all()] == ["Inspection log"]
    assert last.evidence.count() == 1
    assert draft.author_ids() == {people.ada.pk}
    publication.claim.refresh_from_db()
    assert publication.claim.state == ClaimState.IN_WORK
    with pytest.raises(CorrectionUnderWay):
        start_correction(publication, people.lea, NOW)


def test_whoever_writes_a_correction_does_not_approve_it(people: People) -> None:
    draft = start_correction(make_published(people), people.lea, NOW)
    submit_verdict(draft, draft.version, people.lea, NOW)

    with pytest.raises(SecondPersonNeeded):
        approve_verdict(draft, draft.version, people.lea, NOW)
    assert draft.state == VerdictState.SUBMITTED


@pytest.mark.parametrize("reason", ["", " \n", "\x00"])
def test_readers_are_told_why(people: People, reason: str) -> None:
    publication = make_published(people)

    with pytest.raises(ReasonMissing):
        withdraw_review(publication, reason, publication.version, people.lea, NOW)
    with pytest.raises(ReasonMissing):
        correct_review(publication.live.verdict, reason, 1, "", people.lea, now=NOW)


def test_a_correction_that_changes_nothing_is_refused(people: People) -> None:
    publication = make_published(people)
    draft = start_correction(publication, people.ada, NOW)
    submit_verdict(draft, draft.version, people.ada, NOW)
    approve_verdict(draft, draft.version, people.ben, NOW)

    with pytest.raises(ReviewNotSound) as refusal:
        correct_review(draft, "Why?", 1, preview_review(draft, NOW).mark, people.lea, now=NOW)

    assert [finding.name for finding in refusal.value.findings] == ["nothing_changed"]


def test_withdrawing_leaves_the_address_and_the_reason(people: People) -> None:
    publication = make_published(people)

    revision = withdraw_review(publication, "The source was forged.", publication.version, people.lea, LATER)

    publication.refresh_from_db()
    assert publication.state == PublicationState.WITHDRAWN
    assert (revision.number, revision.reason) == (2, "The source was forged.")
    told = json.loads(bytes(OutboxMessage.objects.get(topic="review.withdrawn").body))
    assert "claim_review" not in told["data"]
    assert not Publication.objects.published().exists()
    assert list(check_publishing()) == []
    with pytest.raises(AlreadyWithdrawn):
        withdraw_review(publication, "Again.", publication.version, people.lea, LATER)


def test_a_withdrawn_review_comes_back_by_a_new_verdict(people: People) -> None:
    publication = make_published(people)
    withdraw_review(publication, "In doubt.", publication.version, people.lea, NOW)

    revision = make_correction(publication, people, "The doubt is gone.", LATER)

    publication.refresh_from_db()
    assert (revision.number, publication.state) == (3, PublicationState.LIVE)
    assert list(check_publishing()) == []


def test_who_did_not_see_the_last_revision_changes_nothing(people: People) -> None:
    publication = make_published(people)
    stale = Publication.objects.get(pk=publication.pk)
    withdraw_review(publication, "In doubt.", publication.version, people.lea, NOW)

    with pytest.raises(StaleVersion):
        withdraw_review(stale, "In doubt.", stale.version, make_person("Olga", people.desk, "lead"), NOW)  # type: ignore[arg-type]  # a role's value


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE publishing_claimreview SET reason = 'x'",
        "DELETE FROM publishing_claimreview",
        "UPDATE publishing_publication SET slug = 'elsewhere'",
        "DELETE FROM publishing_publication",
    ],
)
def test_the_database_keeps_what_was_published(people: People, sql: str) -> None:
    make_published(people)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
