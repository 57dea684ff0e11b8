"""Whatever comes in an address, a field or a header: an answer, never a server error."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_bridge_pair
from tests.people import People
from tests.workbench.conftest import SignedIn

pytestmark = pytest.mark.thorough

HOSTILE = [
    "\x00",
    "%00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "' OR 1=1 --",
    "../../etc/passwd",
    "9" * 400,
    "-1",
    "1e309",
    "NaN",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "\u202e\u200b",
    "x" * 5000,
    "[]",
    "()",
]
PARAMETERS = {
    "admin:corpus_conflictpair_changelist": [
        "q",
        "p",
        "o",
        "e",
        "status__exact",
        "kind__exact",
        "all",
        "a__id",
        "unknown",
    ],
    "admin:corpus_article_changelist": ["q", "p", "outlet__id__exact", "access__exact"],
    "admin:corpus_speaker_changelist": ["q", "kind__exact"],
    "workbench:sign-in": ["next"],
    "workbench:inbox": ["anything"],
}
# A filter takes a value or does not: one of each sort. Free text gets them all.
CHOSEN = ["\x00", "9" * 400, "-1", "{{ 7*7 }}", "()"]
CASES = [(page, name) for page, names in PARAMETERS.items() for name in names]


@pytest.mark.parametrize(("page", "name"), CASES)
def test_a_hostile_parameter_gets_an_answer(people: People, signed_in: SignedIn, page: str, name: str) -> None:
    make_bridge_pair(people.desk, people.ada)
    lea = signed_in(people.lea)

    for value in HOSTILE if name == "q" else CHOSEN:
        answer = lea.get(reverse(page), {name: value})
        assert answer.status_code < 500, value
        assert b"Traceback" not in answer.content


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_sign_in_gets_an_answer(people: People, client: Client, value: str) -> None:
    assert client.post("/sign-in/", {"username": value, "password": value, "next": value}).status_code in (200, 302)


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_fields_get_an_answer(people: People, signed_in: SignedIn, value: str) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    lea = signed_in(people.lea)
    fields = (
        "desk",
        "text",
        "outlet",
        "adds_outlet",
        "published",
        "published_time",
        "url",
        "version",
        "decision",
        "kind",
        "side",
    )

    for name, argument in (
        ("article-add", []),
        ("conflict-decide", [pair.pk]),
        ("conflict-reopen", [pair.pk]),
        ("claim-open", [pair.pk]),
    ):
        answer = lea.post(reverse(f"workbench:{name}", args=argument), dict.fromkeys(fields, value))
        assert answer.status_code < 500
        assert b"Traceback" not in answer.content


@pytest.mark.parametrize(
    "path",
    [
        "/articles/not-an-id/",
        "/%00/",
        "/conflicts/../../",
        "/admin/corpus/article/x/change/",
        "/static/../settings.py",
        "/admin/%F0%9F%94%A5/",
    ],
)
def test_a_hostile_path_is_not_found(people: People, signed_in: SignedIn, path: str) -> None:
    assert signed_in(people.lea).get(path).status_code in (302, 404)


def test_hostile_cookies_and_headers_get_an_answer(people: People) -> None:
    for value in (value for value in HOSTILE if value.isascii()):
        client = Client(headers={"accept-language": value, "hx-current-url": value, "user-agent": value})
        client.cookies["factcheck-session"] = value.replace("\x00", "")
        assert client.get("/account/").status_code in (302, 400)
