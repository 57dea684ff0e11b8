import pytest
from django.db import DatabaseError, IntegrityError, transaction

from factcheck.claims.errors import (
    SecondPersonNeeded,
    UnfitEvidence,
    UnfitVerdict,
    VerdictAlreadyApproved,
    VerdictIncomplete,
    WrongVerdictState,
)
from factcheck.claims.models import Approval, Bearing, Claim, ClaimState, Evidence, Verdict, VerdictAuthor, VerdictState
from factcheck.claims.services.evidence import NewEvidence, attach_evidence, remove_evidence
from factcheck.claims.services.links import is_web_address
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
from factcheck.newsroom.models import Role
from tests.factories import NOW, make_bridge_pair, make_claim, make_draft, make_scale, make_submitted
from tests.people import People, make_person


@pytest.fixture
def claim(people: People) -> Claim:
    """A claim that Ben works on."""
    return make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)


def test_article_to_approved_verdict_by_two_people(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    approve_verdict(verdict, verdict.version, people.lea, NOW)

    claim.refresh_from_db()
    assert (verdict.state, claim.state) == (VerdictState.APPROVED, ClaimState.DECIDED)
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-4:] == ["write_verdict", "attach_evidence", "submit_verdict", "approve_verdict"]


def test_an_author_cannot_approve_their_own_verdict(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    with pytest.raises(SecondPersonNeeded):
        approve_verdict(verdict, verdict.version, people.ben, NOW)


def test_whoever_wrote_any_version_cannot_approve(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.lea)
    text = VerdictText(verdict.rating, "Another sentence.", "Another reasoning.")
    write_verdict(verdict, text, verdict.version, people.ben, NOW)
    submit_verdict(verdict, verdict.version, people.ben, NOW)

    with pytest.raises(SecondPersonNeeded):
        approve_verdict(verdict, verdict.version, people.lea, NOW)


def test_whoever_attached_evidence_cannot_approve(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    attach_evidence(verdict, NewEvidence("A note", Bearing.CONTEXT), verdict.version, people.lea, NOW)
    submit_verdict(verdict, verdict.version, people.ben, NOW)

    with pytest.raises(SecondPersonNeeded):
        approve_verdict(verdict, verdict.version, people.lea, NOW)


def test_the_database_refuses_an_authors_approval(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    with pytest.raises(DatabaseError, match="may not approve it"), transaction.atomic():
        Approval.objects.create(verdict=verdict, person=people.ben, approved_at=NOW)


def test_the_database_refuses_an_approver_as_author(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    approve_verdict(verdict, verdict.version, people.lea, NOW)

    with pytest.raises(DatabaseError, match="may not approve it"), transaction.atomic():
        VerdictAuthor.objects.create(verdict=verdict, person=people.lea)


def test_a_solo_desk_lets_the_author_approve_and_says_so(people: People, claim: Claim) -> None:
    people.desk.solo = True
    people.desk.save()
    claim.refresh_from_db()
    verdict = make_submitted(Claim.objects.get(), people.ben)

    approve_verdict(verdict, verdict.version, people.ben, NOW)

    assert (verdict.solo, verdict.state) == (True, VerdictState.APPROVED)
    assert AuditEntry.objects.get(verb="approve_verdict").payload.body["solo"] is True


def test_a_desk_may_ask_for_two_approvals(people: People, claim: Claim) -> None:
    people.desk.approvals_needed = 2
    people.desk.save()
    verdict = make_submitted(Claim.objects.get(), people.ben)
    nia = make_person("Nia", people.desk, Role.REVIEWER)

    approve_verdict(verdict, verdict.version, people.lea, NOW)
    assert verdict.state == VerdictState.SUBMITTED
    with pytest.raises(VerdictAlreadyApproved):
        approve_verdict(verdict, verdict.version, people.lea, NOW)
    approve_verdict(verdict, verdict.version, nia, NOW)

    assert verdict.state == VerdictState.APPROVED


def test_sending_back_voids_the_approvals_given(people: People, claim: Claim) -> None:
    people.desk.approvals_needed = 2
    people.desk.save()
    verdict = make_submitted(Claim.objects.get(), people.ben)
    approve_verdict(verdict, verdict.version, people.lea, NOW)

    send_back_verdict(verdict, "The log is missing.", verdict.version, people.lea, NOW)

    assert (verdict.state, verdict.note) == (VerdictState.SENT_BACK, "The log is missing.")
    assert not verdict.approvals.exists()


def test_a_verdict_sent_back_is_written_and_submitted_again(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    send_back_verdict(verdict, "The log is missing.", verdict.version, people.lea, NOW)

    write_verdict(verdict, VerdictText(verdict.rating, "Better.", "With the log."), verdict.version, people.ben, NOW)
    assert verdict.state == VerdictState.DRAFT
    submit_verdict(verdict, verdict.version, people.ben, NOW)

    assert (verdict.state, verdict.note) == (VerdictState.SUBMITTED, "")


def test_sending_back_needs_a_note(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    with pytest.raises(VerdictIncomplete, match="Before you send it back, add a note"):
        send_back_verdict(verdict, " \x00", verdict.version, people.lea, NOW)


def test_an_incomplete_verdict_names_what_is_missing(people: People, claim: Claim) -> None:
    verdict = start_verdict(claim, people.ben, NOW)

    with pytest.raises(VerdictIncomplete) as refusal:
        submit_verdict(verdict, verdict.version, people.ben, NOW)

    assert str(refusal.value) == (
        "Before you submit, add a rating, the verdict in one sentence, the reasoning"
        " and at least one piece of evidence."
    )


def test_the_database_refuses_an_incomplete_submitted_verdict(people: People, claim: Claim) -> None:
    verdict = start_verdict(claim, people.ben, NOW)

    with pytest.raises(IntegrityError, match="verdict_complete_when_submitted"), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(state="submitted")


def test_a_submitted_verdict_is_not_written_in(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    with pytest.raises(WrongVerdictState, match="Ask the reviewer to send it back"):
        write_verdict(verdict, VerdictText(), verdict.version, people.ben, NOW)
    with pytest.raises(WrongVerdictState):
        attach_evidence(verdict, NewEvidence("Late", Bearing.CONTEXT), verdict.version, people.ben, NOW)


def test_a_draft_is_neither_approved_nor_sent_back(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)

    with pytest.raises(WrongVerdictState):
        approve_verdict(verdict, verdict.version, people.lea, NOW)
    with pytest.raises(WrongVerdictState):
        send_back_verdict(verdict, "Why?", verdict.version, people.lea, NOW)


def test_a_stale_save_is_refused_and_loses_nothing(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    seen = verdict.version
    write_verdict(verdict, VerdictText(verdict.rating, "First.", "One."), seen, people.ben, NOW)

    with pytest.raises(StaleVersion):
        write_verdict(verdict, VerdictText(verdict.rating, "Second.", "Two."), seen, people.lea, NOW)

    assert Verdict.objects.get().summary == "First."


def test_an_approval_of_a_version_that_changed_is_refused(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    with pytest.raises(StaleVersion):
        approve_verdict(verdict, verdict.version - 1, people.lea, NOW)


def test_a_claim_has_one_unfinished_verdict(people: People, claim: Claim) -> None:
    first = start_verdict(claim, people.ben, NOW)

    assert start_verdict(claim, people.lea, NOW).pk == first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(claim=claim, number=2, started_at=NOW, saved_at=NOW)


def test_after_an_approved_verdict_a_new_one_can_be_started(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    approve_verdict(verdict, verdict.version, people.lea, NOW)

    assert start_verdict(claim, people.ben, NOW).number == 2


def test_who_may_write_and_who_may_approve(people: People, claim: Claim) -> None:
    for person in (people.ada, people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            start_verdict(claim, person, NOW)
    verdict = make_submitted(claim, people.ben)
    for person in (people.ada, people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            approve_verdict(verdict, verdict.version, person, NOW)


def test_texts_that_do_not_fit_are_refused_not_cut(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)

    with pytest.raises(UnfitVerdict, match="sentence has 601 characters; it may have 600"):
        write_verdict(verdict, VerdictText(verdict.rating, "x" * 601, "y"), verdict.version, people.ben, NOW)
    with pytest.raises(UnfitVerdict, match="reasoning has 50,001"):
        write_verdict(verdict, VerdictText(verdict.rating, "x", "y" * 50_001), verdict.version, people.ben, NOW)


def test_a_rating_of_another_desk_is_refused(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    theirs = make_scale(people.other_desk)[0]

    with pytest.raises(UnfitVerdict, match="this desk's scale"):
        write_verdict(verdict, VerdictText(theirs, "x", "y"), verdict.version, people.ben, NOW)


ADDRESSES = [
    ("https://example.org/a?b=c", True),
    ("http://example.org", True),
    ("javascript:alert(1)", False),
    ("JaVaScRiPt:alert(1)", False),
    ("data:text/html,x", False),
    ("//example.org", False),
    ("https://", False),
    ("https://exa mple.org", False),
    ("http://[", False),
    ("ftp://example.org", False),
]


@pytest.mark.parametrize(("url", "fits"), ADDRESSES)
def test_which_addresses_are_web_addresses(url: str, fits: bool) -> None:
    assert is_web_address(url) is fits


@pytest.mark.parametrize("field", ["url", "archived_url"])
def test_evidence_with_another_address_is_refused_by_service_and_database(
    people: People, claim: Claim, field: str
) -> None:
    verdict = make_draft(claim, people.ben)
    new = NewEvidence("A page", Bearing.CONTEXT, **{field: "javascript:alert(1)"})

    with pytest.raises(UnfitEvidence, match="is no web address"):
        attach_evidence(verdict, new, verdict.version, people.ben, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(verdict=verdict).update(**{field: "javascript:alert(1)"})


def test_evidence_needs_a_title_and_fits(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)

    for new, words in (
        (NewEvidence(" ", Bearing.CONTEXT), "Say in the title"),
        (NewEvidence("x" * 301, Bearing.CONTEXT), "title has 301"),
        (NewEvidence("x", Bearing.CONTEXT, excerpt="y" * 5_001), "excerpt has 5,001"),
    ):
        with pytest.raises(UnfitEvidence, match=words):
            attach_evidence(verdict, new, verdict.version, people.ben, NOW)


def test_evidence_taken_out_stays_in_the_audit(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    evidence = verdict.evidence.get()

    remove_evidence(evidence, verdict.version, people.ben, NOW)

    assert not verdict.evidence.exists()
    assert AuditEntry.objects.get(verb="remove_evidence").payload.body["before"]["title"] == "Inspection log"
