"""Logs say what happened to which request and job, and never a word of an article."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client
from django.urls import reverse

from config import logs
from factcheck.jobs import handlers
from factcheck.jobs.runner import run_job
from factcheck.ledger.jobs import WorkInHand
from factcheck.ledger.models import Job
from tests.factories import make_article
from tests.people import People

MARKER = "zyxmarkerwords"
WATCHED = ("", "factcheck", "factcheck.jobs.runner", "django_structlog")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, at the finest level, as a machine reads it."""
    stream = io.StringIO()
    dictionary: Any = logs.configuration("DEBUG", all_work=True)
    formatter = dictionary["formatters"]["structured"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[formatter["processors"][0], structlog.processors.JSONRenderer()],
            foreign_pre_chain=formatter["foreign_pre_chain"],
        )
    )
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in WATCHED}
    root.addHandler(handler)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def levels_of(configuration: dict[str, Any]) -> dict[str, str]:
    return {name: logger["level"] for name, logger in configuration["loggers"].items()}


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_no_word_of_an_article_is_logged_by_web_or_worker(
    people: People, client: Client, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(people.ada)
    client.raise_request_exception = False
    text = f"Headline {MARKER}\n\n“The {MARKER} was inspected,” Mayor Ilse {MARKER} said."
    form = {"text": text, "desk": str(people.desk.pk), "outlet": f"Post {MARKER}", "adds_outlet": "on"}
    for _ in range(2):
        client.post(reverse("workbench:article-add"), form)
    client.get(f"/?q={MARKER}")
    client.get("/conflicts/next/", headers={"X-Request-ID": MARKER + "\n"})
    article = make_article(people.desk, people.ada, text + " More.")

    def stumble(_: WorkInHand) -> None:
        raise KeyError(text)

    run_job(Job.objects.filter(subject_id=article.pk).get().pk)
    monkeypatch.setitem(handlers.HANDLERS, "pair", stumble)
    run_job(Job.objects.filter(subject_id=article.pk, kind="pair").get().pk)
    monkeypatch.setattr("factcheck.workbench.inbox.inbox_for", lambda *_: stumble(None))  # type: ignore[arg-type]  # it only raises
    assert client.get("/").status_code == 500

    said = written.getvalue()
    assert MARKER not in said
    assert "job stopped unexpectedly" in said
    assert "request_failed" in said


def test_a_jobs_lines_carry_its_id_and_where_it_stopped(
    people: People, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_: WorkInHand) -> None:
        raise KeyError(MARKER)

    monkeypatch.setitem(handlers.HANDLERS, "extract", stumble)
    make_article(people.desk, people.ada)
    job = Job.objects.get()
    run_job(job.pk)

    (line,) = [line for line in lines(written) if line["event"] == "job stopped unexpectedly"]
    assert (line["job_id"], line["kind"], line["attempt"]) == (str(job.pk), "extract", 1)
    assert line["exception"].startswith("KeyError < test_logs.py:")


def test_a_served_job_is_a_line_with_its_id_and_a_laptops_is_none(people: People, written: io.StringIO) -> None:
    make_article(people.desk, people.ada)
    job = Job.objects.get()
    run_job(job.pk)

    (line,) = [line for line in lines(written) if line["event"].startswith("job done in ")]
    assert (line["job_id"], line["kind"], line["attempt"], line["level"]) == (str(job.pk), "extract", 1, "info")
    served, laptop = (logs.configuration("INFO", all_work=all_work) for all_work in (True, False))
    assert levels_of(served)["factcheck.jobs.runner"] == "INFO"
    assert levels_of(laptop)["factcheck.jobs.runner"] == "WARNING"


ASKED = [("abc-123_X.y", True), ("a" * 65, False), ("two words", False), ("short", False), ("<script>1", False)]


@pytest.mark.parametrize(("given", "is_kept"), ASKED)
def test_a_request_id_is_kept_where_it_is_plain_and_always_answered(
    db: None, client: Client, written: io.StringIO, given: str, is_kept: bool
) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})

    assert (answer.headers["X-Request-ID"] == given) is is_kept
    (line,) = [line for line in lines(written) if line["event"] == "request_finished"]
    assert line["request_id"] == answer.headers["X-Request-ID"]


def test_a_signed_in_persons_lines_carry_their_id(people: People, client: Client, written: io.StringIO) -> None:
    client.force_login(people.ben)

    client.get("/")

    (line,) = [line for line in lines(written) if line["event"] == "request_finished"]
    assert (line["user_id"], line["request"]) == (str(people.ben.pk), "GET /")
