"""What an author, an approver or a reviewer did with a verdict is taken back, as long as nothing has come of it."""

import pytest
from django.db import IntegrityError, transaction

from factcheck.claims.errors import WrongVerdictState
from factcheck.claims.models import Claim, ClaimState, Verdict, VerdictState
from factcheck.claims.services.claims import close_claim
from factcheck.claims.services.taking_back import take_back_approval, take_back_send_back, take_back_submission
from factcheck.claims.services.verdicts import (
    VerdictText,
    approve_verdict,
    send_back_verdict,
    start_verdict,
    submit_verdict,
    write_verdict,
)
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Notice, NoticeKind, Role, User
from factcheck.newsroom.notices import read_all_notices
from tests.factories import NOW, make_approved, make_bridge_pair, make_claim, make_published, make_submitted
from tests.people import People, make_person


@pytest.fixture
def claim(people: People) -> Claim:
    """A claim that Ben works on."""
    return make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)


@pytest.fixture
def nia(people: People) -> User:
    """Another reviewer, of a desk that asks for two approvals."""
    people.desk.approvals_needed = 2
    people.desk.save()
    return make_person("Nia", people.desk, Role.REVIEWER)


def kinds(person: User) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("at", "id").values_list("kind", flat=True))


def test_what_was_submitted_by_mistake_is_a_draft_again(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    take_back_submission(verdict, verdict.version, people.ben, NOW)

    stored = Verdict.objects.get()
    assert (stored.state, stored.submitted_at, stored.guideline) == (VerdictState.DRAFT, None, None)
    assert AuditEntry.objects.order_by("sequence").last().verb == "take_back_submission"  # type: ignore[union-attr]  # there are
    submit_verdict(verdict, verdict.version, people.ben, NOW)


def test_what_was_sent_back_and_submitted_unchanged_is_sent_back_again_with_its_note(
    people: People, claim: Claim
) -> None:
    verdict = make_submitted(claim, people.ben)
    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, NOW)
    submit_verdict(verdict, verdict.version, people.ben, NOW)

    take_back_submission(verdict, verdict.version, people.ben, NOW)

    assert (verdict.state, verdict.note) == (VerdictState.SENT_BACK, "Which log?")


def test_a_submission_that_somebody_has_answered_stays(people: People, claim: Claim, nia: User) -> None:
    verdict = make_submitted(Claim.objects.get(), people.ben)
    approve_verdict(verdict, verdict.version, nia, NOW)

    with pytest.raises(WrongVerdictState, match="approved this verdict already"):
        take_back_submission(verdict, verdict.version, people.ben, NOW)


def test_an_approval_is_taken_back_by_who_gave_it_alone(people: People, claim: Claim) -> None:
    verdict = make_approved(claim, people.ben, people.lea)
    with pytest.raises(WrongVerdictState, match="not approved this verdict"):
        take_back_approval(verdict, verdict.version, people.ben, NOW)
    with pytest.raises(NotAllowed):
        take_back_approval(verdict, verdict.version, people.ada, NOW)

    take_back_approval(verdict, verdict.version, people.lea, NOW)

    claim.refresh_from_db()
    assert (verdict.state, verdict.decided_at, claim.state) == (VerdictState.SUBMITTED, None, ClaimState.IN_WORK)
    assert not verdict.approvals.exists()
    approve_verdict(verdict, verdict.version, people.lea, NOW)
    claim.refresh_from_db()
    assert claim.state == ClaimState.DECIDED


def test_one_of_two_approvals_taken_back_leaves_the_other(people: People, claim: Claim, nia: User) -> None:
    verdict = make_submitted(Claim.objects.get(), people.ben)
    approve_verdict(verdict, verdict.version, people.lea, NOW)
    approve_verdict(verdict, verdict.version, nia, NOW)

    take_back_approval(verdict, verdict.version, people.lea, NOW)

    assert (verdict.state, [one.person for one in verdict.approvals.all()]) == (VerdictState.SUBMITTED, [nia])


def test_who_has_read_of_an_approval_is_told_that_it_was_taken_back(people: People, claim: Claim) -> None:
    verdict = make_approved(claim, people.ben, people.lea)
    take_back_approval(verdict, verdict.version, people.lea, NOW)
    assert NoticeKind.APPROVED not in kinds(people.ben)

    approve_verdict(verdict, verdict.version, people.lea, NOW)
    read_all_notices(people.ben, NOW, NOW)
    take_back_approval(verdict, verdict.version, people.lea, NOW)

    assert kinds(people.ben)[-2:] == [NoticeKind.APPROVED, NoticeKind.TAKEN_BACK]


def test_an_approval_stays_once_a_further_verdict_is_begun_or_the_claim_is_closed(people: People, claim: Claim) -> None:
    verdict = make_approved(claim, people.ben, people.lea)
    claim.refresh_from_db()
    close_claim(claim, claim.version, people.lea, NOW)
    with pytest.raises(WrongVerdictState, match="closed"):
        take_back_approval(Verdict.objects.get(), verdict.version, people.lea, NOW)

    start_verdict(claim, people.lea, NOW)
    with pytest.raises(WrongVerdictState, match="further verdict"):
        take_back_approval(Verdict.objects.get(number=1), verdict.version, people.lea, NOW)


def test_what_is_published_stays_approved_and_the_database_keeps_it_so(people: People) -> None:
    verdict = make_published(people).live.verdict

    with pytest.raises(WrongVerdictState, match="is published"):
        take_back_approval(verdict, verdict.version, people.ben, NOW)

    assert Verdict.objects.get().state == VerdictState.APPROVED
    with pytest.raises(IntegrityError, match="stays approved"), transaction.atomic():
        Verdict.objects.update(state=VerdictState.SUBMITTED)


def test_what_was_sent_back_by_mistake_waits_again_with_the_approvals_that_it_had(
    people: People, claim: Claim, nia: User
) -> None:
    verdict = make_submitted(Claim.objects.get(), people.ben)
    approve_verdict(verdict, verdict.version, nia, NOW)
    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, NOW)
    with pytest.raises(WrongVerdictState, match="Somebody else"):
        take_back_send_back(verdict, verdict.version, nia, NOW)

    take_back_send_back(verdict, verdict.version, people.lea, NOW)

    assert (verdict.state, verdict.note) == (VerdictState.SUBMITTED, "")
    assert [one.person for one in verdict.approvals.all()] == [nia]
    assert NoticeKind.SENT_BACK not in kinds(people.ben)


def test_what_authors_went_on_writing_is_not_taken_from_them(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, NOW)
    seen, theirs = verdict.version, Verdict.objects.get()
    text = VerdictText(verdict.rating, verdict.summary, "The log of May.")
    write_verdict(theirs, text, theirs.version, people.ben, NOW)

    with pytest.raises(StaleVersion):
        take_back_send_back(verdict, seen, people.lea, NOW)
    with pytest.raises(WrongVerdictState):
        take_back_send_back(theirs, theirs.version, people.lea, NOW)
