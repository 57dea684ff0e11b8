"""One key takes the last act back, another does it again."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.claims.models import ClaimState
from factcheck.claims.services.tags import tag_piece
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.corpus.services.conflicts import reopen_conflict
from tests.factories import NOW, make_bridge_pair, make_claim
from tests.people import People
from tests.workbench.conftest import SignedIn


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


@pytest.fixture
def pair(people: People) -> ConflictPair:
    return make_bridge_pair(people.desk, people.ada)


def decision(pair: ConflictPair, said: str) -> dict[str, object]:
    return {"decision": said, "version": pair.version}


def test_what_was_taken_back_is_done_again_with_another_key_until_something_new_is_done(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    other = make_bridge_pair(people.desk, people.ada, "Monday", "May")
    ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "superseded"))
    undo = ben.get("/").context["undo"]
    ben.post(undo.address, undo.fields)

    page = ben.get(pair.get_absolute_url())
    redo = page.context["redo"]
    assert 'data-key="y"' in page.content.decode()
    assert redo.did == "Decided: Superseded"
    ben.post(redo.address, redo.fields)
    pair.refresh_from_db()
    assert pair.decision == Decision.SUPERSEDED
    shown = ben.get("/").context
    assert shown["redo"] is None
    assert shown["undo"].did == "Decided: Superseded"

    ben.post(shown["undo"].address, shown["undo"].fields)
    ben.post(reverse("workbench:conflict-decide", args=[other.pk]), decision(other, "compatible"))
    assert ben.get("/").context["redo"] is None


def test_no_key_asks_again_for_what_somebody_else_changed(people: People, ben: Client, pair: ConflictPair) -> None:
    ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "superseded"))
    pair.refresh_from_db()
    reopen_conflict(pair, pair.version, people.lea, NOW)

    undo = ben.get("/").context["undo"]
    assert ben.post(undo.address, undo.fields).status_code == 409
    assert ben.get("/").context["undo"] is None


def test_a_claim_that_was_closed_by_mistake_is_open_as_before_and_closed_again(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    claim = make_claim(pair, people.ben)
    ben.post(reverse("workbench:claim-close", args=[claim.pk]), {"version": claim.version})

    for key, state in (("undo", ClaimState.OPEN), ("redo", ClaimState.CLOSED)):
        act = ben.get(claim.get_absolute_url()).context[key]
        ben.post(act.address, act.fields)
        claim.refresh_from_db()
        assert claim.state == state


def test_a_tag_is_put_on_taken_off_and_refused_twice(people: People, ben: Client, pair: ConflictPair) -> None:
    tag_piece(pair, "Bridge", people.lea, NOW)
    path = reverse("workbench:pair-tag", args=[pair.pk])

    assert ben.post(path, {"name": "bridge", "act": "put_on"}).status_code == 409
    ben.post(path, {"name": "Bridge", "act": "take_off"})
    assert not pair.taggings.exists()
    undo = ben.get(pair.get_absolute_url()).context["undo"]
    ben.post(undo.address, undo.fields)
    assert [str(tagging.tag) for tagging in pair.taggings.all()] == ["Bridge"]
