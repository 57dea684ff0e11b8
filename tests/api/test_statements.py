from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from factcheck.corpus.models import Statement
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.finding import matching
from factcheck.ledger import fulltext
from tests.api.conftest import Asks
from tests.factories import NOW, PUBLISHED, make_article, make_bridge_pair, make_said
from tests.people import People

STATEMENTS, SPEAKERS = "/api/v1/statements", "/api/v1/speakers"


def test_statements_are_read_where_they_stand(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ada = asks(people.ada)

    shown = ada.see(f"{STATEMENTS}/{pair.a_id}")

    anchor, text = shown["anchors"][0], pair.a.article.current.text
    assert text[anchor["start"] : anchor["end"]] == shown["content"]
    assert shown["speaker"]["name"] == "Ilse Varga"
    assert len(ada.see(f"{STATEMENTS}?article={pair.a.article_id}&act=assertion&hedged=false")["results"]) == 2
    assert len(ada.see(f"{STATEMENTS}?speaker={pair.a.speaker_id}&desk=city")["results"]) == 1
    assert asks(people.cleo).see(STATEMENTS)["results"] == []


def test_speakers_are_those_of_articles_that_one_may_read(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    ben = asks(people.ben)
    assert {speaker["name"] for speaker in ben.see(SPEAKERS)["results"]} == {"Ilse Varga", "Tomas Reyle"}
    assert len(ben.see(f"{SPEAKERS}?name=ilse%20VARGA&kind=person&desk=city")["results"]) == 1
    assert ben.see(f"{SPEAKERS}/{pair.a.speaker_id}")["aliases"] == []

    article = pair.a.article
    restrict_article(article, [], article.version, people.lea, NOW)

    assert ben.see(SPEAKERS)["results"] == []
    assert ben.get(f"{SPEAKERS}/{pair.a.speaker_id}").status_code == 404


def test_an_articles_statements_leave_with_it(people: People, asks: Asks) -> None:
    article = make_bridge_pair(people.desk, people.ada).a.article
    make_article(people.desk, people.ada, "Other\n\nText.")
    ben = asks(people.ben)
    since = {name: ben.see(f"/api/v1/{name}")["as_of"] for name in ("articles", "statements", "conflicts")}

    restrict_article(article, [], article.version, people.lea, NOW)

    changes = {name: ben.see(f"/api/v1/{name}?updated_since={place}") for name, place in since.items()}
    assert {name: (len(found["results"]), len(found["gone"])) for name, found in changes.items()} == {
        "articles": (0, 1),
        "statements": (0, 2),
        "conflicts": (0, 1),
    }


def test_statements_are_found_by_words_speaker_date_and_topic(people: People, asks: Asks) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    other = make_article(
        people.desk, people.ada, "Harvest\n\nGrain was sown.", published_at=PUBLISHED + timedelta(days=1)
    )
    (grain,) = make_said(other, ("Mira Okel", "Grain was sown"))
    ben = asks(people.ben)

    def found(query: str) -> set[str]:
        return {row["id"] for row in ben.see(f"{STATEMENTS}?{query}")["results"]}

    a, b, sown = str(pair.a_id), str(pair.b_id), str(grain.pk)
    assert found("q=bridges%20inspection") == {a, b}
    assert found("q=varga%20inspected") == {a}
    assert found("q=bridge%20zebra") == found("q=%22%2A") == set()
    assert found("speaker_name=mira%20OKEL") == {sown}
    assert found("published_after=2026-03-02T00:00:00Z") == {sown}
    assert found("published_before=2026-03-02T00:00:00Z&act=assertion") == {a, b}
    assert found("topic=inspections") == {a, b}
    assert found("topic=grains") == {sown}
    assert found("topic=the") == set()
    assert found("in_unresolved_conflict=true") == {a, b}
    assert found("in_unresolved_conflict=false") == {sown}
    assert asks(people.cleo).see(f"{STATEMENTS}?q=bridge&topic=inspections")["results"] == []


def test_words_that_no_new_text_has_are_asked_of_the_index_first(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    def looked_for() -> tuple[bool, set[UUID]]:
        found = matching(Statement.objects.all(), "bridges inspection")
        return "OFFSET 0" in str(found.query), {row.pk for row in found.order_by("-seq")}

    both, is_postgres = {pair.a_id, pair.b_id}, connection.vendor == "postgresql"
    assert looked_for() == (is_postgres, both)
    monkeypatch.setattr(fulltext, "COMMON", 2)  # of the newest texts two have them: they are common
    assert looked_for() == (False, both)


def test_words_are_found_as_they_stand_now(people: People, asks: Asks) -> None:
    pair, ben = make_bridge_pair(people.desk, people.ada), asks(people.ben)
    ben.send("patch", f"{SPEAKERS}/{pair.a.speaker_id}", {"name": "Ilse Varga-Holm"}, if_match="*")
    ben.send("post", f"{SPEAKERS}/{pair.b.speaker_id}/merge", {"into": str(pair.a.speaker_id)}, if_match="*")
    at = pair.a.article.current.text.index("inspected")
    ben.send("post", f"{STATEMENTS}/{pair.a_id}/split", {"at": at}, if_match="*")

    assert len(ben.see(f"{STATEMENTS}?q=holm")["results"]) == 3
    assert len(ben.see(f"{STATEMENTS}?q=holm%20inspected")["results"]) == 2
    assert ben.see(f"{STATEMENTS}?q=reyle")["results"] == []
    ben.send("post", f"{SPEAKERS}/{pair.b.speaker_id}/part", if_match="*")
    assert len(ben.see(f"{STATEMENTS}?q=reyle")["results"]) == 1
    resolved = ben.send("post", f"/api/v1/conflicts/{pair.pk}/decide", {"decision": "conflict"}, if_match="*")
    assert resolved.status_code == 200
    assert ben.see(f"{STATEMENTS}?in_unresolved_conflict=true")["results"] == []
