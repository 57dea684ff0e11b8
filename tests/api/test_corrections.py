"""Statements and speakers corrected by programs' people: the same verbs as on the pages."""

from typing import Any

import pytest

from factcheck.corpus.models import Statement
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.factories import make_bridge_pair
from tests.people import People

API = "/api/v1"


def test_words_are_made_a_statement_and_taken_back(people: People, asks: Asks) -> None:
    article, ben = make_bridge_pair(people.desk, people.ada).a.article, asks(people.ben)
    body = {
        "revision": str(article.current.pk),
        "words": "The council closed the Orla bridge",
        "speaker": "The council",
    }

    made = ben.send("post", f"{API}/articles/{article.pk}/statements", body, idempotency_key="k-1")
    again = ben.send("post", f"{API}/articles/{article.pk}/statements", body, idempotency_key="k-1")

    shown = made.json()
    assert (made.status_code, shown["content"], shown["origin"]) == (201, body["words"], "hand")
    assert made["Location"] == f"{API}/statements/{shown['id']}"
    assert (again.json(), again["Idempotency-Replayed"]) == (shown, "true")
    assert Statement.objects.filter(article=article).count() == 3

    gone = ben.send("post", f"{API}/statements/{shown['id']}/withdraw", if_match=made["ETag"])

    assert (gone.status_code, gone.json()["gone_at"] is None) == (200, False)
    back = ben.send("post", f"{API}/statements/{shown['id']}/undo", if_match=gone["ETag"])
    assert back.json()["gone_at"] is None


def test_a_statement_is_mended_by_who_saw_its_version(people: People, asks: Asks) -> None:
    pair, ben = make_bridge_pair(people.desk, people.ada), asks(people.ben)
    address = f"{API}/statements/{pair.a_id}"
    seen = ben.get(address)
    body = {"speaker": "The council", "kind": "group", "act": "denial"}

    blind = ben.send("patch", address, body)
    wrong = ben.send("patch", address, {"words": "inspected"}, if_match=seen["ETag"])
    mended = ben.send("patch", address, body, if_match=seen["ETag"])
    stale = ben.send("patch", address, body, if_match=seen["ETag"])

    assert [answer.status_code for answer in (blind, wrong, mended, stale)] == [428, 400, 200, 412]
    assert mended.json()["speaker"]["name"] == "The council"
    assert mended.json()["version"] == seen.json()["version"] + 1


def test_the_whole_chain_of_those_who_passed_it_on_is_read_and_told(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben, path = asks(people.ben), f"/api/v1/statements/{pair.a_id}"
    seen = ben.get(path)

    def told(said: dict[str, object], etag: str) -> Any:
        return ben.send("patch", path, said, if_match=etag)

    mended = told({"relays": ["The council", "Tass", "Orla Post"]}, seen.headers["ETag"])
    nearest = told({"reported_by": "The mayor"}, mended.headers["ETag"])
    directly = told({"relays": []}, nearest.headers["ETag"])

    assert seen.json()["relays"] == []
    assert names_in(mended) == ["The council", "Tass", "Orla Post"]
    assert mended.json()["reported_by"] == mended.json()["relays"][0]
    assert names_in(nearest) == ["The mayor", "Tass", "Orla Post"]
    assert (names_in(directly), directly.json()["reported_by"]) == ([], None)
    listed = ben.see("/api/v1/statements")["results"]
    assert {row["id"]: row["relays"] for row in listed}[str(pair.a_id)] == []


@pytest.mark.parametrize(
    ("said", "status", "named"),
    [
        ({"relays": ["Tass"], "reported_by": "Tass"}, 400, "relays"),
        ({"relays": "Tass"}, 400, "relays"),
        ({"relays": ["Tass", ""]}, 400, "relays"),
        ({"relays": ["Tass", 7]}, 400, "relays"),
        ({"relays": list("ABCDEF")}, 400, "relays"),
        ({"relays": ["Tass", "tass"]}, 422, "unfit_speaker"),
        ({"relays": ["Ilse Varga"]}, 422, "unfit_speaker"),
    ],
)
def test_a_chain_that_is_none_is_refused_by_name(
    people: People, asks: Asks, said: dict[str, object], status: int, named: str
) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben, path = asks(people.ben), f"/api/v1/statements/{pair.a_id}"

    answer = ben.send("patch", path, said, if_match=ben.get(path).headers["ETag"])

    assert answer.status_code == status, answer.json()
    assert named in answer.content.decode()


def names_in(answer: Any) -> list[str]:
    return [relay["name"] for relay in answer.json()["relays"]]


def test_the_verb_of_saying_and_the_day_are_mended_too(people: People, asks: Asks) -> None:
    pair, ben = make_bridge_pair(people.desk, people.ada), asks(people.ben)
    address, text = f"{API}/statements/{pair.a_id}", pair.a.article.current.text

    mended = ben.send("patch", address, {"cue": "said", "said_on": "2026-02-27"}, if_match="*").json()
    (place,) = mended["anchors"]
    assert (text[place["cue_start"] : place["cue_end"]], mended["said_on"]) == ("said", "2026-02-27")

    plain = ben.send("patch", address, {"cue": "", "said_on": None}, if_match="*").json()
    assert (plain["anchors"][0]["cue_start"], plain["said_on"]) == (None, None)


def test_one_is_split_in_two_and_two_are_made_one(people: People, asks: Asks) -> None:
    pair, ben = make_bridge_pair(people.desk, people.ada), asks(people.ben)
    anchor = pair.a.anchors.get()
    at = pair.a.article.current.text.index("inspected", anchor.start)

    split = ben.send("post", f"{API}/statements/{pair.a_id}/split", {"at": at}, if_match="*").json()

    assert (split["content"], split["second"]["content"]) == ("The bridge was", "inspected in January")
    second = split["second"]
    body = {"other": second["id"], "other_version": second["version"]}
    one = ben.send("post", f"{API}/statements/{pair.a_id}/merge", body, if_match=f'"{split["version"]}.x"')
    assert one.json()["content"] == "The bridge was inspected in January"
    assert ben.see(f"{API}/statements/{second['id']}")["gone_at"] is not None


def test_speakers_are_merged_and_parted(people: People, asks: Asks) -> None:
    pair, ben = make_bridge_pair(people.desk, people.ada), asks(people.ben)
    varga, reyle = (f"{API}/speakers/{one.speaker_id}" for one in (pair.a, pair.b))

    named = ben.send("patch", varga, {"role": "Mayor"}, if_match="*").json()
    merged = ben.send("post", f"{varga}/merge", {"into": str(pair.b.speaker_id)}, if_match="*").json()

    assert (named["name"], named["role"]) == ("Ilse Varga", "Mayor")
    assert merged["merged_into"] == str(pair.b.speaker_id)
    assert len(ben.see(f"{API}/statements?speaker={pair.b.speaker_id}")["results"]) == 2
    assert ben.send("post", f"{varga}/part", if_match="*").json()["merged_into"] is None
    assert len(ben.see(f"{API}/statements?speaker={pair.a.speaker_id}")["results"]) == 1
    assert ben.see(reyle)["merged_into"] is None


def test_no_token_corrects(people: People, program: Programs) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    wire = program(people.lea, people.desk, *Scope)

    answer = wire.send("patch", f"{API}/statements/{pair.a_id}", {"act": "denial"}, if_match="*")

    assert (answer.status_code, answer.json()["code"]) == (403, "session_only")


def test_what_is_said_of_an_article_is_mended_and_the_rest_of_it_stays(people: People, asks: Asks) -> None:
    article, ben = make_bridge_pair(people.desk, people.ada).a.article, asks(people.ben)
    address = f"{API}/articles/{article.pk}"
    seen = ben.get(address)

    mended = ben.send("patch", address, {"byline": "By Ilse Varga", "language": "en"}, if_match=seen["ETag"])
    stale = ben.send("patch", address, {"title": "Mine"}, if_match=seen["ETag"])
    wrong = ben.send("patch", address, {"outlet": "Nobody's"}, if_match="*")

    assert [answer.status_code for answer in (mended, stale, wrong)] == [200, 412, 422]
    assert (mended.json()["byline"], mended.json()["title"]) == ("By Ilse Varga", article.title)
