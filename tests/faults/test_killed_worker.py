"""Articles on SQLite while the worker is killed: nothing lost, nothing doubled, nothing half-written."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck import engine
from tests.faults import careless
from tests.faults.installation import ROOT, Assassin, Installation, kill, report, wait_until
from tests.faults.texts import make_texts

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ARTICLES, KILLS = (1000, 60) if LONG else (150, 8)
SEED = 20260301

STORED = """
import json
from factcheck.corpus.models import Anchor, ConflictPair
anchors = Anchor.objects.values_list("revision__text", "start", "end")
inside = ConflictPair.objects.filter(a__article=__import__("django").db.models.F("b__article"))
print(json.dumps({"statements": sorted(map(list, anchors)), "pairs_inside": inside.count()}))
"""

pytestmark = [pytest.mark.faults]


def expected(texts: list[str]) -> tuple[list[list[object]], int]:
    """What the engine says of these texts when nobody disturbs it."""
    statements, pairs = [], 0
    for number, text in enumerate(texts):
        found = engine.extract(engine.Article(str(number), text.strip("\n"), "Orla Post", None)).statements
        statements += [[text.strip("\n"), row.content.start, row.content.end] for row in found]
        pairs += len(engine.pair(found))
    return sorted(statements), pairs


def test_nothing_is_lost_doubled_or_half_written(tmp_path: Path) -> None:
    texts = make_texts(ARTICLES, SEED)
    installation = Installation(tmp_path)
    installation.set_up()
    installation.ingest(texts)
    assassin = Assassin(installation, SEED)
    started = time.monotonic()

    assassin.run(KILLS, between=(1.5, 4.0))
    calm = time.monotonic()
    drained = wait_until(lambda: set(installation.states()) == {"done"}, 900 if LONG else 120)
    ended = time.monotonic()

    stored = dict(installation.ask(STORED))  # type: ignore[call-overload]  # JSON
    statements, pairs = expected(texts)
    problems = installation.violations() + ([] if drained else [f"not drained: {installation.states()}"])
    report(
        "killed worker, SQLite",
        n=ARTICLES,
        faults=KILLS,
        violations=problems,
        seed=SEED,
        seconds=round(ended - started, 1),
        drained_after_last_kill=round(ended - calm, 1),
        statements=len(statements),
    )
    assert problems == []
    assert stored["statements"] == statements
    assert stored["pairs_inside"] == pairs
    assert assassin.retire() == 0


def test_the_control_without_lease_and_keys_loses_or_doubles(tmp_path: Path) -> None:
    path = str(tmp_path / "careless.sqlite3")
    database = careless.connect(path)
    rows = [(number, text, "queued") for number, text in enumerate(make_texts(ARTICLES, SEED))]
    database.executemany("INSERT INTO article VALUES (?, ?, ?)", rows)
    pick = random.Random(SEED)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(Path(careless.__file__)), path]

    for _ in range(KILLS):
        worker = subprocess.Popen(command, env=environment, start_new_session=True)
        time.sleep(pick.uniform(0.6, 1.6))
        kill(worker, whole_group=True)
    subprocess.run(command, env=environment, check=True, timeout=300)

    problems = careless.violations(path)
    report("killed worker, control", n=ARTICLES, faults=KILLS, violations=problems, seed=SEED)
    assert problems, "the control must show violations, or the test above proves nothing"
