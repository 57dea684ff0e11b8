import pytest
from django.db import DatabaseError, transaction

from factcheck.claims.errors import (
    AllGiven,
    AlreadyInHand,
    AssessmentGiven,
    NoBlindReview,
    NotAllGiven,
    NotInHand,
    UnfitBlindReview,
    VerdictIncomplete,
    WrongVerdictState,
)
from factcheck.claims.models import Assessment, Assignment, Bearing, BlindReview, Claim, Purpose, Rating, Verdict
from factcheck.claims.services.adjudication import Merged, adjudicate, assessments_shown_to, reopen_adjudication
from factcheck.claims.services.assessments import (
    ask_assessments,
    give_assessment,
    take_back_assessment,
    withdraw_assessments,
    write_assessment,
)
from factcheck.claims.services.assignments import reassign_work, release_work, take_next_assessment, take_next_claim
from factcheck.claims.services.claims import take_claim
from factcheck.claims.services.evidence import NewEvidence, attach_evidence
from factcheck.claims.services.queues import free_assessments, in_own_order
from factcheck.claims.services.verdicts import VerdictText, approve_verdict, start_verdict, submit_verdict
from factcheck.ledger.errors import StaleVersion
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Role, User
from tests.factories import NOW, make_bridge_pair, make_claim, make_draft, make_scale
from tests.people import People, make_person


@pytest.fixture
def rita(people: People) -> User:
    """Another reviewer."""
    return make_person("Rita", people.desk, Role.REVIEWER)


@pytest.fixture
def ratings(people: People) -> list[Rating]:
    return make_scale(people.desk)


@pytest.fixture
def claim(people: People, ratings: list[Rating]) -> Claim:
    """A claim that two people shall assess blind."""
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    ask_assessments(claim, 2, people.lea, NOW)
    return claim


def text_of(rating: Rating, words: str = "The log shows it.") -> VerdictText:
    return VerdictText(rating, words, f"{words} Read it.")


def give(claim: Claim, person: User, rating: Rating, words: str = "The log shows it.") -> bool:
    """Take the claim, write, give; whether it was the last."""
    assert take_next_assessment(person, NOW) == claim
    assessment = write_assessment(claim, text_of(rating, words), 1, person, NOW)
    return give_assessment(claim, assessment.version, person, NOW)


def version_of(claim: Claim) -> int:
    return BlindReview.objects.get(claim=claim).version


# --- Asking ---


def test_a_desk_may_ask_for_every_new_claim(people: People) -> None:
    people.desk.assessors = 3
    people.desk.save()

    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)

    assert claim.blind_review.wanted == 3


def test_only_leads_ask_and_for_two_to_four(people: People, ratings: list[Rating]) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    with pytest.raises(NotAllowed):
        ask_assessments(claim, 2, people.ben, NOW)
    for wanted in (0, 1, 5):
        with pytest.raises(UnfitBlindReview, match="2 to 4"):
            ask_assessments(claim, wanted, people.lea, NOW)

    ask_assessments(claim, 4, people.lea, NOW)

    with pytest.raises(UnfitBlindReview, match="asked for already"):
        ask_assessments(claim, 2, people.lea, NOW)


def test_it_is_too_late_to_ask_once_a_verdict_is_begun(people: People) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    make_draft(claim, people.ben)

    with pytest.raises(UnfitBlindReview, match="too late"):
        ask_assessments(claim, 2, people.lea, NOW)


def test_asking_can_be_taken_back(people: People, claim: Claim) -> None:
    take_next_assessment(people.ben, NOW)

    withdraw_assessments(claim, people.lea, NOW)

    assert not Assignment.objects.exists()
    with pytest.raises(NoBlindReview):
        withdraw_assessments(claim, people.lea, NOW)
    assert start_verdict(claim, people.ben, NOW).state == "draft"


# --- Taking ---


def test_as_many_take_it_as_are_asked_for_and_each_once(people: People, claim: Claim, rita: User) -> None:
    assert take_next_assessment(people.ben, NOW) == claim
    assert take_next_assessment(people.ben, NOW) is None
    assert take_next_assessment(rita, NOW) == claim
    assert take_next_assessment(people.lea, NOW) is None
    assert set(Assignment.objects.values_list("slot", flat=True)) == {1, 2}


def test_what_is_given_leaves_no_place_free(people: People, claim: Claim, rita: User, ratings: list[Rating]) -> None:
    give(claim, people.ben, ratings[0])

    assert take_next_assessment(people.ben, NOW) is None
    assert take_next_assessment(rita, NOW) == claim
    assert take_next_assessment(people.lea, NOW) is None


def test_each_reviewer_meets_the_claims_in_an_order_of_their_own(people: People, ratings: list[Rating]) -> None:
    pairs = [make_bridge_pair(people.desk, people.ada, "Monday", month) for month in ("March", "April", "May", "June")]
    for pair in pairs:
        ask_assessments(make_claim(pair, people.ben), 4, people.lea, NOW)
    reviewers = [make_person(name, people.desk, Role.REVIEWER) for name in ("Uma", "Vera", "Will", "Xenia", "Yves")]

    orders = {tuple(in_own_order(free_assessments(person), person)) for person in reviewers}

    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset(Claim.objects.values_list("pk", flat=True))}
    first = in_own_order(free_assessments(reviewers[0]), reviewers[0])
    assert first == in_own_order(free_assessments(reviewers[0]), reviewers[0])


def test_nobody_works_on_a_claim_that_is_assessed_blind(people: People, claim: Claim) -> None:
    assert take_next_claim(people.ada, NOW) is None
    with pytest.raises(WrongVerdictState, match="assessed blind"):
        start_verdict(claim, people.lea, NOW)


def test_an_assessor_does_not_work_on_the_claim_as_well(people: People, claim: Claim) -> None:
    take_next_assessment(people.ben, NOW)

    with pytest.raises(AlreadyInHand, match="assesses this claim blind"):
        take_claim(claim, people.ben, NOW)


def test_a_reporter_assesses_what_is_given_to_them(people: People, claim: Claim, ratings: list[Rating]) -> None:
    with pytest.raises(NotAllowed):
        write_assessment(claim, text_of(ratings[0]), 1, people.ada, NOW)
    take_next_assessment(people.ben, NOW)

    reassign_work(Assignment.objects.get(), people.ada, people.lea, NOW)

    assert write_assessment(claim, text_of(ratings[0]), 1, people.ada, NOW).version == 2


# --- Writing and giving ---


def test_one_writes_only_what_one_has_taken(people: People, claim: Claim, ratings: list[Rating]) -> None:
    with pytest.raises(NotInHand, match="did not take it"):
        write_assessment(claim, text_of(ratings[0]), 1, people.ben, NOW)

    assert not Assessment.objects.exists()


def test_a_draft_is_kept_when_its_time_runs_out(people: People, claim: Claim, ratings: list[Rating]) -> None:
    take_next_assessment(people.ben, NOW)
    write_assessment(claim, VerdictText(summary="Begun."), 1, people.ben, NOW)
    release_work(Assignment.objects.get(), people.ben, NOW)
    with pytest.raises(NotInHand):
        write_assessment(claim, text_of(ratings[0]), 2, people.ben, NOW)

    take_next_assessment(people.ben, NOW)

    assert write_assessment(claim, text_of(ratings[0]), 2, people.ben, NOW).version == 3


def test_what_is_incomplete_is_not_given(people: People, claim: Claim) -> None:
    take_next_assessment(people.ben, NOW)
    draft = write_assessment(claim, VerdictText(summary="Begun."), 1, people.ben, NOW)

    with pytest.raises(VerdictIncomplete, match="a rating and the reasoning"):
        give_assessment(claim, draft.version, people.ben, NOW)


def test_a_draft_saved_in_another_window_is_not_overwritten(
    people: People, claim: Claim, ratings: list[Rating]
) -> None:
    take_next_assessment(people.ben, NOW)
    write_assessment(claim, text_of(ratings[0]), 1, people.ben, NOW)

    with pytest.raises(StaleVersion):
        write_assessment(claim, text_of(ratings[1]), 1, people.ben, NOW)


def test_what_is_given_stays_and_the_database_keeps_it(people: People, claim: Claim, ratings: list[Rating]) -> None:
    give(claim, people.ben, ratings[0])

    with pytest.raises(AssessmentGiven):
        write_assessment(claim, text_of(ratings[1]), 3, people.ben, NOW)
    with pytest.raises(NotInHand):
        release_work(Assignment.objects.get(), people.ben, NOW)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Assessment.objects.update(summary="Something else.")


def test_what_is_given_can_be_taken_back_until_all_are_given(
    people: People, claim: Claim, rita: User, ratings: list[Rating]
) -> None:
    assert give(claim, people.ben, ratings[0]) is False

    take_back_assessment(claim, people.ben, NOW)
    assert not Assessment.objects.given().exists()
    with pytest.raises(NotInHand):
        take_back_assessment(claim, people.ben, NOW)

    give_assessment(claim, Assessment.objects.get().version, people.ben, NOW)
    assert give(claim, rita, ratings[2]) is True
    with pytest.raises(AllGiven):
        take_back_assessment(claim, people.ben, NOW)


# --- Blind ---


def test_nobody_sees_an_assessment_before_all_are_given(
    people: People, claim: Claim, rita: User, ratings: list[Rating]
) -> None:
    give(claim, people.ben, ratings[0])
    with pytest.raises(NotAllGiven):
        assessments_shown_to(claim, people.lea)
    assert not Assessment.objects.shown().exists()
    with pytest.raises(NotAllGiven):
        adjudicate(claim, Merged(text_of(ratings[0]), []), version_of(claim), people.lea, NOW)

    give(claim, rita, ratings[2])

    assert [row.person for row in assessments_shown_to(claim, people.lea)] == [people.ben, rita]
    with pytest.raises(NotAllowed):
        assessments_shown_to(claim, people.ben)


# --- Adjudication ---


@pytest.fixture
def given(people: People, claim: Claim, rita: User, ratings: list[Rating]) -> Claim:
    """The claim with both assessments given: Ben says true, Rita says false."""
    give(claim, people.ben, ratings[0], "Ben’s words.")
    give(claim, rita, ratings[2], "Rita’s words.")
    return claim


def merged(ratings: list[Rating], *taken: User) -> Merged:
    return Merged(text_of(ratings[2], "Rita’s words."), [person.pk for person in taken])


def test_the_verdict_draft_is_made_of_them_and_whose_words_it_has_may_not_approve_it(
    people: People, given: Claim, rita: User, ratings: list[Rating]
) -> None:
    verdict = adjudicate(given, merged(ratings, rita), version_of(given), people.lea, NOW)

    assert (verdict.rating, verdict.summary, verdict.state) == (ratings[2], "Rita’s words.", "draft")
    assert verdict.author_ids() == {people.lea.pk, rita.pk}
    assert not Assignment.objects.filter(purpose=Purpose.ASSESS).exists()
    attach_evidence(verdict, NewEvidence("Log", Bearing.SUPPORTS), verdict.version, people.lea, NOW)
    submit_verdict(verdict, verdict.version, people.lea, NOW)
    approve_verdict(verdict, verdict.version, people.ben, NOW)  # his words are not in it
    assert verdict.state == "approved"


def test_two_adjudicators_do_not_overwrite_each_other(
    people: People, given: Claim, rita: User, ratings: list[Rating]
) -> None:
    seen = version_of(given)
    adjudicate(given, merged(ratings, rita), seen, people.lea, NOW)

    with pytest.raises(NoBlindReview):
        adjudicate(given, merged(ratings), seen, make_person("Olga", people.desk, Role.LEAD), NOW)


def test_an_adjudication_is_taken_back_while_its_verdict_is_a_draft(
    people: People, given: Claim, rita: User, ratings: list[Rating]
) -> None:
    adjudicate(given, merged(ratings, rita), version_of(given), people.lea, NOW)

    reopen_adjudication(given, people.lea, NOW)
    verdict = Verdict.objects.get()
    with pytest.raises(WrongVerdictState, match="assessed blind"):
        submit_verdict(verdict, verdict.version, people.lea, NOW)
    again = adjudicate(given, Merged(text_of(ratings[0]), []), version_of(given), people.lea, NOW)

    assert (again.pk, again.rating) == (verdict.pk, ratings[0])
    assert rita.pk in again.author_ids()  # whoever wrote any version


def test_an_adjudication_stays_once_its_verdict_is_submitted(
    people: People, given: Claim, rita: User, ratings: list[Rating]
) -> None:
    verdict = adjudicate(given, merged(ratings, rita), version_of(given), people.lea, NOW)
    attach_evidence(verdict, NewEvidence("Log", Bearing.SUPPORTS), verdict.version, people.lea, NOW)
    submit_verdict(verdict, verdict.version, people.lea, NOW)

    with pytest.raises(WrongVerdictState, match="submitted"):
        reopen_adjudication(given, people.lea, NOW)
