"""Eight editors at the same claims: no acknowledged edit is lost, a stale one is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import editing
from tests.faults.figures import report
from tests.faults.installation import ROOT
from tests.faults.served import Served
from tests.faults.servers import postgres, versions

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
EDITORS, EDITS, CLAIMS, SEED = 8, 500 if LONG else 200, 10, 20260304
MAKE = f"""
from factcheck.newsroom.models import Desk, Role, User
from tests import factories
from tests.people import make_person
desk = Desk.objects.get(slug="city")
for number in range({EDITORS}):
    make_person(f"E{{number}}", desk, Role.REVIEWER)
ada, ben = User.objects.get(username="ada"), User.objects.get(username="ben")
from django.db.models import F
from factcheck.corpus.models import ConflictPair
for number in range({CLAIMS}):
    factories.make_article(desk, ada, factories.BRIDGE.replace("Sunday", f"day {{number}}"))
factories.run_open_jobs()
for pair in ConflictPair.objects.filter(a__article=F("b__article")).order_by("created_seq")[:{CLAIMS}]:
    factories.make_claim(pair, ben)
"""
LEFT = """
import json
from factcheck.claims.models import Claim
from factcheck.ledger.models import AuditEntry
print(json.dumps({str(c.pk): [c.text, c.version, AuditEntry.objects.filter(
    subject_id=c.pk, verb="reword_claim").count()] for c in Claim.objects.all()}))
"""

pytestmark = [pytest.mark.faults]


def edit_all(folder: Path, way: str) -> tuple[list[str], int, list[float]]:
    """All editors at work; what was lost or miscounted, how many were refused, and the seconds of each edit."""
    with postgres() as server:
        installation = Served.on(folder, server)
        made = installation.manage("shell", "-v0", stdin=MAKE)
        assert made.returncode == 0, made.stderr[-2000:]
        shares = [EDITS // EDITORS + (number < EDITS % EDITORS) for number in range(EDITORS)]
        command = [sys.executable, str(Path(editing.__file__)), way, *map(str, (SEED, *shares))]
        environment = installation.environment
        said = json.loads(subprocess.check_output(command, cwd=ROOT, env=environment, text=True, timeout=900))
        left = installation.ask(LEFT)
        assert isinstance(left, dict)
        words = [(claim, word) for one in said for claim, word in one["acknowledged"]]
        assert (len(words), len(left)) == (EDITS, CLAIMS)
        problems = [f"lost {word}" for claim, word in words if word not in left[claim][0].split()]
        for claim, (_, version, entries) in left.items():
            edits = sum(which == claim for which, _ in words)
            if way == "careful" and (version, entries) != (1 + edits, edits):
                problems.append(f"{edits} edits, version {version}, {entries} entries")
        took = [second for one in said for second in one["took"]]
        return problems + installation.violations(), sum(one["stale"] for one in said), took


def test_no_acknowledged_edit_is_lost_and_stale_ones_are_refused(tmp_path: Path) -> None:
    problems, stale, took = edit_all(tmp_path, "careful")

    report(
        "eight editors",
        n=EDITS,
        faults=0,
        violations=problems,
        seed=SEED,
        took=took,
        refused_as_stale=stale,
        versions=versions(),
    )
    assert problems == []
    assert stale


def test_the_control_that_saves_what_it_read_loses_some(tmp_path: Path) -> None:
    problems, _, _ = edit_all(tmp_path, "careless")

    report("eight editors, control", n=EDITS, faults=0, violations=problems, seed=SEED, versions=versions())
    assert [problem for problem in problems if problem.startswith("lost")]
