from factcheck.corpus.services.articles import restrict_article
from tests.api.conftest import Asks
from tests.factories import NOW, make_article, make_bridge_pair
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
