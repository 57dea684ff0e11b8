"""A program asks where a typed statement stands elsewhere, and reads the answer from the job."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.corpus.models import Inquiry
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.factories import make_analyzed_article, run_open_jobs
from tests.people import People

COMPARE, JOBS = "/api/v1/statements/compare", "/api/v1/jobs"
SAID = {"text": "The bridge was not inspected in January.", "speaker": "Karl Holm", "said_on": "2026-03-01"}


def test_a_program_asks_and_reads_the_result_of_the_job(people: People, program: Programs) -> None:
    article = make_analyzed_article(people.desk, people.ada)
    wire = program(people.lea, people.desk, Scope.DESK)

    accepted = wire.send("post", COMPARE, SAID)
    waiting = wire.see(accepted.headers["Location"])
    run_open_jobs()
    job = wire.see(accepted.headers["Location"])

    assert accepted.status_code == 202
    assert accepted.json()["id"] == job["id"]
    assert (waiting["kind"], waiting["state"], waiting["result"], waiting["article"]) == (
        "compare",
        "queued",
        None,
        None,
    )
    assert job["state"] == "done"
    first = job["result"][0]
    assert first["kind"] in ("denial", "contradiction")
    assert first["score"] > 0
    assert "Karl Holm" in first["why"]
    assert first["statement"]["article"] == str(article.pk)
    assert {"id", "speaker", "content"} < set(first["statement"])
    assert {row["kind"] for row in job["result"][1:]} >= {None}


def test_asking_twice_with_a_key_asks_once(people: People, asks: Asks) -> None:
    ben = asks(people.ben)

    first = ben.send("post", COMPARE, SAID, idempotency_key="k")
    again = ben.send("post", COMPARE, SAID, idempotency_key="k")
    other = ben.send("post", COMPARE, {**SAID, "text": "Another."}, idempotency_key="k")

    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 422)
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Inquiry.objects.count() == 1


def test_what_one_asks_is_nobody_elses(people: People, asks: Asks, program: Programs) -> None:
    job = asks(people.ben).send("post", COMPARE, SAID).json()["id"]

    for caller in (asks(people.ada), asks(people.lea), asks(people.amir), asks(people.cleo)):
        assert caller.get(f"{JOBS}/{job}").status_code == 404
        assert job not in [row["id"] for row in caller.see(JOBS)["results"]]
    assert job in [row["id"] for row in asks(people.ben).see(JOBS)["results"]]
    assert asks(people.ben).send("post", f"{JOBS}/{job}/cancel").json()["state"] == "cancelled"


@pytest.mark.parametrize("scope", [Scope.READ, Scope.INGEST, Scope.EXPORT])
def test_only_the_desk_scope_opens_it(people: People, program: Programs, scope: Scope) -> None:
    answer = program(people.lea, people.desk, scope).send("post", COMPARE, SAID)

    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": " "}, 422, "unfit_inquiry"),
        ({"text": "x" * 3000}, 422, "unfit_inquiry"),
        ({}, 400, "invalid_fields"),
        ({"text": "Words.", "said_on": "1400-01-01"}, 422, "wrong_date"),
        ({"text": "Words.", "said_on": "soon"}, 400, "invalid_fields"),
        ({"text": "Words.", "desk": "sports"}, 400, "invalid_fields"),
        ({"text": "Words.", "speaker": "x" * 400}, 422, "unfit_inquiry"),
        ({"text": "Words.", "score": 1}, 400, "invalid_fields"),
    ],
)
def test_what_does_not_do_is_refused(people: People, asks: Asks, body: dict[str, Any], status: int, code: str) -> None:
    answer = asks(people.ben).send("post", COMPARE, body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Inquiry.objects.count() == 0


def test_more_results_ask_no_more_queries(people: People, asks: Asks) -> None:
    make_analyzed_article(people.desk, people.ada)
    ben = asks(people.ben)

    def queries() -> int:
        ben.send("post", COMPARE, SAID)
        run_open_jobs()
        with CaptureQueriesContext(connection) as asked:
            ben.see(JOBS)
        return len(asked)

    before = queries()

    assert queries() <= before
