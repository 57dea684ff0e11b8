"""Whatever comes: an answer of ours, as JSON, never a server error; and what stays true of every answer."""

import gc
import itertools
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.generics import GenericAPIView
from rest_framework.serializers import ListSerializer

from factcheck.api.throttling import SharedCount
from factcheck.newsroom.models import AccessToken, Scope
from factcheck.newsroom.tokens import revoke_token
from tests.api.conftest import Asks, Caller, Programs, make_token
from tests.factories import NOW, make_article, make_bridge_pair, make_claim, make_published
from tests.people import People
from tests.with_redis import throwaway

ARTICLES, CLAIMS = "/api/v1/articles", "/api/v1/claims"
NOT_OURS = {
    "not JSON": b"{",
    "half": b'{"text": "',
    "not UTF-8": b'{"text": "\xff"}',
    "a NUL": b'{"text": "\\u0000"}',
    "half a pair": b'{"text": "\\ud800"}',
    "half a pair as a name": b'{"\\udfff": 1}',
    "NaN": b'{"text": NaN}',
    "infinite": b'{"text": -Infinity}',
    "too large a number": b'{"text": 1e999}',
    "many digits": b'{"text": ' + b"9" * 5_000 + b"}",
    "a name twice": b'{"text": "a", "text": "b"}',
    "deep": b'{"text": ' + b"[" * 65 + b"]" * 65 + b"}",
    "very deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000,
    "two bodies": b"{} {}",
    "a comment": b"{} // x",
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_two_readers_could_read_in_two_ways_is_refused(people: People, asks: Asks, name: str) -> None:
    answer = asks(people.ada).send("post", ARTICLES, NOT_OURS[name])

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_other_shapes_of_body_are_refused(people: People, asks: Asks) -> None:
    ada = asks(people.ada)

    for body in (b"[]", b"7", b'"x"', b"null", b"", b'{"text": {}}', b'{"text": ["a"]}', b'{"text": 7}'):
        answer = ada.send("post", ARTICLES, body)
        assert (body, answer.status_code, answer.json()["code"]) == (body, 400, "invalid_fields")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x", ""):
        answer = ada.generic("POST", ARTICLES, b"text=x", content_type=kind)
        assert (kind, answer.status_code) == (kind, 415)


def test_too_large_is_said_before_it_is_read(people: People, asks: Asks) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    large = {"text": "x" * (1024 * 1024)}

    assert asks(people.ben).send("patch", f"{CLAIMS}/{claim.pk}", large, if_match="*").json()["code"] == "too_large"
    answer = asks(people.ada).send("post", ARTICLES, {"text": "x " * (1024 * 1024 + 1)})
    assert (answer.status_code, answer.json()["code"]) == (422, "unfit_article")
    assert asks(people.ada).send("post", ARTICLES, {"text": "x" * 4 * 1024 * 1024}).status_code == 413


HEADERS: list[tuple[str, str, int]] = [
    ("if-match", "", 400),
    ("if-match", "1", 400),
    ("if-match", '"1', 400),
    ("if-match", '"9" "8"', 400),
    ("if-match", '"9", W/"1", "x"', 412),
    ("if-match", 'W/"1"', 412),
    ("if-match", '"9", "1.abc"', 200),
    ("if-match", "*", 200),
    ("if-match", '"' + "9" * 9_000 + '"', 412),
    ("idempotency-key", "", 400),
    ("idempotency-key", "a b", 400),
    ("idempotency-key", "x" * 129, 400),
    ("idempotency-key", "é", 400),
]


@pytest.mark.parametrize(("name", "value", "status"), HEADERS)
def test_headers_are_read_strictly(people: People, asks: Asks, name: str, value: str, status: int) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    headers = {"if-match": '"1"', name: value}

    answer = asks(people.ben).generic(
        "PATCH", f"{CLAIMS}/{claim.pk}", b'{"text": "Words."}', "application/json", headers=headers
    )

    assert answer.status_code == status


def test_what_one_has_already_is_not_sent_again(people: People, asks: Asks) -> None:
    article = make_article(people.desk, people.ada)
    ada = asks(people.ada)

    for path in (ARTICLES, f"{ARTICLES}/{article.pk}", f"{ARTICLES}/{article.pk}/revisions"):
        first = ada.get(path)
        again = ada.get(path, headers={"if-none-match": f'W/"x", {first.headers["ETag"]}'})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert "RateLimit" in again.headers
        assert ada.head(path).headers["ETag"] == first.headers["ETag"]
    make_article(people.desk, people.ada, "Other\n\nText.")
    assert ada.get(ARTICLES, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


LISTS = ("articles", "statements", "speakers", "conflicts", "claims", "verdicts", "comments", "reviews")


def test_who_polls_a_list_hears_of_its_own_changes_only(people: People, asks: Asks, program: Programs) -> None:
    make_published(people)
    wire = program(people.lea, people.desk, Scope.DESK)
    paths = [f"/api/v1/{noun}{query}" for noun in LISTS for query in ("", "?limit=1", "?updated_since=0")]
    had: dict[str, str] = {path: wire.get(path).headers["ETag"] for path in paths}
    make_article(people.other_desk, people.cleo)  # the change sequence goes on, elsewhere

    polled = {path: wire.get(path, headers={"if-none-match": tag}) for path, tag in had.items()}
    small = wire.get(ARTICLES, headers={"accept-encoding": "gzip"})
    again = wire.get(ARTICLES, headers={"accept-encoding": "gzip", "if-none-match": small.headers["ETag"]})

    assert {path: answer.status_code for path, answer in polled.items()} == dict.fromkeys(paths, 304)
    assert all(tag.startswith('W/"') for tag in had.values())  # pages that differ in `as_of` alone have it in common
    assert (again.status_code, again.headers["ETag"]) == (304, f'{had[ARTICLES][:-1]}-gzip"')


def test_who_polls_a_list_with_an_older_place_misses_nothing(people: People, asks: Asks) -> None:
    article, ada = make_article(people.desk, people.ada), asks(people.ada)
    seen = ada.get(ARTICLES)
    make_article(people.other_desk, people.cleo)
    assert ada.get(ARTICLES, headers={"if-none-match": seen.headers["ETag"]}).status_code == 304

    new = make_article(people.desk, people.ada, "Other\n\nText.")
    changed = ada.get(ARTICLES, headers={"if-none-match": seen.headers["ETag"]})

    assert changed.status_code == 200
    assert [row["id"] for row in changed.json()["results"]] == [str(new.pk), str(article.pk)]
    since = ada.see(f"{ARTICLES}?updated_since={seen.json()['as_of']}")
    assert ([row["id"] for row in since["results"]], since["gone"]) == ([str(new.pk)], [])


def test_lists_go_on_where_they_stopped_and_tell_what_changed(people: People, asks: Asks) -> None:
    ids = [str(make_article(people.desk, people.ada, f"Text {place}\n\nWords.").pk) for place in range(5)]
    ada = asks(people.ada)

    first = ada.see(f"{ARTICLES}?limit=2")
    second = ada.see(f"{ARTICLES}?limit=2&cursor={first['next']}")
    last = ada.see(f"{ARTICLES}?limit=2&cursor={second['next']}")
    assert [row["id"] for page in (first, second, last) for row in page["results"]] == ids[::-1]
    assert last["next"] is None

    new = str(make_article(people.desk, people.ada, "New\n\nWords.").pk)
    changes = ada.see(f"{ARTICLES}?updated_since={first['as_of']}")
    assert ([row["id"] for row in changes["results"]], changes["gone"]) == ([new], [])
    assert ada.see(f"{ARTICLES}?updated_since={changes['as_of']}")["results"] == []
    everything = ada.see(f"{ARTICLES}?updated_since=0&limit=4")
    rest = ada.see(f"{ARTICLES}?updated_since={everything['next']}")
    assert [row["id"] for page in (everything, rest) for row in page["results"]] == [*ids, new]
    filtered = ada.see(f"{ARTICLES}?updated_since=0&outlet=Nowhere")
    assert (filtered["results"], [row["id"] for row in filtered["gone"]]) == ([], [*ids, new])


def test_a_token_opens_as_far_as_its_scopes_and_its_life_reach(people: People, program: Programs) -> None:
    make_article(people.desk, people.ada)
    token, key = make_token(people.lea, people.desk, Scope.DESK)
    wire = Caller(headers={"authorization": f"Bearer {key}"})

    assert len(wire.see(ARTICLES)["results"]) == 1
    assert AccessToken.objects.get(pk=token.pk).last_used_at is not None
    assert wire.send("post", ARTICLES, {"text": "x"}).json()["code"] == "missing_scope"
    assert program(people.lea, people.desk, Scope.READ, Scope.EXPORT).get(ARTICLES).json()["code"] == "missing_scope"
    revoke_token(token, people.lea, NOW)
    assert wire.get(ARTICLES).json()["code"] == "authentication_failed"


def test_a_token_opens_one_desk(people: People, program: Programs) -> None:
    make_article(people.desk, people.ada)
    people.lea.memberships.create(desk=people.other_desk, role="lead")
    there = make_article(people.other_desk, people.cleo)
    people.lea.__dict__.pop("roles", None)

    found = program(people.lea, people.other_desk, Scope.DESK).see(ARTICLES)["results"]

    assert [row["id"] for row in found] == [str(there.pk)]


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer ", "Bearer x", "Bearer " + "x" * 9_000, "bearer fct_é", "Bearer \x7f"]
)
def test_a_wrong_token_opens_nothing(people: People, client: Client, value: str) -> None:
    answer = client.get(ARTICLES, headers={"authorization": value})

    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")


def test_other_ways_to_sign_in_are_none(people: People, client: Client) -> None:
    answer = client.get(ARTICLES, headers={"authorization": "Basic bGVhOmxlYQ=="})

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_an_expired_token_opens_nothing(people: People, client: Client) -> None:
    _, key = make_token(people.lea, people.desk, Scope.DESK, lasts=timedelta(microseconds=1))

    assert client.get(ARTICLES, headers={"authorization": f"Bearer {key}"}).status_code == 401


def test_how_much_one_may_ask_is_said_and_kept(people: People, asks: Asks, settings: Settings) -> None:
    settings.API_RATE = 2
    ada = asks(people.ada)

    answers = [ada.get(ARTICLES) for _ in range(3)]

    assert [answer.status_code for answer in answers] in ([200, 200, 429], [200, 200, 200])  # a minute may end between
    assert answers[0].headers["RateLimit-Policy"] == '"person";q=2;w=60'
    assert answers[0].headers["RateLimit"].startswith('"person";r=')
    if answers[2].status_code == 429:
        assert answers[2].json()["code"] == "throttled"
        assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert asks(people.ben).get(ARTICLES).status_code == 200


def test_all_processes_count_together_where_there_is_redis(people: People, asks: Asks, settings: Settings) -> None:
    settings.API_RATE, ada = 2, asks(people.ada)

    with throwaway() as redis:
        settings.REDIS_URL = redis.url
        counts = [SharedCount(redis.url).add("a minute's key") for _ in range(3)]  # each as a process of its own
        answers = [ada.get(ARTICLES) for _ in range(3)]
        redis.kill()
        without = [ada.get(ARTICLES).status_code for _ in range(3)]

    assert counts == [1, 2, 3]
    assert [answer.status_code for answer in answers] in ([200, 200, 429], [200, 200, 200])  # a minute may end between
    assert answers[0].headers["RateLimit"].startswith('"person";r=')
    assert without == [200, 200, 200]  # nobody is kept out because Redis is away


@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v1/", "/api/v1/articles/", "/api/v1/articles/x", "/api/x"])
def test_other_addresses_are_nothing_as_json(people: People, asks: Asks, path: str) -> None:
    for caller in (asks(people.ada), Client()):
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            answer = caller.generic(method, path)
            assert (method, answer.status_code, answer.headers["Content-Type"]) == (
                method,
                404,
                "application/problem+json",
            )


def test_what_never_reaches_a_view_is_answered_as_json(people: People, asks: Asks) -> None:
    ada = asks(people.ada)

    for answer in (ada.get(f"{ARTICLES}?cursor=%00"), ada.get(ARTICLES, headers={"host": "evil.example"})):
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        refused = ada.generic(method, ARTICLES)
        assert (method, refused.status_code, refused.headers["Allow"]) == (method, 405, "GET, HEAD, POST")


HOSTILE = ["\x00", "9" * 400, "1e309", "{{ 7*7 }}", "\u202e\u200b", "x" * 5000]
PARAMETERS = {
    "articles": ["limit", "cursor", "updated_since", "desk", "access", "archived", "outlet", "added_after", "include"],
    "jobs": ["cursor", "kind", "article"],
    "statements": ["act", "hedged"],
    "speakers": ["name"],
    "conflicts": ["article", "statement"],
    "claims": ["assigned_to"],
    "verdicts": ["state"],
}


@pytest.mark.thorough
def test_hostile_parameters_get_an_answer(people: People, asks: Asks) -> None:
    make_bridge_pair(people.desk, people.ada)
    lea = asks(people.lea)

    for noun, names in PARAMETERS.items():
        for name, value in itertools.product(names, HOSTILE):
            answer = lea.get(f"/api/v1/{noun}", {name: value})
            assert answer.status_code in (200, 400), (noun, name, value)
            assert answer.headers["Content-Type"] in ("application/json", "application/problem+json")


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "10000-01-01T00:00:00Z", "2026-02-30", "x"]
)
def test_a_moment_outside_of_the_calendar_is_refused(people: People, asks: Asks, moment: str) -> None:
    answer = asks(people.ada).get(ARTICLES, {"added_after": moment})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "added_after")


def test_articles_are_found_by_when_they_were_added(people: People, asks: Asks) -> None:
    make_article(people.desk, people.ada)
    earlier, later = "2026-03-02T13:59:00+02:00", "2026-03-02T12:01:00Z"  # it was added at noon, UTC

    found = {
        f"{name} {moment}": len(asks(people.ada).see(f"{ARTICLES}?{name}={moment.replace('+', '%2B')}")["results"])
        for name in ("added_after", "added_before")
        for moment in (earlier, later)
    }

    assert list(found.values()) == [1, 0, 0, 1]


def test_every_answer_carries_the_strict_headers(
    people: People, asks: Asks, client: Client, settings: Settings
) -> None:
    article, ada = make_article(people.desk, people.ada), asks(people.ada)
    answers = [
        *(ada.get(path) for path in (ARTICLES, f"{ARTICLES}/{article.pk}", "/api/docs", "/api/schema")),
        *(ada.get(path) for path in ("/api/v1/nothing", f"{ARTICLES}/{people.desk.pk}", f"{ARTICLES}?x=1")),
        *(ada.send("put", ARTICLES), ada.send("post", ARTICLES, b"{"), client.get(ARTICLES)),
        ada.get(ARTICLES, headers={"if-none-match": "*"}),
        ada.get(ARTICLES, headers={"host": "elsewhere.example"}),
    ]

    assert {answer.status_code for answer in answers} == {200, 304, 400, 401, 404, 405}
    for name, value in settings.EVERYWHERE_HEADERS.items():
        found = {tuple(sorted(part.strip() for part in answer.headers[name].split(";"))) for answer in answers}
        if name != "Cache-Control":  # an answer that may be kept by its asker says so
            assert found == {tuple(sorted(part.strip() for part in value.split(";")))}, name
    assert not [answer for answer in answers if "max-age" in answer.headers["Cache-Control"]]


def of_answers() -> list[object]:
    """The views that hold something, and the serializers that hold a page."""
    there = [(type(thing), thing) for thing in gc.get_objects()]
    views = [thing for kind, thing in there if issubclass(kind, GenericAPIView) and vars(thing)]
    return [
        *views,
        *(thing for kind, thing in there if issubclass(kind, ListSerializer) and thing.instance is not None),
    ]


@pytest.mark.thorough
def test_what_was_answered_is_let_go_at_once(people: People, asks: Asks) -> None:
    make_bridge_pair(people.desk, people.ada)
    lea = asks(people.lea)
    gc.collect()
    before = of_answers()
    gc.disable()  # the collector comes by when it likes, and would hide what waits for it

    try:
        answers = [lea.get(f"/api/v1/{path}") for path in ("articles?include=text", "conflicts", f"claims/{uuid4()}")]
        kept = [thing for thing in of_answers() if not any(thing is other for other in before)]
    finally:
        gc.enable()

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert kept == []
