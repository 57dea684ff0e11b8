import pytest

from factcheck.claims.errors import ClaimAlreadyOpen, UnfitClaim, WrongClaimState
from factcheck.claims.models import Claim, ClaimState
from factcheck.claims.services.claims import (
    assign_claim,
    close_claim,
    open_claim,
    reopen_claim,
    reword_claim,
    take_claim,
)
from factcheck.corpus.models import ConflictPair
from factcheck.corpus.services.articles import restrict_article
from factcheck.ledger.errors import StaleVersion
from factcheck.newsroom.errors import NotAllowed
from tests.factories import NOW, make_bridge_pair, make_claim
from tests.people import People


@pytest.fixture
def pair(people: People) -> ConflictPair:
    return make_bridge_pair(people.desk, people.ada)


def test_opening_asks_which_side_and_the_other_enters_as_denial(people: People, pair: ConflictPair) -> None:
    claim = open_claim(pair, pair.a, "The bridge was inspected.", people.ben, NOW)

    assert dict(claim.appearances.values_list("statement", "stance")) == {pair.a.pk: "asserts", pair.b.pk: "denies"}
    assert (claim.state, claim.checked) == (ClaimState.OPEN, pair.a)


def test_a_side_is_opened_once_and_the_refusal_leads_to_its_claim(people: People, pair: ConflictPair) -> None:
    claim = make_claim(pair, people.ben)

    with pytest.raises(ClaimAlreadyOpen) as refusal:
        make_claim(pair, people.lea)

    assert refusal.value.claim_id == claim.pk
    assert open_claim(pair, pair.b, "The other side.", people.ben, NOW).pk != claim.pk


@pytest.mark.parametrize(
    ("text", "words"), [("", "one sentence"), (" \n", "one sentence"), ("x" * 601, "this has 601")]
)
def test_a_claim_is_a_sentence(people: People, pair: ConflictPair, text: str, words: str) -> None:
    with pytest.raises(UnfitClaim, match=words):
        open_claim(pair, pair.a, text, people.ben, NOW)


def test_a_statement_of_another_pair_is_no_side(people: People, pair: ConflictPair) -> None:
    other = make_bridge_pair(people.desk, people.ada, "Monday")

    with pytest.raises(UnfitClaim, match="which of the two"):
        open_claim(pair, other.a, "The bridge.", people.ben, NOW)


def test_reporters_do_not_open_claims_but_take_them(people: People, pair: ConflictPair) -> None:
    with pytest.raises(NotAllowed):
        make_claim(pair, people.ada)
    claim = make_claim(pair, people.ben)

    take_claim(claim, people.ada, NOW)

    assert claim.state == ClaimState.IN_WORK
    assert people.ada.pk in claim.owner_ids()


def test_only_leads_assign_and_only_to_who_may_work_on_it(people: People, pair: ConflictPair) -> None:
    claim = make_claim(pair, people.ben)

    for by, to in ((people.ben, people.ada), (people.lea, people.amir), (people.lea, people.cleo)):
        with pytest.raises(NotAllowed):
            assign_claim(claim, to, by, NOW)
    assign_claim(claim, people.ada, people.lea, NOW)

    assert claim.assignments.get().person == people.ada


def test_taking_twice_is_one_assignment(people: People, pair: ConflictPair) -> None:
    claim = make_claim(pair, people.ben)

    take_claim(claim, people.ben, NOW)
    take_claim(claim, people.ben, NOW)

    assert claim.assignments.count() == 1


def test_a_closed_claim_is_reopened_before_it_is_taken(people: People, pair: ConflictPair) -> None:
    claim = make_claim(pair, people.ben)
    close_claim(claim, claim.version, people.ben, NOW)

    with pytest.raises(WrongClaimState, match="Reopen it first"):
        take_claim(claim, people.ben, NOW)
    with pytest.raises(WrongClaimState):
        close_claim(claim, claim.version, people.ben, NOW)
    reopen_claim(claim, claim.version, people.ben, NOW)

    assert claim.state == ClaimState.OPEN


def test_rewording_needs_the_version_that_was_seen(people: People, pair: ConflictPair) -> None:
    claim = make_claim(pair, people.ben)
    seen = claim.version
    reword_claim(claim, "In  other\nwords.", seen, people.ben, NOW)

    with pytest.raises(StaleVersion):
        reword_claim(claim, "Lost.", seen, people.lea, NOW)

    assert Claim.objects.get().text == "In other words."


def test_a_claim_from_a_hidden_article_is_hidden(people: People, pair: ConflictPair) -> None:
    make_claim(pair, people.ben)
    assert Claim.objects.readable_by(people.ada).exists()

    article = pair.a.article
    restrict_article(article, [], article.version, people.lea, NOW)

    assert not Claim.objects.readable_by(people.ben).exists()
    assert Claim.objects.readable_by(people.lea).exists()
    assert not Claim.objects.readable_by(people.cleo).exists()
