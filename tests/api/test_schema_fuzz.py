"""Requests made up from the schema, as each role: every answer is one that the schema promises, none an error of ours.

`FACTCHECK_FAULTS=long` asks ten times as much.
"""

import copy
import functools
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.conf import settings as ours
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core import NotSet
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from factcheck.newsroom.models import Scope
from tests.api.conftest import make_token
from tests.factories import make_bridge_pair, make_claim, make_scale, make_submitted
from tests.people import People

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]

CASES = 100 if os.environ.get("FACTCHECK_FAULTS") == "long" else 10
SEED = 20260302
Made = tuple[Any, int, str | None]
# How many of the operations a role gets done at least; an administrator follows work and reads nothing.
LEAST_DONE = {"anonymous": 0, "ada": 10, "ben": 10, "lea": 10, "amir": 1, "cleo": 8, "token": 10}
WANTED = [
    *(not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance),
    *(response_headers_conformance, unsupported_method, ignored_auth),
]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application answers within the test's transaction, as Django's own client lets it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def sent_by(people: People, role: str) -> dict[str, str]:
    """The headers of a role."""
    if role == "anonymous":
        return {}
    if role == "token":
        _, key = make_token(people.lea, people.desk, *Scope)
        return {"Authorization": f"Bearer {key}"}
    client, request = Client(), RequestFactory().get("/")
    client.force_login(getattr(people, role))
    token = get_token(request)
    session = client.cookies[ours.SESSION_COOKIE_NAME].value
    # As a header beside the cookies themselves: by that the check of authentication knows that they are not made up.
    cookies = f"{ours.SESSION_COOKIE_NAME}={session}; {ours.CSRF_COOKIE_NAME}={request.META['CSRF_COOKIE']}"
    return {"X-CSRFToken": token, "Cookie": cookies}


def things(people: People) -> dict[str, list[UUID]]:
    """One of everything, by noun."""
    make_scale(people.desk)
    pair = make_bridge_pair(people.desk, people.ada)
    claim = make_claim(pair, people.ben, people.ada, people.lea)
    verdict = make_submitted(claim, people.ada)
    fresh = make_bridge_pair(people.desk, people.ada, "Friday", "March")
    job = fresh.a.article_id
    return {
        "articles": [pair.a.article_id, job],
        "statements": [pair.a_id],
        "speakers": [pair.a.speaker_id],
        "conflicts": [pair.pk, fresh.pk],
        "claims": [claim.pk],
        "verdicts": [verdict.pk],
    }


def operations(schema: Any) -> Iterator[Any]:
    for found in schema.get_all_operations():
        yield found.ok()


@functools.cache
def promised() -> list[tuple[Any, list[Made]]]:
    """The operations of the schema, each with what is asked of it: made up once, and sent as every role."""
    schema = schemathesis.openapi.from_wsgi("/api/schema", get_wsgi_application())
    return [(operation, make_up(operation)) for operation in operations(schema)]


def make_up(operation: Any) -> list[Made]:
    """Requests of an operation, good ones and bad ones; each with which known thing it is about, and what it saw."""
    made = list[Made]()
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @seed(SEED)
    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, which=st.integers(0, 5), seen=st.sampled_from(["*", '"1"', None]))
    def keep(case: Any, which: int, seen: str | None) -> None:
        made.append((case, which, seen))

    keep()
    return made


def twin_of(case: Any) -> Any:
    """The same request, to be changed without a trace."""
    parts = ("path_parameters", "headers", "cookies", "query", "multipart_content_types", "meta")
    copied = {name: copy.deepcopy(getattr(case, name)) for name in parts}
    body = case.body if isinstance(case.body, NotSet) else copy.deepcopy(case.body)
    return Case(case.operation, case.method, case.path, body=body, media_type=case.media_type, **copied)


def ask(made: list[Made], sent: Mapping[str, str], known: Sequence[UUID | None]) -> list[int]:
    """Send the requests of one operation; give the statuses of the answers."""
    statuses = list[int]()
    cookies = {name: morsel.value for name, morsel in SimpleCookie(sent.get("Cookie", "")).items()}
    for kept, which, seen in made:
        case = twin_of(kept)
        if (known_id := known[which % len(known)]) is not None and case.path_parameters:
            case.path_parameters["id"] = str(known_id)
        if "Cookie" in sent:  # another scheme beside a good session is let pass: a proxy may ask for one of its own
            case.headers.pop("Authorization", None)
        # Its way to the application unpacks nothing; how answers are compressed: test_transport.py.
        headers = {**sent, "Accept-Encoding": "identity", **({"If-Match": seen} if seen else {})}
        statuses.append(case.call_and_validate(headers=headers, cookies=cookies, checks=WANTED).status_code)
    return statuses


@pytest.mark.parametrize("role", LEAST_DONE)
def test_every_answer_is_one_that_the_schema_promises(people: People, settings: Settings, role: str) -> None:
    settings.API_RATE = 1_000_000
    sent, known = sent_by(people, role), things(people)

    found = [ask(made, sent, [*known.get(operation.path.split("/")[3], []), None]) for operation, made in promised()]

    asked, done = sum(map(len, found)), sum(any(status < 300 for status in statuses) for statuses in found)
    line = {"test": "schema_fuzz", "role": role, "n": asked, "operations": len(found), "done": done, "violations": 0}
    print(json.dumps({**line, "seed": SEED, "database": connection.vendor, "schemathesis": schemathesis.__version__}))
    assert asked >= 30 * min(CASES, 10) // 2
    assert done >= LEAST_DONE[role]  # else all were refused at the door, and nothing was looked at


def test_control_an_undocumented_answer_is_seen(people: People) -> None:
    whole = json.loads(Client().get("/api/schema").content)
    poor = copy.deepcopy(whole)
    del poor["paths"]["/api/v1/claims"]["get"]["responses"]["401"]
    schema = schemathesis.openapi.from_dict(poor)
    schema.app = get_wsgi_application()
    operation = next(found for found in operations(schema) if (found.path, found.method) == ("/api/v1/claims", "get"))

    with pytest.raises(FailureGroup, match="Schemathesis found 1 distinct failure"):
        ask(make_up(operation), sent_by(people, "anonymous"), [None])
