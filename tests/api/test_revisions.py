"""An article's texts by API: handed in as they change, told apart; who watches; where a statement stands."""

from factcheck.corpus.models import Article, Statement
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.corpus.test_copying import COPIES, WIRE, add_at
from tests.factories import BRIDGE, make_article, make_said, run_open_jobs
from tests.people import People


def test_a_changed_text_is_the_next_revision_and_the_same_again_is_none(people: People, program: Programs) -> None:
    article = make_article(people.desk, people.ada)
    wire = program(people.lea, people.desk, Scope.INGEST)
    address = f"/api/v1/articles/{article.pk}/revisions"
    changed = {"text": BRIDGE.replace("on Sunday", "on Monday"), "byline": "By Ann Lee"}

    first, again = (wire.send("post", address, changed, idempotency_key=key) for key in ("a", "b"))

    assert (first.status_code, first.json()["number"], first.json()["byline"]) == (201, 2, "By Ann Lee")
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])


def test_a_diff_says_words_and_statements(people: People, asks: Asks) -> None:
    article = make_article(people.desk, people.ada)
    said, _ = make_said(article, ("Ilse Varga", "inspected in January"), ("Tomas Reyle", "closed the Orla bridge"))
    ben = asks(people.ben)
    address = f"/api/v1/articles/{article.pk}"
    ben.send("post", f"{address}/revisions", {"text": BRIDGE.replace("inspected in January,", "seen in March,")})

    diff = ben.see(f"{address}/revisions/diff")

    assert "".join(piece["text"] for piece in diff["pieces"] if piece["role"] != "new") == BRIDGE.strip()
    assert (diff["before"], diff["after"], diff["kept"], diff["lost"]) == (1, 2, 1, [str(said.pk)])
    assert ben.get(f"{address}/revisions/diff?after=9").status_code == 404
    assert ben.get(f"{address}/revisions/diff?after=x").status_code == 400


def test_watching_is_asked_for_by_people(people: People, asks: Asks) -> None:
    article = make_article(people.desk, people.ada, url="https://orla.example/a")
    address = f"/api/v1/articles/{article.pk}/watch"

    assert asks(people.ben).send("post", address).status_code == 200
    assert asks(people.ada).send("post", address).status_code == 403
    assert list(article.watchers.values_list("person", flat=True)) == [people.ben.pk]


def test_a_statement_has_a_place_at_every_outlet_that_carries_it(people: People, asks: Asks) -> None:
    first = add_at(people, "Agency", WIRE)
    copy = add_at(people, "Evening Star", COPIES["another headline"])
    run_open_jobs()
    statement = Statement.objects.filter(article=first).first()
    assert statement is not None

    found = asks(people.ben).see(f"/api/v1/statements/{statement.pk}/places")

    assert [(row["article"], row["is_copy"]) for row in found["places"]] == [
        (str(first.pk), False),
        (str(copy.pk), True),
    ]
    assert Article.objects.get(pk=copy.pk).copy_of == first
    assert asks(people.ben).see(f"/api/v1/articles/{copy.pk}")["copy_of"] == str(first.pk)
