"""A claim's way into public through the API: looked at, published, corrected, withdrawn."""

from typing import Any

from factcheck.claims.models import Verdict
from factcheck.claims.services.verdicts import VerdictText, approve_verdict, submit_verdict, write_verdict
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Caller, Programs
from tests.factories import NOW, make_approved, make_bridge_pair, make_claim
from tests.people import People


def test_what_was_looked_at_is_published_corrected_and_withdrawn(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.lea, people.ada, people.lea)
    lea, address = asks(people.lea), f"/api/v1/claims/{claim.pk}"
    before = lea.see(f"{address}/publication")
    assert (before["state"], before["preview"], before["url"]) == ("unpublished", None, None)
    make_approved(claim, people.ada, people.ben)

    preview = lea.see(f"{address}/publication")["preview"]
    other = lea.send("post", f"{address}/publish", {"mark": "x"})
    done = lea.send("post", f"{address}/publish", {"mark": preview["mark"]}, idempotency_key="p-1")

    assert preview["is_sound"]
    assert preview["rich"]["reviewRating"]["alternateName"] == "True"
    assert other.json()["code"] == "changed_since_preview"
    assert (done.status_code, done.json()["state"], done.json()["revision"]) == (200, "live", 1)
    assert (
        lea.send("post", f"{address}/publish", {"mark": preview["mark"]}, idempotency_key="p-1").json() == done.json()
    )
    review = f"/api/v1/reviews/{done.json()['review']}"
    assert Caller().see(review)["revision"] == 1

    draft = asks(people.ada).send("post", f"{address}/start-correction")
    assert draft.status_code == 201
    approve_anew(people, Verdict.objects.get(pk=draft.json()["id"]))
    now = lea.get(f"{address}/publication")
    assert [one["part"] for one in now.json()["differences"]] == ["In one sentence"]
    body = {"mark": now.json()["preview"]["mark"], "reason": "A second log was found."}
    blind = lea.send("post", f"{address}/correct", body)
    corrected = lea.send("post", f"{address}/correct", body, if_match=now["ETag"])
    stale = lea.send("post", f"{address}/withdraw", {"reason": "In doubt."}, if_match=now["ETag"])
    assert [answer.status_code for answer in (blind, corrected, stale)] == [428, 200, 412]

    gone = lea.send("post", f"{address}/withdraw", {"reason": "In doubt."}, if_match=corrected["ETag"])
    assert (gone.json()["state"], gone.json()["revision"]) == ("withdrawn", 3)
    assert Caller().get(review).status_code == 404


def approve_anew(people: People, draft: Verdict) -> None:
    text = VerdictText(draft.rating, "Two logs show it.", draft.reasoning)
    write_verdict(draft, text, draft.version, people.ada, NOW)
    submit_verdict(draft, draft.version, people.ada, NOW)
    approve_verdict(draft, draft.version, people.ben, NOW)


def test_no_token_publishes(people: People, program: Programs) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.lea, people.ada, people.lea)
    make_approved(claim, people.ada, people.ben)
    wire = program(people.lea, people.desk, *Scope)
    mark = wire.see(f"/api/v1/claims/{claim.pk}/publication")["preview"]["mark"]

    for verb in ("publish", "correct", "withdraw", "start-correction"):
        answer: Any = wire.send("post", f"/api/v1/claims/{claim.pk}/{verb}", {"mark": mark}, if_match="*")
        assert (verb, answer.json()["code"]) == (verb, "session_only")
