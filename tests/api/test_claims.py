from typing import Any

from factcheck.claims.models import Claim
from factcheck.claims.services.tags import tag_piece
from tests.api.conftest import Asks
from tests.factories import NOW, make_bridge_pair, make_claim
from tests.people import People

CLAIMS = "/api/v1/claims"


def test_a_claim_is_opened_taken_worded_closed_and_reopened(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben = asks(people.ben)

    opened = ben.send("post", CLAIMS, {"conflict": str(pair.pk), "side": "b", "text": "It was inspected."})
    path = opened.headers["Location"]
    taken = ben.send("post", f"{path}/take")
    worded = ben.send("patch", path, {"text": "It was inspected in January."}, if_match=taken.headers["ETag"])
    closed = ben.send("post", f"{path}/close", if_match=worded.headers["ETag"])
    reopened = ben.send("post", f"{path}/reopen", if_match=closed.headers["ETag"])

    assert [answer.status_code for answer in (opened, taken, worded, closed, reopened)] == [201, 200, 200, 200, 200]
    states = [answer.json()["state"] for answer in (opened, taken, worded, closed, reopened)]
    assert states == ["open", "in_work", "in_work", "closed", "in_work"]
    assert {shown["stance"] for shown in opened.json()["appearances"]} == {"asserts", "denies"}
    assert [shown["person"]["name"] for shown in reopened.json()["assignments"]] == ["Ben"]
    assert ben.see(path) == reopened.json()


def test_a_side_is_checked_once(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)

    answer = asks(people.ben).send(
        "post", CLAIMS, {"conflict": str(claim.pair_id), "side": "a", "text": "It was inspected."}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "claim_already_open")
    assert answer.json()["claim_id"] == str(claim.pk)


def test_another_desks_pair_is_no_pair(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    answer = asks(people.cleo).send("post", CLAIMS, {"conflict": str(pair.pk), "side": "a", "text": "x"})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "conflict")


def test_a_refused_act_says_why(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    ben, path = asks(people.ben), f"{CLAIMS}/{claim.pk}"
    refused: list[tuple[str, str, Any, int, str]] = [
        ("patch", "", {"text": ""}, 400, "invalid_fields"),
        ("patch", "", {"text": "x" * 601}, 422, "unfit_claim"),
        ("patch", "", {"text": 7}, 400, "invalid_fields"),
        ("patch", "", {"text": "x", "state": "closed"}, 400, "invalid_fields"),
        ("post", "/reopen", {}, 409, "wrong_claim_state"),
        ("post", "/close", {"why": "no"}, 400, "invalid_fields"),
        ("post", "/take", [], 400, "invalid_fields"),
    ]

    for method, verb, body, status, code in refused:
        answer = ben.send(method, path + verb, body, if_match='"1"')
        assert (verb, answer.status_code, answer.json()["code"]) == (verb, status, code)
    assert Claim.objects.get().version == 1


def test_claims_are_filtered(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ada, people.lea)
    ben = asks(people.ben)

    for query, found in (
        ("state=in_work", 1),
        ("state=closed", 0),
        (f"assigned_to={people.ada.pk}", 1),
        (f"assigned_to={people.cleo.pk}", 0),
        (f"conflict={claim.pair_id}", 1),
    ):
        assert (query, len(ben.see(f"{CLAIMS}?{query}")["results"])) == (query, found)


def test_tags_are_shown_and_filter_claims_conflicts_and_articles(people: People, asks: Asks) -> None:
    pair, other = (make_bridge_pair(people.desk, people.ada, day) for day in ("Sunday", "Monday"))
    claim = make_claim(pair, people.ben)
    make_claim(other, people.ben)
    for piece in (claim, pair, pair.a.article):
        tag_piece(piece, "For Friday", people.ben, NOW)
    ben = asks(people.ben)

    for noun, piece in (("claims", claim), ("conflicts", pair), ("articles", pair.a.article)):
        found = ben.see(f"/api/v1/{noun}?tag=for%20friday")["results"]
        assert (noun, [row["id"] for row in found]) == (noun, [str(piece.pk)])
    assert ben.see(f"{CLAIMS}/{claim.pk}")["tags"] == ["For Friday"]
    assert ben.see(f"{CLAIMS}?tag=monday")["results"] == []
