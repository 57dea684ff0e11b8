"""Articles on SQLite while the worker is killed: nothing lost, nothing doubled, nothing half-written."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import careless
from tests.faults.figures import report
from tests.faults.installation import ROOT, Installation, kill
from tests.faults.mishaps import Mishaps, backlog, differences
from tests.faults.squads import Squad, Watch
from tests.faults.texts import make_texts

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ARTICLES, KILLS = (1000, 60) if LONG else (150, 8)
CONTROLLED, CONTROL_KILLS = 150, 8
SEED = 20260301
LEFT = 24  # jobs that are left to do when the last kill comes

pytestmark = [pytest.mark.faults]


def test_nothing_is_lost_doubled_or_half_written(tmp_path: Path) -> None:
    """Kills are spread over the work; the last comes when a few jobs are left.

    All are done within 60 s after it, and after no kill does it take more than 30 s until a job is done.
    """
    texts, pick = make_texts(ARTICLES, SEED), random.Random(SEED)
    installation = Installation(tmp_path)
    installation.set_up()
    installation.ingest(texts)
    squad, jobs = Squad(installation, 1, pick), 2 * ARTICLES
    mishaps = Mishaps({"kill": squad.kill_one}, {"kill": KILLS}, pick)

    try:
        with Watch(installation) as watch:
            squad.start()
            mishaps.run(lambda: watch.done / (jobs - LEFT), last="kill")
            problems, drained_after = backlog(mishaps, watch)
        problems += differences(installation, texts) + mishaps.slow(watch)
        report(
            "killed worker, SQLite",
            n=ARTICLES,
            faults=KILLS,
            violations=problems,
            took=installation.seconds_each(),
            seed=SEED,
            seconds=round(mishaps.ended - mishaps.happened[0][1]),
            drained_after=round(drained_after, 1),
            resumed_within=round(mishaps.longest_wait(watch), 1),
        )
        assert problems == []
        assert squad.retire() == [0]
    finally:
        squad.disband()


def test_the_control_without_lease_and_keys_loses_or_doubles(tmp_path: Path) -> None:
    path = str(tmp_path / "careless.sqlite3")
    database = careless.connect(path)
    rows = [(number, text, "queued") for number, text in enumerate(make_texts(CONTROLLED, SEED))]
    database.executemany("INSERT INTO article VALUES (?, ?, ?)", rows)
    pick = random.Random(SEED)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(Path(careless.__file__)), path]

    for _ in range(CONTROL_KILLS):
        worker = subprocess.Popen(command, env=environment, start_new_session=True)
        time.sleep(pick.uniform(0.6, 1.6))
        kill(worker, whole_group=True)
    subprocess.run(command, env=environment, check=True, timeout=300)

    problems = careless.violations(path)
    report("killed worker, control", n=CONTROLLED, faults=CONTROL_KILLS, violations=problems, seed=SEED)
    assert problems, "the control must show violations, or the test above proves nothing"
