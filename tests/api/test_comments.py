"""Talk beside the work, through the API."""

from factcheck.newsroom.models import Notice
from tests.api.conftest import Asks
from tests.factories import make_bridge_pair, make_claim, make_comment
from tests.people import People

API = "/api/v1"


def test_a_comment_is_said_told_resolved_and_taken_back(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    claim, ada = make_claim(pair, people.lea), asks(people.ada)
    body = {"body": "@ben: which log?", "statement": str(pair.a_id), "words": "inspected in January"}

    said = ada.send("post", f"{API}/claims/{claim.pk}/comments", body)

    shown = said.json()
    assert (said.status_code, shown["claim"], shown["words"]) == (201, str(claim.pk), "inspected in January")
    assert Notice.objects.filter(person=people.ben).count() == 1
    as_of = ada.see(f"{API}/comments?claim={claim.pk}")["as_of"]

    done = asks(people.ben).send("post", f"{API}/comments/{shown['id']}/resolve", if_match=said["ETag"]).json()
    assert done["resolved_by"]["name"] == "Ben"
    assert len(ada.see(f"{API}/comments?resolved=true")["results"]) == 1
    assert ada.see(f"{API}/comments?resolved=false")["results"] == []

    gone = ada.send("delete", f"{API}/comments/{shown['id']}", if_match=f'"{done["version"]}.x"')
    assert (gone.status_code, gone.json()["body"]) == (200, "")
    changed = ada.see(f"{API}/comments?updated_since={as_of}")
    assert (changed["results"], [row["id"] for row in changed["gone"]]) == ([], [shown["id"]])


def test_nobody_changes_anothers_comment_or_reads_another_desks(people: People, asks: Asks) -> None:
    comment = make_comment(make_bridge_pair(people.desk, people.ada), people.ada)
    address = f"{API}/comments/{comment.pk}"

    assert asks(people.lea).send("patch", address, {"body": "Mine."}, if_match="*").json()["code"] == "not_allowed"
    assert asks(people.cleo).get(address).status_code == 404
