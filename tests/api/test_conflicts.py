from uuid import uuid4

from factcheck.corpus.models import ConflictPair
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.factories import make_bridge_pair
from tests.people import People

CONFLICTS = "/api/v1/conflicts"


def test_a_reviewer_decides_what_they_saw(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben, path = asks(people.ben), f"{CONFLICTS}/{pair.pk}"
    etag = ben.get(path).headers["ETag"]

    decided = ben.send("post", f"{path}/decide", {"decision": "conflict", "kind": "figure"}, if_match=etag)
    stale = ben.send("post", f"{path}/reopen", if_match=etag)
    reopened = ben.send("post", f"{path}/reopen", if_match=decided.headers["ETag"])

    assert (decided.status_code, decided.json()["status"], decided.json()["kind"]) == (200, "confirmed", "figure")
    assert decided.json()["decided_by"] == {"id": str(people.ben.pk), "name": "Ben"}
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (reopened.status_code, reopened.json()["status"], reopened.json()["kind"]) == (200, "suggested", "denial")
    assert reopened.json()["version"] == 3


def test_a_decision_over_a_parking_is_taken_back_to_that(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    path, answers = f"{CONFLICTS}/{pair.pk}", [asks(people.ben).get(f"{CONFLICTS}/{pair.pk}")]
    steps = (("ben", "decide", {"decision": "needs_clarification"}), ("lea", "decide", {"decision": "compatible"}))

    for who, act, said in (*steps, ("lea", "reopen", {})):
        etag = answers[-1].headers["ETag"]
        answers.append(asks(getattr(people, who)).send("post", f"{path}/{act}", said, if_match=etag))

    parked, dismissed, again = (answer.json() for answer in answers[1:])
    assert dismissed["status"] == "dismissed"
    assert {**again, "seq": 0, "version": 0} == {**parked, "seq": 0, "version": 0}


def test_a_decision_without_a_version_is_refused(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    answer = asks(people.ben).send("post", f"{CONFLICTS}/{pair.pk}/decide", {"decision": "conflict"})

    assert (answer.status_code, answer.json()["code"]) == (428, "version_required")


def test_a_lost_answer_is_asked_for_again(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben, path = asks(people.ben), f"{CONFLICTS}/{pair.pk}/decide"

    first = ben.send("post", path, {"decision": "compatible"}, if_match='"1"', idempotency_key="k")
    again = ben.send("post", path, {"decision": "compatible"}, if_match='"1"', idempotency_key="k")

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert AuditEntry.objects.filter(verb="decide_conflict").count() == 1


def test_no_token_decides(people: People, program: Programs) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    wire = program(people.lea, people.desk, Scope.READ, Scope.DESK, Scope.INGEST, Scope.EXPORT)

    answer = wire.send("post", f"{CONFLICTS}/{pair.pk}/decide", {"decision": "conflict"}, if_match='"1"')

    assert (answer.status_code, answer.json()["code"]) == (403, "session_only")
    assert wire.see(f"{CONFLICTS}/{pair.pk}")["status"] == "suggested"


def test_who_may_not_is_told_before_anything_else(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    ada = asks(people.ada).send("post", f"{CONFLICTS}/{pair.pk}/decide", b"{")
    cleo = asks(people.cleo).send("post", f"{CONFLICTS}/{pair.pk}/decide", b"{")
    unknown = asks(people.cleo).send("post", f"{CONFLICTS}/{uuid4()}/decide", b"{")

    assert ada.status_code == 403
    assert (cleo.status_code, cleo.content) == (404, unknown.content)


def test_pairs_are_filtered(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben = asks(people.ben)

    for query, found in (
        (f"article={pair.a.article_id}", 1),
        (f"statement={pair.b_id}", 1),
        (f"statement={uuid4()}", 0),
        ("status=suggested&kind=denial&desk=city", 1),
        ("status=confirmed", 0),
        ("desk=sports", 0),
    ):
        assert (query, len(ben.see(f"{CONFLICTS}?{query}")["results"])) == (query, found)
    for query in ("status=x", "article=7", "limit=0", "limit=1e3", "cursor=x", "updated_since=x", "sort=seq"):
        assert (query, ben.get(f"{CONFLICTS}?{query}").status_code) == (query, 400)


def test_a_session_needs_its_csrf_token(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben = asks(people.ben)
    ben.handler.enforce_csrf_checks = True

    answer = ben.send("post", f"{CONFLICTS}/{pair.pk}/decide", {"decision": "conflict"}, if_match='"1"')

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert ConflictPair.objects.get().decision == ""
