"""Clients publish the same claims at once, or die while they do: one live review and one message each."""

import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.faults import publishing
from tests.faults.figures import report
from tests.faults.installation import ROOT
from tests.faults.served import Served
from tests.faults.servers import postgres, versions

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
CLIENTS, CLAIMS, SEED = 8, 200 if LONG else 20, 20260305
AT_ONCE, KILLS = 3, 40 if LONG else 6
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

Told = TypeVar("Told")

pytestmark = [pytest.mark.faults]


def race(folder: Path, way: str) -> tuple[list[str], Counter[str], list[float]]:
    """All clients at once; what the checks complain of, what the clients were told, and the seconds of each try."""
    problems, said = publish_all(folder, way, run_clients)
    outcomes: Counter[str] = sum((Counter(one["outcomes"]) for one in said), Counter())
    return problems, outcomes, [took for one in said for took in one["took"]]


def publish_all(folder: Path, way: str, run: Callable[[Served, str], Told]) -> tuple[list[str], Told]:
    """Let clients publish every claim of a new newsroom; what the checks complain of, and what the clients said."""
    with postgres() as server:
        installation = Served.on(folder, server)
        made = installation.manage("shell", "-v0", stdin=MAKE)
        assert made.returncode == 0, made.stderr[-2000:]
        before = {*installation.violations()}  # statements given by hand were paired by hand
        if way == "careless":
            with installation.connect() as database:
                for statement in CARELESS:
                    database.execute(statement.encode())
        said = run(installation, way)
        counts = re.compile(r"\d+ violations\.")
        problems = [found for found in installation.violations() if found not in before and not counts.match(found)]
        live = installation.rows("SELECT claim_id FROM publishing_publication WHERE state = 'live'")
        problems += [f"{len(live)} live reviews of {CLAIMS} claims"] if len(live) != CLAIMS else []
        told = installation.rows("SELECT id FROM ledger_outboxmessage WHERE topic = 'review.published'")
        problems += [f"{len(told)} messages about {CLAIMS} claims"] if len(told) != CLAIMS else []
    return problems, said


def start_clients(installation: Served, way: str, many: int) -> list[subprocess.Popen[str]]:
    """Start so many that can be killed each by itself, wait until each is ready, and let them go together."""
    command = [sys.executable, str(Path(publishing.__file__)), way, "0"]
    pipe, environment = subprocess.PIPE, installation.environment
    clients = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) for _ in range(many)
    ]
    for client in clients:
        assert client.stdout is not None
        assert client.stdout.readline() == "ready\n"
    for client in clients:
        assert client.stdin is not None
        client.stdin.write("go\n")
        client.stdin.flush()
    return clients


def run_clients(installation: Served, way: str) -> list[dict[str, Any]]:
    """All of them, to their end."""
    command = [sys.executable, str(Path(publishing.__file__)), way, str(CLIENTS)]
    told = subprocess.check_output(command, cwd=ROOT, env=installation.environment, text=True, timeout=600)
    return list(json.loads(told))


def run_killed(installation: Served, way: str) -> int:
    """A few at a time, all killed whenever a further share of the claims is out, then one that ends; how many died."""
    pick, killed = random.Random(SEED), 0
    while killed < KILLS:
        clients, wanted = start_clients(installation, way, AT_ONCE), CLAIMS * killed // KILLS
        while published(installation) <= wanted and any(client.poll() is None for client in clients):
            time.sleep(pick.uniform(0.0, 0.02))
        for client in clients:
            killed += client.poll() is None
            client.kill()
            client.communicate()
        if published(installation) == CLAIMS:
            break
    last = start_clients(installation, way, 1)[0]
    last.communicate(timeout=600)
    return killed


def published(installation: Served) -> int:
    """How many claims are."""
    ((many,),) = installation.rows("SELECT count(*) FROM publishing_publication")
    return int(many)


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


@pytest.mark.long
def test_clients_killed_while_they_publish_leave_nothing_half_done(tmp_path: Path) -> None:
    problems, killed = publish_all(tmp_path, "by the service", run_killed)

    report("killed in publishing", n=CLAIMS, faults=killed, violations=problems, seed=SEED, versions=versions())
    assert problems == []
    assert killed >= KILLS


@pytest.mark.long
def test_the_control_that_tells_afterwards_tells_nobody_of_some(tmp_path: Path) -> None:
    problems, killed = publish_all(tmp_path, "late", run_killed)

    report(
        "killed in publishing, control", n=CLAIMS, faults=killed, violations=problems, seed=SEED, versions=versions()
    )
    assert problems, "the control must tell nobody of something, or the test above proves nothing"
