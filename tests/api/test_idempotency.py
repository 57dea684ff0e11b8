"""One key, one effect: whatever is sent together, in whatever order it arrives."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from factcheck.corpus.models import Article
from factcheck.ledger import idempotency
from factcheck.ledger.changes import record_change
from factcheck.ledger.idempotency import KEPT_FOR, purge_idempotency_keys
from factcheck.ledger.models import AuditEntry, IdempotencyKey
from factcheck.ledger.statements import Statement, inserting
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.factories import make_bridge_pair, make_claim
from tests.people import People, make_people

ARTICLES = "/api/v1/articles"
TOGETHER = 8


def together(ask: Callable[[], Any]) -> list[Any]:
    """Ask eight times at once."""
    answers: list[Any] = []
    start = threading.Barrier(TOGETHER)

    def one() -> None:
        start.wait()
        try:
            answers.append(ask())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's tests share one connection; see faults")
def test_eight_at_once_are_one(asks: Asks) -> None:
    people = make_people()
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    article = {"text": "New\n\nWords."}

    added = together(lambda: asks(people.ada).send("post", ARTICLES, article, idempotency_key="a"))
    worded = together(
        lambda: asks(people.ben).send(
            "patch", f"/api/v1/claims/{claim.pk}", {"text": "Words."}, if_match='"1"', idempotency_key="w"
        )
    )

    for answers, status in ((added, 201), (worded, 200)):
        assert {answer.status_code for answer in answers} == {status}
        assert len({answer.content for answer in answers}) == 1
        assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert Article.objects.filter(title="New").count() == 1
    assert AuditEntry.objects.filter(verb="reword_claim").count() == 1


def test_a_key_is_one_persons_for_one_address(people: People, asks: Asks) -> None:
    claims = [make_claim(make_bridge_pair(people.desk, people.ada, day), people.ben) for day in ("Friday", "Monday")]

    answers = [
        asks(person).send("post", f"/api/v1/claims/{claim.pk}/take", idempotency_key="k")
        for person in (people.ben, people.lea)
        for claim in claims
    ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert not [answer for answer in answers if "Idempotency-Replayed" in answer.headers]
    assert IdempotencyKey.objects.count() == 4


def test_what_is_refused_is_not_kept(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)

    refused = wire.send("post", ARTICLES, {"text": "A\n\nB.", "outlet": "Unknown"}, idempotency_key="k")
    mended = wire.send(
        "post", ARTICLES, {"text": "A\n\nB.", "outlet": "Unknown", "adds_outlet": True}, idempotency_key="k"
    )

    assert (refused.status_code, mended.status_code) == (422, 201)


def test_key_effect_and_answer_stand_or_fall_together(people: People, program: Programs, monkeypatch: Any) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    monkeypatch.setattr(idempotency, "inserting", _cut_off)
    wire.raise_request_exception = False

    answer = wire.send("post", ARTICLES, {"text": "A\n\nB."}, idempotency_key="k")
    monkeypatch.undo()

    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert not Article.objects.exists()
    assert wire.send("post", ARTICLES, {"text": "A\n\nB."}, idempotency_key="k").status_code == 201


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.skipif(connection.vendor == "sqlite", reason="only PostgreSQL cuts off a change that stands still")
def test_a_change_that_was_cut_off_is_asked_for_again(program: Programs, monkeypatch: Any) -> None:
    people = make_people()
    wire = program(people.lea, people.desk, Scope.INGEST)
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '100ms'")
    monkeypatch.setattr(idempotency, "inserting", _stand_still)

    cut_off = wire.send("post", ARTICLES, {"text": "A\n\nB."}, idempotency_key="k")
    monkeypatch.undo()
    connection.close()  # as a server does after such a request
    again = wire.send("post", ARTICLES, {"text": "A\n\nB."}, idempotency_key="k")

    assert (cut_off.status_code, cut_off.json()["code"], cut_off["Retry-After"]) == (503, "unavailable", "5")
    assert again.status_code == 201
    assert Article.objects.count() == 1


def test_keys_are_forgotten_after_two_days(people: People, program: Programs) -> None:
    program(people.lea, people.desk, Scope.INGEST).send("post", ARTICLES, {"text": "A\n\nB."}, idempotency_key="k")

    assert purge_idempotency_keys(timezone.now()) == 0
    assert purge_idempotency_keys(timezone.now() + 2 * KEPT_FOR) == 1


def test_a_change_without_a_key_keeps_nothing(people: People, asks: Asks) -> None:
    asks(people.ada).send("post", ARTICLES, {"text": "A\n\nB."})
    with record_change(actor=None, now=timezone.now()) as change:
        change.audit("nothing", people.desk, desk_id=people.desk.pk)

    assert not IdempotencyKey.objects.exists()


def _cut_off(*args: object, **options: object) -> None:
    raise RuntimeError("cut off before the answer was kept")


def _stand_still(rows: list[IdempotencyKey]) -> Statement:
    time.sleep(0.5)
    return inserting(rows)
