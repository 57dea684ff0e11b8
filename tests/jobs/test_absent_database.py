"""What is answered while there is no database at all, to who comes with a session and to who comes without."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.with_redis import free_port

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent.parent
ASK = """
import json
from django.conf import settings
from django.test import Client
answers = {}
for who, cookie in (("known", "a" * 32), ("unknown", "")):
    client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for path in ("/healthz", "/readyz", "/", "/account/", "/nothing/", "/api/v1/claims", "/api/schema"):
        answer = client.get(path)
        answers[f"{who} {path}"] = [answer.status_code, answer.headers.get("Retry-After"), answer.content.decode()]
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each address says; nothing listens where PostgreSQL should."""
    own = {"FACTCHECK_DATA": str(tmp_path_factory.mktemp("data")), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    own |= {"DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/none", "REDIS_URL": ""}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", ASK],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("who", ["known", "unknown"])
def test_probes_ask_nobody_who_comes(answers: dict[str, Any], who: str) -> None:
    alive, ready = answers[f"{who} /healthz"], answers[f"{who} /readyz"]

    assert (alive[0], json.loads(alive[2])) == (200, {"status": "alive"})
    assert ready[0] == 503
    assert json.loads(ready[2])["reasons"] == ["the database cannot be reached"]


def test_pages_and_programs_hear_that_it_is_away_for_a_moment(answers: dict[str, Any]) -> None:
    pages = [answers[f"known {path}"] for path in ("/", "/nothing/")]
    program = answers["known /api/v1/claims"]

    assert [(status, again) for status, again, _ in pages] == [(503, "5")] * 2
    assert "Away for a moment" in pages[0][2]
    assert (program[0], program[1], json.loads(program[2])["code"]) == (503, "5", "unavailable")


def test_what_needs_no_database_is_answered_as_ever(answers: dict[str, Any]) -> None:
    statuses = {
        path: answers[f"unknown {path}"][0] for path in ("/account/", "/nothing/", "/api/v1/claims", "/api/schema")
    }

    assert statuses == {"/account/": 302, "/nothing/": 404, "/api/v1/claims": 401, "/api/schema": 200}
    assert answers["known /api/schema"][0] == 200
