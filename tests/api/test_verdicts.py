from tests.api.conftest import Asks
from tests.factories import make_bridge_pair, make_claim, make_scale, make_submitted
from tests.people import People

VERDICTS = "/api/v1/verdicts"
SOURCE = {"title": "Inspection log", "bearing": "supports", "url": "https://example.org/log"}


def test_a_verdict_is_written_submitted_and_approved_by_a_second_person(people: People, asks: Asks) -> None:
    make_scale(people.desk)
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    ben, lea = asks(people.ben), asks(people.lea)
    rating = ben.see("/api/v1/rating-scales")["results"][0]["ratings"][0]["id"]

    started = ben.send("post", f"/api/v1/claims/{claim.pk}/verdicts", idempotency_key="s")
    path = started.headers["Location"]
    text = {"rating": rating, "summary": "The log shows it.", "reasoning": "*One* inspection."}
    written = ben.send("put", path, text, if_match=started.headers["ETag"], idempotency_key="w")
    again = ben.send("put", path, text, if_match=started.headers["ETag"], idempotency_key="w")
    cited = ben.send("post", f"{path}/evidence", SOURCE, if_match=written.headers["ETag"])
    submitted = ben.send("post", f"{path}/submit", if_match=cited.headers["ETag"])
    own = ben.send("post", f"{path}/approve", if_match=submitted.headers["ETag"])
    approved = lea.send("post", f"{path}/approve", if_match=submitted.headers["ETag"])

    answers = (started, written, again, cited, submitted, own, approved)
    assert [answer.status_code for answer in answers] == [201, 200, 200, 200, 200, 403, 200]
    assert written.content == again.content
    assert own.json()["code"] == "second_person_needed"
    assert approved.json()["state"] == "approved"
    assert approved.json()["approvals"] == [{"person": {"id": str(people.lea.pk), "name": "Lea"}}]
    assert lea.see(f"/api/v1/claims/{claim.pk}")["state"] == "decided"
    assert lea.see(f"{VERDICTS}?state=approved&claim={claim.pk}&desk=city")["results"] == [approved.json()]


def test_a_started_verdict_is_given_again(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    ben, path = asks(people.ben), f"/api/v1/claims/{claim.pk}/verdicts"

    first, second = ben.send("post", path), ben.send("post", path, idempotency_key="k")

    assert first.json()["id"] == second.json()["id"]
    assert ben.send("post", path, idempotency_key="k").content == second.content


def test_evidence_is_taken_out_of_a_draft(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    ben = asks(people.ben)
    path = ben.send("post", f"/api/v1/claims/{claim.pk}/verdicts").headers["Location"]
    cited = ben.send("post", f"{path}/evidence", SOURCE, if_match='"1"')
    source = f"{path}/evidence/{cited.json()['evidence'][0]['id']}"

    removed = ben.send("delete", source, if_match='"2"')
    gone = ben.send("delete", source, if_match='"3"')

    assert (removed.status_code, removed.json()["evidence"], gone.status_code) == (200, [], 404)


def test_what_is_cited_is_found_by_claim_bearing_and_address(people: People, asks: Asks) -> None:
    verdicts = [
        make_submitted(make_claim(pair, people.ben, people.ben, people.lea), people.ben)
        for pair in (make_bridge_pair(people.desk, people.ada), make_bridge_pair(people.desk, people.ada, "Friday"))
    ]
    first, second = (verdict.evidence.get() for verdict in verdicts)
    ada, address = asks(people.ada), "/api/v1/evidence"

    def found(query: str) -> list[str]:
        return [row["id"] for row in ada.see(f"{address}?{query}")["results"]]

    assert found("") == found("bearing=supports") == [str(second.pk), str(first.pk)]
    assert found(f"claim={verdicts[0].claim_id}") == found(f"verdict={verdicts[0].pk}") == [str(first.pk)]
    assert len(found("url=https://example.org/log")) == 2
    assert found("bearing=refutes") == found("desk=sports") == []
    more = ada.see(f"{address}?limit=1")["next"]
    assert found(f"limit=1&cursor={more}") == [str(first.pk)]
    shown = ada.see(f"{address}/{first.pk}")
    assert (shown["title"], shown["excerpt"], shown["claim"]) == (first.title, "12 January", str(verdicts[0].claim_id))


def test_a_verdict_is_sent_back_with_a_note(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    verdict = make_submitted(claim, people.ben)
    lea, path = asks(people.lea), f"{VERDICTS}/{verdict.pk}/send-back"
    version = f'"{verdict.version}"'

    assert lea.send("post", path, {"note": " "}, if_match=version).json()["code"] == "verdict_incomplete"
    answer = lea.send("post", path, {"note": "Say which log."}, if_match=version)

    assert (answer.status_code, answer.json()["state"], answer.json()["note"]) == (200, "sent_back", "Say which log.")


def test_only_ratings_on_offer_are_taken(people: People, asks: Asks) -> None:
    other = make_scale(people.other_desk)[0]
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    ben = asks(people.ben)
    path = ben.send("post", f"/api/v1/claims/{claim.pk}/verdicts").headers["Location"]

    for rating in (other.pk, 0, -1, 2**70, "1", True, 1.5, [1]):
        answer = ben.send("put", path, {"rating": rating}, if_match='"1"')
        assert (rating, answer.status_code, answer.json()["errors"][0]["field"]) == (rating, 400, "rating")
    assert ben.see("/api/v1/rating-scales")["results"] == []


def test_what_is_missing_is_named(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    ben = asks(people.ben)
    path = ben.send("post", f"/api/v1/claims/{claim.pk}/verdicts").headers["Location"]

    answer = ben.send("post", f"{path}/submit", if_match="*")

    assert (answer.status_code, answer.json()["code"]) == (422, "verdict_incomplete")
    assert "the reasoning" in answer.json()["detail"]
