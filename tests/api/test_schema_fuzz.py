"""Requests made up from the schema, as each role: every answer is one that the schema promises, none an error of ours.

`FACTCHECK_FAULTS=long` asks ten times as much.
"""

import copy
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.conf import settings as ours
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from factcheck.newsroom.models import Scope
from tests.api.conftest import make_token
from tests.factories import make_bridge_pair, make_claim, make_scale, make_submitted
from tests.people import People

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]

CASES = 100 if os.environ.get("FACTCHECK_FAULTS") == "long" else 10
SEED = 20260302
ROLES = ("anonymous", "ada", "ben", "lea", "amir", "cleo", "token")
WANTED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def sent_by(people: People, role: str) -> dict[str, dict[str, str]]:
    """The headers and cookies of a role."""
    if role == "anonymous":
        return {"headers": {}, "cookies": {}}
    if role == "token":
        _, key = make_token(people.lea, people.desk, *Scope)
        return {"headers": {"Authorization": f"Bearer {key}"}, "cookies": {}}
    client, request = Client(), RequestFactory().get("/")
    client.force_login(getattr(people, role))
    token = get_token(request)
    session = client.cookies[ours.SESSION_COOKIE_NAME].value
    cookies = {ours.SESSION_COOKIE_NAME: session, ours.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"]}
    return {"headers": {"X-CSRFToken": token}, "cookies": cookies}


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


def ask(schema: Any, operation: Any, sent: Mapping[str, Any], known: Mapping[str, list[UUID]]) -> int:
    """Send made-up requests of one operation; give how many."""
    counted = 0
    ids = known.get(operation.path.split("/")[3], [])
    made = st.one_of(
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
    @given(case=made, known_id=st.sampled_from([*ids, None]), seen=st.sampled_from(["*", '"1"', None]))
    def one(case: Any, known_id: UUID | None, seen: str | None) -> None:
        nonlocal counted
        if known_id is not None and case.path_parameters:
            case.path_parameters["id"] = str(known_id)
        headers = {**sent["headers"], **({"If-Match": seen} if seen else {})}
        case.call_and_validate(headers=headers, cookies=dict(sent["cookies"]), checks=WANTED)
        counted += 1

    one()
    return counted


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_one_that_the_schema_promises(people: People, settings: Settings, role: str) -> None:
    settings.API_RATE = 1_000_000
    schema = schemathesis.openapi.from_wsgi("/api/schema", get_wsgi_application())
    sent, known = sent_by(people, role), things(people)

    asked = sum(ask(schema, operation, sent, known) for operation in operations(schema))

    line = {"test": "schema_fuzz", "role": role, "n": asked, "violations": 0, "seed": SEED}
    print(json.dumps({**line, "database": connection.vendor, "schemathesis": schemathesis.__version__}))
    assert asked >= 30 * min(CASES, 10) // 2


def test_control_an_undocumented_answer_is_seen(people: People) -> None:
    whole = json.loads(Client().get("/api/schema").content)
    poor = copy.deepcopy(whole)
    del poor["paths"]["/api/v1/claims"]["get"]["responses"]["401"]
    schema = schemathesis.openapi.from_dict(poor)
    schema.app = get_wsgi_application()
    operation = next(found for found in operations(schema) if (found.path, found.method) == ("/api/v1/claims", "get"))

    with pytest.raises(FailureGroup, match="Schemathesis found 1 distinct failure"):
        ask(schema, operation, sent_by(people, "anonymous"), {})
