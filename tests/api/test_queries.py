"""More rows ask no more queries; and what a write costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Asks
from tests.factories import make_bridge_pair, make_claim, make_scale, make_submitted
from tests.people import People

LISTS = [
    *("articles", "articles?include=text", "articles?updated_since=0", "jobs", "statements", "speakers"),
    *("conflicts", "claims", "verdicts", "verdicts?updated_since=0", "rating-scales"),
]


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/api/v1/{path}").status_code == 200
    return len(captured)


def more(people: People, day: str) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada, day), people.ben, people.ben, people.lea)
    make_submitted(claim, people.ben)


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
