"""Whatever stands in a parameter, a header, a field or a whole body of any operation: an answer, never a server error.

Made from the schema, so a new operation is asked as well. Each parameter gets a third of the words, the next parameter
the next third.
"""

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.api.conftest import Asks, Caller
from tests.api.test_rights import BODIES
from tests.factories import make_bridge_pair, make_claim, make_draft
from tests.people import People

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(900)]

WORDS = [
    *("", "\x00", "\ud800", "%00", "' OR 1=1 --", "../..", "<script>alert(1)</script>", "{{ 7*7 }}", "\u202e\u200b"),
    *("9" * 400, "-1", "9223372036854775808", "1e309", "NaN", "٣", "²", "1_000", "x" * 5000, "a\u0301" * 500),
    *("null", "true", "[]", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2026-13-45", "10000-01-01T00:00:00Z"),
    *("MTox", "MTo=", "MTo5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "00000000-0000-0000-0000-000000000000", "http://[", '"1"'),
    *('W/"1"', '"' * 9, ",,", "\\", "javascript:alert(1)", "http://a:99999", "https://" + "a" * 64 + ".example"),
]
VALUES: list[Any] = [None, True, 0, -1, 1.5, 10**30, [], {}, [[]], ["x"], [None], {"": ""}, [{}] * 50]
RAW = [
    *(
        b"",
        b" ",
        b"null",
        b"[]",
        b'"x"',
        b"1",
        b"NaN",
        b"[1e400]",
        b"[-9e999]",
        b"{",
        b"[",
        b'{"a"',
        b"'x'",
        b"\xff\xfe{\0}\0",
    ),
    *(
        b"\xef\xbb\xbf{}",
        b'{"text": "\xc0\x80"}',
        b'{"text": "\xed\xa0\x80"}',
        b'{"text": "\\ud800"}',
        b'{"text": "\\u0000"}',
    ),
    *(
        b'{"a": 1, "a": 2}',
        b"[" * 5000,
        b'{"a":' * 5000,
        b"[" * 60 + b"]" * 60,
        b"1" * 5000,
        b"[" + b"1," * 9999 + b"1]",
    ),
    *(
        b"{}x",
        b"{} {}",
        b"/* c */ {}",
        b"[1,]",
        b'{"a": .5}',
        b"[+1]",
        b"[01]",
        b"\x00",
        b'{"\\ud800": 1}',
        b'"\\uD83D\\uDE00"',
    ),
]
HEADERS = ("Authorization", "Content-Type", "Accept", "X-CSRFToken", "X-Request-ID", "X-Forwarded-For", "Referer")


def as_sent(words: str) -> str:
    """A text in an address, byte for byte."""
    return quote(words.encode("utf-8", "surrogatepass"), safe="")


def as_header(words: str) -> str:
    """A text in a header, as a server hands it on."""
    return words.encode("utf-8", "surrogatepass").decode("latin-1")


class Asker:
    """Sends requests of one operation, each as if it were the first, and keeps those that went wrong."""

    def __init__(self, client: Caller, method: str, path: str, body: Any) -> None:
        self.client, self.method, self.path, self.body = client, method, path, body
        self.count, self.wrong = 0, list[tuple[str, int]]()

    def send(
        self, what: str, *, path: str = "", body: Any = None, kind: str = "application/json", **headers: str
    ) -> None:
        """Send one and take back what it did."""
        raw = body if isinstance(body, bytes) else json.dumps(self.body if body is None else body).encode()
        named = {"if-match": "*"} | {name.replace("_", "-"): value for name, value in headers.items()}
        before = transaction.savepoint()
        answer = self.client.generic(self.method, path or self.path, raw, content_type=kind, headers=named)
        transaction.savepoint_rollback(before)
        transaction.savepoint_commit(before)  # else each lies within the one before, and PostgreSQL's locks run out
        self.count += 1
        if answer.status_code >= 500 or not answer.headers["Content-Type"].startswith("application/"):
            self.wrong.append((f"{self.method} {self.path} {what}", answer.status_code))


def operations() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    schema = Client().get("/api/schema").json()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


@pytest.fixture
def things(people: People) -> dict[str, str]:
    """Something of each noun."""
    pair = make_bridge_pair(people.desk, people.ada)
    claim = make_claim(pair, people.ben, people.ada, people.lea)
    draft, other = make_draft(claim, people.lea), make_bridge_pair(people.desk, people.ada, "Friday", "March")
    source = draft.evidence.get()
    found = {"articles": pair.a.article_id, "statements": pair.a_id, "speakers": pair.a.speaker_id, "jobs": claim.pk}
    found |= {
        "conflicts": other.pk,
        "claims": claim.pk,
        "verdicts": draft.pk,
        "evidence_id": source.pk,
        "evidence": source.pk,
    }
    return {name: str(pk) for name, pk in found.items()}


def asker(client: Caller, path: str, method: str, operation: Mapping[str, Any], things: Mapping[str, str]) -> Asker:
    noun, act = operation["operationId"].replace("_", ".", 1).split(".")
    name = f"{path.split('/')[3]}.{act}"
    body = {**BODIES.get(name, {}), **({"conflict": things["conflicts"]} if name == "claims.create" else {})}
    there = path.replace("{id}", things.get(path.split("/")[3], noun)).replace("{evidence_id}", things["evidence_id"])
    return Asker(client, method, there, body)


def test_hostile_addresses_and_headers_get_an_answer(
    people: People, asks: Asks, things: dict[str, str], settings: Any
) -> None:
    settings.API_RATE = 10**9
    lea, wrong, count = asks(people.lea), list[tuple[str, int]](), 0
    lea.raise_request_exception = False

    for number, (path, method, operation) in enumerate(operations()):
        one = asker(lea, path, method, operation, things)
        for turn, parameter in enumerate(operation.get("parameters", []), start=number):
            name, where = parameter["name"], parameter["in"]
            for words in WORDS[turn % 3 :: 3]:
                if where == "query":
                    one.send(name, path=f"{one.path}?{name}={as_sent(words)}")
                elif where == "path":
                    one.send(name, path=path.replace(f"{{{name}}}", as_sent(words) or "x"))
                else:
                    one.send(name, **{name.lower(): as_header(words)})
        for words, header in zip(WORDS[number % 3 :: 3], itertools.cycle(HEADERS), strict=False):
            options = {"kind": as_header(words)} if header == "Content-Type" else {header.lower(): as_header(words)}
            one.send(header, **options)
        wrong, count = [*wrong, *one.wrong], count + one.count

    print(
        json.dumps({"test": "hostile addresses", "database": connection.vendor, "n": count, "violations": len(wrong)})
    )
    assert wrong == []
    assert count > 1_500


def test_hostile_bodies_get_an_answer(people: People, asks: Asks, things: dict[str, str], settings: Any) -> None:
    settings.API_RATE = 10**9
    lea, wrong, count = asks(people.lea), list[tuple[str, int]](), 0
    lea.raise_request_exception = False

    for number, (path, method, operation) in enumerate(operations()):
        if method == "GET":
            continue
        one = asker(lea, path, method, operation, things)
        for raw in RAW:
            one.send(repr(raw[:20]), body=raw)
        for turn, name in enumerate((*one.body, "extra"), start=number):
            for value in (*WORDS[turn % 3 :: 3], *VALUES):
                one.send(f"{name}: {value!r}"[:40], body={**one.body, name: value})
            for raw in RAW[turn % 3 :: 3]:
                whole = json.dumps({**one.body, name: "@"}).encode().replace(b'"@"', raw)
                one.send(f"{name} raw {raw[:20]!r}", body=whole)
        wrong, count = [*wrong, *one.wrong], count + one.count

    print(json.dumps({"test": "hostile bodies", "database": connection.vendor, "n": count, "violations": len(wrong)}))
    assert wrong == []
    assert count > 1_000
