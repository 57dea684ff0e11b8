"""More rows ask no more queries; and what a write costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.factories import make_bridge_pair, make_claim, make_scale, make_submitted
from tests.people import People

LISTS = [
    *("articles", "articles?include=text", "articles?updated_since=0", "jobs", "statements", "speakers"),
    "statements?q=bridge&topic=bridge&in_unresolved_conflict=true",
    "comments",
    *("conflicts", "claims", "verdicts", "verdicts?updated_since=0", "evidence", "rating-scales"),
]


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/api/v1/{path}").status_code == 200
    return len(captured)


def more(people: People, day: str) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada, day), people.ben, people.ben, people.lea)
    make_submitted(claim, people.ben)


@pytest.mark.thorough
@pytest.mark.usefixtures("people")
def test_longer_lists_ask_no_more_queries(people: People, asks: Asks) -> None:
    lea = asks(people.lea)
    make_scale(people.desk)
    more(people, "Friday")
    queries_of(lea, "articles")  # the first request of a session also reads what sessions keep
    before = {path: queries_of(lea, path) for path in LISTS}

    for day in ("Monday", "Tuesday"):
        more(people, day)

    assert {path: queries_of(lea, path) for path in LISTS} == before
    assert max(before.values()) <= 14


@pytest.mark.usefixtures("people")
def test_reading_and_deciding_ask_few_queries(people: People, asks: Asks, program: Programs) -> None:
    pair, ben = make_bridge_pair(people.desk, people.ada), asks(people.ben)
    wire = program(people.lea, people.desk, Scope.DESK)
    queries_of(wire, "articles")  # the first request of a minute also notes the token's use
    seen = ben.get(f"/api/v1/conflicts/{pair.pk}")["ETag"]

    with CaptureQueriesContext(connection) as deciding:
        said = {"If_Match": seen, "Idempotency_Key": "k-1"}
        assert (
            ben.send("post", f"/api/v1/conflicts/{pair.pk}/decide", {"decision": "conflict"}, **said).status_code == 200
        )

    assert queries_of(wire, "articles?include=text") == 3  # the token, the head, the articles
    assert queries_of(wire, f"articles/{pair.a.article_id}") == 2
    assert len(deciding) <= (11 if connection.vendor == "postgresql" else 15)


def test_adding_an_article_asks_few_queries(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    sent = {"text": "Tunnel opens\n\nIt will open in May.", "outlet": "Orla Post", "adds_outlet": True}
    assert wire.send("post", "/api/v1/articles", sent).status_code == 201  # notes the token's use, and adds the outlet

    with CaptureQueriesContext(connection) as adding:
        said = {"text": f"Bridge closes\n\nIt will close in {'May, ' * 40}."}
        assert wire.send("post", "/api/v1/articles", sent | said, Idempotency_Key="k-1").status_code == 201

    assert len(adding) <= (8 if connection.vendor == "postgresql" else 14)  # with the transaction’s begin and end
