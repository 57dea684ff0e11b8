"""Eight clients publish the same claims at once: one live review each, one message each, whoever is first."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.faults import publishing
from tests.faults.figures import report
from tests.faults.installation import ROOT
from tests.faults.served import Served
from tests.faults.servers import postgres, versions

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
CLIENTS, CLAIMS, SEED = 8, 200 if LONG else 20, 20260305
MAKE = f"""
from factcheck.newsroom.models import Desk, User
from tests import factories
desk = Desk.objects.get(slug="city")
ada, ben, lea = (User.objects.get(username=name) for name in ("ada", "ben", "lea"))
for number in range({CLAIMS}):
    pair = factories.make_bridge_pair(desk, ada, month=f"month {{number}}")
    factories.make_approved(factories.make_claim(pair, lea, ada, lea), ada, ben)
"""
# What the database promises, taken away: the control shall find out that it is needed.
CARELESS = (
    "ALTER TABLE publishing_publication DROP CONSTRAINT publishing_publication_claim_id_key",
    "ALTER TABLE publishing_publication DROP CONSTRAINT publication_address_once",
    "DROP INDEX review_once_per_verdict",
)

pytestmark = [pytest.mark.faults]


def race(folder: Path, way: str) -> tuple[list[str], Counter[str], list[float]]:
    """All clients at once; what the checks complain of, what the clients were told, and the seconds of each try."""
    with postgres() as server:
        installation = Served.on(folder, server)
        made = installation.manage("shell", "-v0", stdin=MAKE)
        assert made.returncode == 0, made.stderr[-2000:]
        before = {*installation.violations()}  # statements given by hand were paired by hand
        if way == "careless":
            with installation.connect() as database:
                for statement in CARELESS:
                    database.execute(statement.encode())
        said = run_clients(installation, way)
        counts = re.compile(r"\d+ violations\.")
        problems = [found for found in installation.violations() if found not in before and not counts.match(found)]
        live = installation.rows("SELECT claim_id FROM publishing_publication WHERE state = 'live'")
        problems += [f"{len(live)} live reviews of {CLAIMS} claims"] if len(live) != CLAIMS else []
        told = installation.rows("SELECT id FROM ledger_outboxmessage WHERE topic = 'review.published'")
        problems += [f"{len(told)} messages about {CLAIMS} claims"] if len(told) != CLAIMS else []
    outcomes: Counter[str] = sum((Counter(one["outcomes"]) for one in said), Counter())
    return problems, outcomes, [took for one in said for took in one["took"]]


def run_clients(installation: Served, way: str) -> list[dict[str, Any]]:
    """Start all, wait until each is ready, and let them go together."""
    command = [sys.executable, str(Path(publishing.__file__)), way]
    pipe, environment = subprocess.PIPE, installation.environment
    clients = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) for _ in range(CLIENTS)
    ]
    for client in clients:
        assert client.stdout is not None
        assert client.stdout.readline() == "ready\n"
    for client in clients:
        assert client.stdin is not None
        client.stdin.write("go\n")
        client.stdin.flush()
    return [json.loads(client.communicate(timeout=600)[0]) for client in clients]


def test_eight_clients_make_one_live_review_of_each_claim(tmp_path: Path) -> None:
    problems, outcomes, took = race(tmp_path, "by the service")

    report(
        "publish raced",
        n=CLAIMS * CLIENTS,
        faults=0,
        violations=problems,
        took=took,
        seed=SEED,
        outcomes=dict(outcomes),
        versions=versions(),
    )
    assert problems == []
    assert outcomes == {"published": CLAIMS, "already_published": CLAIMS * (CLIENTS - 1)}


def test_the_control_that_looks_and_then_inserts_publishes_twice(tmp_path: Path) -> None:
    problems, outcomes, took = race(tmp_path, "careless")

    report(
        "publish raced, control",
        n=CLAIMS * CLIENTS,
        faults=0,
        violations=problems,
        took=took,
        seed=SEED,
        outcomes=dict(outcomes),
        versions=versions(),
    )
    assert problems, "the control must publish something twice, or the test above proves nothing"
