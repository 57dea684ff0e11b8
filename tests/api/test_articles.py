from typing import Any
from uuid import uuid4

from django.test import Client

from factcheck.corpus.models import Article
from factcheck.corpus.services.articles import restrict_article
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.models import Membership, Role, Scope
from tests.api.conftest import Asks, Programs
from tests.corpus.test_catching_up import FRENCH
from tests.factories import BRIDGE, NOW, make_article, run_open_jobs
from tests.people import People

ARTICLES = "/api/v1/articles"
NEW = {"text": BRIDGE, "outlet": "Orla Post", "adds_outlet": True, "published_at": "2026-03-01T09:00:00Z"}


def test_a_program_adds_an_article_once(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)

    first = wire.send("post", ARTICLES, NEW, idempotency_key="k1")
    again = wire.send("post", ARTICLES, NEW, idempotency_key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.headers["Location"] == f"{ARTICLES}/{first.json()['id']}"
    assert Article.objects.count() == Job.objects.count() == 1
    assert AuditEntry.objects.filter(verb="add_article", actor=people.lea).count() == 1


def test_a_key_with_another_body_is_refused(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    wire.send("post", ARTICLES, NEW, idempotency_key="k1")

    answer = wire.send("post", ARTICLES, {**NEW, "text": "Another\n\nText."}, idempotency_key="k1")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Article.objects.count() == 1


def test_the_same_text_without_a_key_names_the_article_that_is_there(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    there = wire.send("post", ARTICLES, NEW).json()

    answer = wire.send("post", ARTICLES, NEW)

    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "article_already_here"
    assert answer.json()["article_id"] == there["id"]


def test_an_unknown_field_is_named(people: People, asks: Asks) -> None:
    answer = asks(people.ada).send("post", ARTICLES, {**NEW, "created_by": str(people.ben.pk), "version": 7})

    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"created_by", "version"}
    assert not Article.objects.exists()


def test_another_desk_cannot_be_named(people: People, asks: Asks) -> None:
    for slug in ("sports", "nothing"):
        answer = asks(people.ada).send("post", ARTICLES, {**NEW, "desk": slug})
        assert (answer.status_code, answer.json()["errors"][0]["message"]) == (400, "You add to no desk of this name.")


def test_an_article_is_read_with_its_text(people: People, asks: Asks) -> None:
    article = make_article(people.desk, people.ada)

    seen = asks(people.ben).see(f"{ARTICLES}/{article.pk}")

    assert seen["revision"]["text"] == article.current.text
    assert (seen["desk"], seen["outlet"], seen["version"]) == ("city", "Orla Post", 1)
    assert "revision" not in asks(people.ben).see(ARTICLES)["results"][0]
    assert asks(people.ben).see(f"{ARTICLES}?include=text")["results"][0]["revision"]["number"] == 1
    assert asks(people.ben).see(f"{ARTICLES}/{article.pk}/revisions")["results"][0]["text"] == article.current.text


def test_what_one_may_not_see_looks_like_nothing(people: People, asks: Asks) -> None:
    article = make_article(people.desk, people.ada)
    restrict_article(article, [], article.version, people.lea, NOW)

    for person in (people.cleo, people.ben):
        for path in ("", "/revisions"):
            theirs = asks(person).get(f"{ARTICLES}/{article.pk}{path}")
            unknown = asks(person).get(f"{ARTICLES}/{uuid4()}{path}")
            assert (theirs.status_code, theirs.content) == (404, unknown.content)
    assert asks(people.lea).see(f"{ARTICLES}/{article.pk}")["access"] == "restricted"


def test_nobody_gets_in_without_saying_who(people: People, client: Client) -> None:
    answer = client.get(ARTICLES)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="factcheck"'


def test_administration_reads_no_article(people: People, asks: Asks) -> None:
    answer = asks(people.amir).get(ARTICLES)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_batch_says_what_became_of_each(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    batch = {"articles": [NEW, {**NEW, "text": "Other\n\nText."}, NEW, {"text": ""}, 7, {**NEW, "extra": 1}]}

    first = wire.send("post", f"{ARTICLES}/batch", batch, idempotency_key="b")
    again = wire.send("post", f"{ARTICLES}/batch", batch, idempotency_key="b")

    results = first.json()["results"]
    assert [result["status"] for result in results] == ["accepted", "accepted", *["refused"] * 4]
    assert results[2]["problem"]["code"] == "article_already_here"
    assert results[4]["problem"]["errors"][0]["field"] == "body"
    assert results[5]["problem"]["errors"][0]["field"] == "extra"
    assert (first.json()["accepted"], first.json()["refused"]) == (2, 4)
    assert again.content == first.content
    assert Article.objects.count() == 2


def test_a_batch_has_at_most_a_thousand(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)

    wrong: list[Any] = [[], [{}] * 1001, "x", None]

    for articles in wrong:
        assert wire.send("post", f"{ARTICLES}/batch", {"articles": articles}).status_code == 400


def test_the_usual_list_is_the_list_that_a_filter_gives(people: People, asks: Asks, program: Programs) -> None:
    hidden = make_article(people.desk, people.ada)
    restrict_article(hidden, [], hidden.version, people.lea, NOW)
    for day in ("Monday", "Tuesday", "Thursday"):
        make_article(people.desk, people.ada, BRIDGE.replace("Friday", day) + day)
    make_article(people.other_desk, people.cleo)

    for caller in (asks(people.lea), program(people.lea, people.desk, Scope.DESK)):
        for more in ("", "&include=text"):
            first = caller.see(f"{ARTICLES}?limit=3{more}")
            second = caller.see(f"{ARTICLES}?limit=3{more}&cursor={first['next']}")
            filtered = caller.see(f"{ARTICLES}?desk={people.desk.slug}{more}")

            assert first["results"] + second["results"] == filtered["results"]
            assert (len(filtered["results"]), second["next"]) == (4, None)


def test_those_without_an_outlet_are_asked_for(people: People, asks: Asks) -> None:
    bare, other = make_article(people.desk, people.ada, outlet=""), make_article(people.desk, people.ada, FRENCH)
    ben = asks(people.ben)

    found = [[row["id"] for row in ben.see(f"{ARTICLES}?has_outlet={said}")["results"]] for said in ("false", "true")]

    assert found == [[str(bare.pk)], [str(other.pk)]]


def test_who_leads_one_desk_reads_no_restricted_article_of_another(people: People, asks: Asks) -> None:
    Membership.objects.create(user=people.lea, desk=people.other_desk, role=Role.REPORTER)
    open_there = make_article(people.other_desk, people.cleo)
    hidden_there = make_article(people.other_desk, people.cleo, BRIDGE + "Hidden.")
    restrict_article(hidden_there, [], hidden_there.version, people.cleo, NOW)
    own = make_article(people.desk, people.ada)

    found = {row["id"] for row in asks(people.lea).see(ARTICLES)["results"]}

    assert found == {str(open_there.pk), str(own.pk)}


def test_articles_are_found_by_headline_and_what_is_not_read_by_its_text(people: People, asks: Asks) -> None:
    bridge, french = make_article(people.desk, people.ada), make_article(people.desk, people.ada, FRENCH)
    run_open_jobs()
    ben = asks(people.ben)

    def found(query: str) -> list[str]:
        return [row["id"] for row in ben.see(f"{ARTICLES}?q={query}")["results"]]

    assert found(bridge.title.split()[0]) == [str(bridge.pk)]
    assert (found("enquête chantier"), found("enquête tram"), found("??")) == ([str(french.pk)], [], [])
