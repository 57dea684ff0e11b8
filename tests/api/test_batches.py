"""A batch is added a few articles at a time, and each of them is answered for."""

import time
from base64 import b64encode
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from factcheck.corpus.models import Article, Outlet
from factcheck.corpus.services.articles import LONGEST_TOGETHER, MOST_TOGETHER
from factcheck.ledger import idempotency
from factcheck.ledger.chain import verify_chain
from factcheck.ledger.models import AuditEntry, IdempotencyKey, Job
from factcheck.ledger.statements import inserting
from factcheck.newsroom.models import Scope
from tests.api.conftest import Caller, Programs
from tests.people import People

BATCH = "/api/v1/articles/batch"


def sent(number: int, **fields: Any) -> dict[str, Any]:
    return {"text": f"Headline {number}\n\nText of article {number}.", **fields}


@pytest.fixture
def wire(people: People, program: Programs) -> Caller:
    return program(people.lea, people.desk, Scope.INGEST)


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each outermost transaction took, in seconds; the tests' own lies outside."""
    took, begun = list[float](), list[float]()
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def opened(self: transaction.Atomic) -> None:
        enter(self)
        if self.durable:  # type: ignore[attr-defined]  # the stubs leave it out
            begun.append(time.monotonic())

    def closed(self: transaction.Atomic, *error: Any) -> None:
        leave(self, *error)
        if self.durable:  # type: ignore[attr-defined]  # the stubs leave it out
            took.append(time.monotonic() - begun.pop())

    monkeypatch.setattr(transaction.Atomic, "__enter__", opened)
    monkeypatch.setattr(transaction.Atomic, "__exit__", closed)
    return took


def test_a_batch_is_many_short_transactions(wire: Caller, changes: list[float]) -> None:
    articles = [sent(number, outlet="Orla Post", adds_outlet=True) for number in range(3 * MOST_TOGETHER)]
    changes.clear()

    answer = wire.send("post", BATCH, {"articles": articles}, idempotency_key="b")

    assert (answer.json()["accepted"], len(changes)) == (len(articles), 3)
    assert [row.title for row in Article.objects.order_by("created_seq")] == [f"Headline {n}" for n in range(24)]
    assert (Job.objects.count(), IdempotencyKey.objects.count(), Outlet.objects.count()) == (24, 24, 1)
    assert list(Job.objects.next_first().values_list("turn", flat=True)) == list(range(24))
    assert AuditEntry.objects.filter(verb="add_article").count() == 24
    assert verify_chain().problems == ()


def test_large_articles_are_not_added_together(wire: Caller, changes: list[float]) -> None:
    articles = [{"text": f"Headline {number}\n\n" + "word " * (LONGEST_TOGETHER // 8)} for number in range(4)]
    changes.clear()

    assert wire.send("post", BATCH, {"articles": articles}).json()["accepted"] == 4
    assert len(changes) == 4


def test_adding_more_at_once_asks_the_database_hardly_more(wire: Caller) -> None:
    wire.send("post", BATCH, {"articles": [sent(0)]})
    asked = []
    for few in ([1, 2], range(10, 10 + MOST_TOGETHER)):
        with CaptureQueriesContext(connection) as queries:
            wire.send("post", BATCH, {"articles": [sent(number) for number in few]})
        asked.append(len(queries))

    assert asked[1] - asked[0] <= MOST_TOGETHER  # each article's number of the change sequence


def test_one_that_is_refused_takes_no_neighbor_with_it(wire: Caller) -> None:
    wire.send("post", BATCH, {"articles": [sent(3)]})
    wrong = {
        2: sent(2, outlet="Nobody's Paper"),
        3: sent(3),
        5: sent(4),
        6: {"text": "  "},
        7: sent(7, url="ftp://a.b"),
    }

    answer = wire.send("post", BATCH, {"articles": [wrong.get(n, sent(n)) for n in range(8)]}, idempotency_key="b")

    codes = {row["index"]: row["problem"]["code"] for row in answer.json()["results"] if row["status"] == "refused"}
    assert codes == {
        2: "unknown_outlet",
        3: "article_already_here",
        5: "article_already_here",
        6: "unfit_article",
        7: "invalid_fields",
    }
    assert answer.json()["accepted"] == 3
    assert Article.objects.count() == 4


def test_a_batch_that_was_cut_off_goes_on(wire: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = {"articles": [sent(number) for number in range(20)]}
    groups = list[int]()

    def cut_off(rows: Any) -> Any:
        groups.append(len(rows))
        if len(groups) == 3:
            raise RuntimeError("killed in the third transaction")
        return inserting(rows)

    monkeypatch.setattr(idempotency, "inserting", cut_off)
    wire.raise_request_exception = False
    assert wire.send("post", BATCH, batch, idempotency_key="b").status_code == 500
    monkeypatch.undo()
    before = {str(pk) for pk in Article.objects.values_list("pk", flat=True)}

    again = wire.send("post", BATCH, batch, idempotency_key="b")

    ids = [row["article"] for row in again.json()["results"]]
    assert (len(before), groups) == (16, [8, 8, 4])
    assert set(ids[:16]) == before
    assert len(set(ids)) == Article.objects.count() == 20
    assert wire.send("post", BATCH, batch, idempotency_key="b").content == again.content


def test_an_article_that_changed_under_its_key_is_refused_alone(wire: Caller) -> None:
    batch = [sent(number) for number in range(4)]
    wire.send("post", BATCH, {"articles": batch}, idempotency_key="b")

    answer = wire.send("post", BATCH, {"articles": [*batch[:2], sent(99), sent(3), sent(4)]}, idempotency_key="b")

    rows = answer.json()["results"]
    assert [row["status"] for row in rows] == ["accepted", "accepted", "refused", "accepted", "accepted"]
    assert rows[2]["problem"]["code"] == "idempotency_key_reused"
    assert sorted(Article.objects.values_list("title", flat=True)) == [f"Headline {number}" for number in range(5)]


def test_a_batch_takes_addresses_and_files_and_answers_for_each(wire: Caller) -> None:
    file = {"name": "council.txt", "content": b64encode(b"Council sits\n\nThe council sat.").decode()}
    elsewhere = [{"url": "https://orla.example/a"}, file]
    items = [sent(1), *elsewhere, {"url": "ftp://orla.example/a"}, {**file, "content": "?"}]

    first = wire.send("post", BATCH, {"articles": items}, idempotency_key="b").json()
    again = wire.send("post", BATCH, {"articles": items}, idempotency_key="b").json()

    assert [row["status"] for row in first["results"]] == ["accepted", "accepted", "accepted", "refused", "refused"]
    assert ["job" in row for row in first["results"]] == [False, True, True, False, False]
    assert again == first
    assert Job.objects.filter(kind="fetch").count() == 2
