"""Eight reviewers take from one queue at once, on SQLite and on PostgreSQL: no pair goes to two of them."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import taking
from tests.faults.figures import report
from tests.faults.installation import ROOT, Installation
from tests.faults.served import Served
from tests.faults.servers import postgres, versions

REVIEWERS, PAIRS, SEED = 8, 40, 20261129
MAKE = f"""
from factcheck.newsroom.models import Desk, Role, User
from tests import factories
from tests.people import make_person
desk, ada = Desk.objects.get(slug="city"), User.objects.get(username="ada")
for number in range({REVIEWERS}):
    make_person(f"R{{number}}", desk, Role.REVIEWER)
for number in range({PAIRS}):
    factories.make_bridge_pair(desk, ada, month=f"month {{number}}")
"""

pytestmark = [pytest.mark.faults]


@contextmanager
def installed(folder: Path, database: str) -> Iterator[Installation]:
    """An installation with a full queue."""
    if database == "sqlite":
        installation = Installation(folder)
        installation.set_up()
        yield fill(installation)
    else:
        with postgres() as server:
            yield fill(Served.on(folder, server))


def fill(installation: Installation) -> Installation:
    made = installation.manage("shell", "-v0", stdin=MAKE)
    assert made.returncode == 0, made.stderr[-2000:]
    return installation


def chain_of(installation: Installation) -> list[str]:
    """What `verify_audit` complains of; the articles are made by hand, so nobody asks about their jobs."""
    done = installation.manage("verify_audit")
    assert done.returncode in (0, 1), done.stderr[-2000:]
    return done.stdout.splitlines() if done.returncode else []


def take_all(installation: Installation, way: str) -> tuple[list[str], list[float]]:
    """All reviewers at once; who got what another got, and the seconds of each taking."""
    command = [sys.executable, str(Path(taking.__file__)), way, str(REVIEWERS)]
    said = json.loads(subprocess.check_output(command, cwd=ROOT, env=installation.environment, text=True, timeout=600))
    times = Counter(pair for one in said for pair in one["got"])
    problems = [f"pair {pair} went to {count} people" for pair, count in times.items() if count > 1]
    problems += [f"{PAIRS - len(times)} pairs went to nobody"] if len(times) < PAIRS else []
    return problems, [second for one in said for second in one["took"]]


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_nobody_gets_the_pair_that_another_has(tmp_path: Path, database: str) -> None:
    with installed(tmp_path, database) as installation:
        problems, took = take_all(installation, "careful")
        problems += chain_of(installation)

    report(
        f"take the next, {database}",
        n=PAIRS,
        faults=0,
        violations=problems,
        seed=SEED,
        took=took,
        reviewers=REVIEWERS,
        versions=versions(),
    )
    assert problems == []


def test_the_control_that_looks_and_then_writes_gives_some_twice(tmp_path: Path) -> None:
    with installed(tmp_path, "postgres") as installation:
        problems, _ = take_all(installation, "careless")

    report("take the next, control", n=PAIRS, faults=0, violations=problems, seed=SEED, versions=versions())
    assert [problem for problem in problems if "people" in problem]
