"""The Python client: tries again and does nothing twice, names what went wrong, and what its README says is true."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from factcheck_client import (
    Factcheck,
    InTheWay,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TookTooLong,
    TooManyRequests,
    Unavailable,
    Unfit,
    Unreachable,
)
from pytest_django.live_server_helper import LiveServer

from factcheck.claims.services.importing import import_reviews_at_once
from factcheck.corpus.models import Article
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Scope
from factcheck.publishing.services import withdraw_review
from tests.api.conftest import make_token
from tests.factories import make_published, run_open_jobs
from tests.people import People, make_people

README = (Path(__file__).parents[2] / "clients" / "python" / "README.md").read_text(encoding="utf-8")


class Told(BaseHTTPRequestHandler):
    """A server that gives the answers it was told, and keeps what it was asked."""

    answers: list[tuple[int, dict[str, str], Any]]
    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        status, headers, body = self.answers.pop(0)
        self.asked.append((self.path, self.headers.get("Idempotency-Key")))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    do_POST = do_GET  # noqa: N815 -- http.server's name

    def log_message(self, *args: object) -> None:
        """Keep silent."""


@contextmanager
def telling(*answers: tuple[int, dict[str, str], Any]) -> Iterator[tuple[Factcheck, type[Told], list[float]]]:
    told = type("OfThisTest", (Told,), {"answers": list(answers), "asked": []})
    waited: list[float] = []
    with HTTPServer(("127.0.0.1", 0), told) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield Factcheck(f"http://127.0.0.1:{server.server_port}", "key", sleep=waited.append), told, waited
        server.shutdown()


FOUND: tuple[int, dict[str, str], Any] = (200, {}, {"matches": [{"text": "It was.", "score": 0.9, "rating": "False"}]})


def test_it_waits_as_long_as_it_is_asked_to_and_sends_the_same_key() -> None:
    with telling((429, {"Retry-After": "7"}, {}), (503, {}, {}), FOUND) as (desk, told, waited):
        (match,) = desk.match("It was.")

    assert (match.rating, match.score) == ("False", 0.9)
    assert waited[0] == 7.0
    assert 1.0 <= waited[1] <= 2.0
    assert len(told.asked) == 3
    assert len({key for _, key in told.asked}) == 1
    assert told.asked[0][1]


ERRORS = {
    400: Unfit,
    401: NotSignedIn,
    403: NotAllowed,
    404: NotFound,
    409: InTheWay,
    422: Unfit,
    500: Unavailable,
}


@pytest.mark.parametrize("status", ERRORS)
def test_a_refusal_is_not_tried_again_and_keeps_its_words(status: int) -> None:
    problem = {"code": "c", "detail": "Why not.", "errors": [{"field": "text", "message": "Say something."}]}
    with telling((status, {}, problem)) as (desk, _, waited), pytest.raises(ERRORS[status]) as refused:
        desk.match("")

    assert (refused.value.status, refused.value.code, refused.value.detail) == (status, "c", "Why not.")
    assert refused.value.fields == {"text": "Say something."}
    assert waited == []


def test_it_gives_up_after_four_attempts_or_where_it_should_wait_too_long() -> None:
    with telling(*[(503, {"Retry-After": "1"}, {})] * 4) as (desk, _, waited), pytest.raises(Unavailable):
        desk.match("x")
    assert waited == [1.0] * 3

    with telling((429, {"Retry-After": "3600"}, {})) as (desk, _, waited), pytest.raises(TooManyRequests):
        desk.match("x")
    assert waited == []


def test_where_nobody_answers_it_says_so() -> None:
    waited: list[float] = []

    with pytest.raises(Unreachable, match="did not answer"):
        Factcheck("http://127.0.0.1:9", sleep=waited.append).get_review("x")
    assert len(waited) == 3


def test_a_token_follows_no_redirect() -> None:
    with telling((302, {"Location": "http://127.0.0.1:9/"}, {})) as (desk, _, _), pytest.raises(Exception, match="302"):
        desk.get_review("x")


# --- Against the real thing ---


@pytest.fixture
def served(transactional_db: None, live_server: LiveServer) -> tuple[People, Factcheck, str]:
    """People, a client with a token, and the token; the server's work is done while the client waits."""
    people = make_people()
    _, key = make_token(people.lea, people.desk, Scope.INGEST, Scope.DESK)
    return people, Factcheck(live_server.url, key, sleep=lambda _: run_open_jobs()), key


@pytest.mark.thorough
def test_what_the_readme_shows_works_in_python_and_with_curl(
    served: tuple[People, Factcheck, str], live_server: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    people, desk, key = served
    publication = make_published(people)
    Job.objects.all().delete()  # its article's, whose statements were given by hand
    brought = {"@type": "ClaimReview", "url": "https://checks.example/1", "reviewRating": {"alternateName": "False"}}
    brought |= {"claimReviewed": "The bridge over the Orla was inspected in January."}
    import_reviews_at_once("a.json", json.dumps(brought).encode(), people.desk, people.lea, now=timezone.now())
    run_open_jobs()

    def filled(code: str) -> str:
        code = code.replace("http://127.0.0.1:8000", live_server.url)
        return code.replace('"KEY"', f'"{key}"').replace("KEY", key).replace("REVIEW", str(publication.pk))

    names: dict[str, Any] = {}
    blocks = [code for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if is_there(code)]
    for code in blocks:
        exec(compile(filled(code), "README.md", "exec"), names)
        names["desk"] = desk  # does the server's work while it waits
    said = capsys.readouterr().out

    assert len(blocks) >= 4
    assert "The bridge was inspected in January" in said
    assert f"published or corrected {publication.pk}" in said
    assert "Ilse Varga" in said
    assert Article.objects.filter(title="Bridge reopened").exists()
    curls = [code for code in re.findall(r"```sh\n(curl.*?)```", README, re.DOTALL) if is_there(code)]
    assert len(curls) == len(blocks)
    if shutil.which("curl"):
        for code in curls:
            words = ["sh", "-c", filled(code).replace("curl ", "curl -sS --fail-with-body --max-time 20 ", 1)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            assert (code, done.returncode) == (code, 0), done.stdout + done.stderr
            assert json.loads(done.stdout)


def is_there(code: str) -> bool:
    """Whether this server has what an example asks."""
    from django.urls import NoReverseMatch, reverse

    if "match" not in code:
        return True
    try:
        return bool(reverse("api:match"))
    except NoReverseMatch:
        return False


@pytest.mark.thorough
def test_pages_changes_and_refusals_of_the_real_server(served: tuple[People, Factcheck, str]) -> None:
    people, desk, _ = served
    one, two = (make_published(people, month) for month in ("January", "February"))
    Job.objects.all().delete()

    first = list(desk.follow_reviews())
    withdraw_review(one, "In doubt.", one.version, people.lea, timezone.now())
    then = list(desk.follow_reviews(first[-1].cursor))

    assert {review.id for changes in first for review in changes.reviews} == {str(one.pk), str(two.pk)}
    assert [changes.gone for changes in then] == [[str(one.pk)]]
    assert [review.id for review in desk.search_reviews("February")] == [str(two.pk)]
    with pytest.raises(NotFound):
        desk.get_review(one.pk)
    text = "Bridge\n\nWords."
    job = desk.add_article(text, key="once")
    assert desk.add_article(text, key="once").id == job.id
    with pytest.raises(InTheWay) as refused:
        desk.add_article(text)
    assert refused.value.problem["article_id"] == job.article
    with pytest.raises(TookTooLong):
        desk.wait_for(job, seconds=0)
    with pytest.raises(Unfit) as unfit:
        desk.add_article(text, outlet="x" * 500)
    assert "outlet" in unfit.value.fields
