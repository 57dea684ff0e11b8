"""How answers travel: compressed where that is harmless, to other sites' pages where they are named, counted always."""

import gzip
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from factcheck.newsroom.models import Scope
from factcheck.newsroom.tokens import NewToken, create_token
from tests.api.conftest import Asks, Caller, Programs
from tests.factories import make_article, make_published
from tests.people import People

ARTICLES, REVIEWS = "/api/v1/articles", "/api/v1/reviews"
GZIP = {"accept-encoding": "gzip"}
SITE = "https://app.example"


@pytest.mark.parametrize(
    "path", [REVIEWS, "/reviews/", "/feeds/claimreview.json", "/v1alpha1/claims:search?query=bridge"]
)
def test_what_everybody_may_read_is_compressed_with_an_etag_of_its_own(people: People, path: str) -> None:
    make_published(people)
    plain, small = Client().get(path), Client().get(path, headers=GZIP)

    assert plain.headers.get("Content-Encoding") is None
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.getvalue()) == plain.getvalue()
    assert "Accept-Encoding" in small.headers["Vary"]
    if "ETag" not in plain.headers:
        return
    assert small.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    for sent, known in ((GZIP, small), ({}, plain)):
        again = Client().get(path, headers={**sent, "if-none-match": known.headers["ETag"]})
        assert (again.status_code, again.headers["ETag"]) == (304, known.headers["ETag"])


def test_a_program_gets_its_answers_compressed_and_a_signed_in_browser_does_not(
    people: People, asks: Asks, program: Programs
) -> None:
    make_article(people.desk, people.ada)
    wire, ada = program(people.lea, people.desk, Scope.DESK), asks(people.ada)

    assert wire.get(ARTICLES, headers=GZIP).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in ada.get(ARTICLES, headers=GZIP).headers
    assert "Content-Encoding" not in ada.get("/account/", headers=GZIP).headers


def test_no_other_site_is_told_anything_unless_it_is_named(people: People, settings: Settings) -> None:
    asked = {"origin": SITE, "access-control-request-method": "PATCH"}
    before = Client().options(ARTICLES, headers=asked)
    assert (before.status_code, "Access-Control-Allow-Origin" in before.headers) == (401, False)
    settings.CORS_ORIGINS = frozenset({SITE})

    first, answer = Client().options(ARTICLES, headers=asked), Client().get(REVIEWS, headers={"origin": SITE})

    assert (first.status_code, first.content) == (204, b"")
    assert {"If-Match", "Range", "If-Range"} <= set(first.headers["Access-Control-Allow-Headers"].split(", "))
    for told in (first, answer, Client().get(ARTICLES, headers={"origin": SITE})):
        assert told.headers["Access-Control-Allow-Origin"] == SITE
        assert "Access-Control-Allow-Credentials" not in told.headers
        assert "Origin" in told.headers["Vary"]
    assert {"ETag", "Content-Range"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    for other in (SITE + ".evil", "null", "http://app.example"):
        assert "Access-Control-Allow-Origin" not in Client().get(REVIEWS, headers={"origin": other}).headers
    assert "Access-Control-Allow-Origin" not in Client().get("/sign-in/", headers={"origin": SITE}).headers


@pytest.mark.parametrize(
    "path", ["/v1alpha1/claims:search?query=bridge", "/feeds/feed.json", "/oembed?url=x", "/reviews/"]
)
def test_any_site_may_read_what_readers_see_whatever_its_client_sends_along(people: People, path: str) -> None:
    make_published(people)
    asked = {
        "origin": SITE,
        "access-control-request-method": "GET",
        "access-control-request-headers": "x-goog-api-client",
    }

    first, answer = Client().options(path, headers=asked), Client().get(path, headers={"origin": SITE})
    other = Client().options(path, headers={**asked, "access-control-request-method": "POST"})

    assert first.status_code == 204
    assert "*" in first.headers["Access-Control-Allow-Headers"].split(", ")
    assert other.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    for told in (first, answer):
        assert told.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in told.headers
    assert {"ETag", "RateLimit"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))


def test_every_answer_tells_how_much_may_still_be_asked(people: People, settings: Settings) -> None:
    settings.API_RATE = 2
    wrong = Caller(headers={"authorization": "Bearer fct_guess"})

    tries: list[Any] = [wrong.get(ARTICLES) for _ in range(3)]
    google = Client().get("/v1alpha1/claims:search?query=x")

    assert [answer.status_code for answer in tries] in ([401, 401, 429], [401, 401, 401])  # a minute may end between
    assert all("RateLimit" in answer.headers for answer in [*tries, google])
    assert ("Retry-After" in tries[2].headers) == (tries[2].status_code == 429)


def test_a_key_has_its_own_limit_and_tells_where_it_was_used(people: People) -> None:
    token, key = create_token(NewToken("wire", [Scope.DESK], rate=1), people.desk, people.lea, timezone.now())
    wire = Caller(headers={"authorization": f"Bearer {key}"})

    answers: list[Any] = [wire.get(ARTICLES) for _ in range(2)]

    assert [answer.status_code for answer in answers] in ([200, 429], [200, 200])  # a minute may end between
    assert answers[0].headers["RateLimit-Policy"] == '"person";q=1;w=60'
    token.refresh_from_db()
    assert token.last_used_from == "127.0.0.1"
