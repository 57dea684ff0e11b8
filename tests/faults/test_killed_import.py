"""An import whose worker is killed again and again: no row lost, none twice, and its figures are true."""

import os
import random
import time
from pathlib import Path

import pytest

from tests.faults.figures import report
from tests.faults.installation import Installation, wait_until
from tests.faults.squads import Squad

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ROWS, KILLS = (20_000, 40) if LONG else (3_000, 6)
SEED = 20260311
PATIENCE = 240.0  # seconds without a further row
HAND_IN = """
import json
from django.utils import timezone
from factcheck.claims.services.importing import import_reviews_at_once
from factcheck.newsroom.models import Desk, User
rows = [
    {{"@type": "ClaimReview", "url": f"https://checks.example/{{number}}", "claimReviewed": f"Claim {{number}}.",
     "reviewRating": {{"alternateName": "False"}}}}
    for number in range({rows})
]
lea, desk = User.objects.get(username="lea"), Desk.objects.get(slug="city")
content = "\\n".join(map(json.dumps, rows)).encode()
import_reviews_at_once("reviews.jsonl", content, desk, lea, now=timezone.now())
print(0)
"""
BEHIND = "SELECT position, added, unchanged, state FROM claims_reviewimport"
STORED = "SELECT count(*), count(DISTINCT url), count(DISTINCT seq) FROM claims_importedreview"

pytestmark = [pytest.mark.faults, pytest.mark.long]


def import_while_killing(installation: Installation) -> list[str]:
    """Import, and kill the worker whenever a further share of the rows is behind; what is wrong afterwards."""
    installation.set_up()
    installation.ask(HAND_IN.format(rows=ROWS))
    squad, killed = Squad(installation, 1, random.Random(SEED)), 0
    at, since = -1, time.monotonic()
    try:
        squad.start()
        while at < ROWS and time.monotonic() - since < PATIENCE:
            time.sleep(0.02)
            behind = int(installation.rows(BEHIND)[0][0])
            if behind > at:
                at, since = behind, time.monotonic()
            if killed < KILLS and behind >= ROWS * (killed + 1) / (KILLS + 2):
                squad.kill_one()
                killed += 1
        ended = wait_until(lambda: installation.rows(BEHIND)[0][3] == "imported", PATIENCE)
    finally:
        squad.disband()
    return [*([] if killed == KILLS else [f"killed {killed} times only"]), *([] if ended else ["never ended"])]


def differences(installation: Installation) -> list[str]:
    """Rows lost or doubled, and figures that are not true."""
    ((stored, addresses, numbers),) = installation.rows(STORED)
    ((behind, added, unchanged, _),) = installation.rows(BEHIND)
    wanted = {"stored": stored, "addresses": addresses, "numbers": numbers, "behind": behind, "added": added}
    wrong = [f"{name}: {count} of {ROWS}" for name, count in wanted.items() if count != ROWS]
    return [*wrong, *([f"{unchanged} counted twice"] if unchanged else [])]


def test_an_import_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    installation = Installation(tmp_path)

    problems = [*import_while_killing(installation), *differences(installation), *installation.violations()]

    report("killed import, SQLite", n=ROWS, faults=KILLS, violations=problems, seed=SEED)
    assert problems == []


def test_the_control_that_stores_rows_by_themselves_loses_some(tmp_path: Path) -> None:
    double = {"FAULTS_DOUBLE": "unjoined"}
    installation = Installation(tmp_path, settings="tests.faults.settings_doubled", extra=double)

    import_while_killing(installation)

    problems = differences(installation)
    report("killed import, control", n=ROWS, faults=KILLS, violations=problems, seed=SEED)
    assert problems, "the control must show violations, or the test above proves nothing"
