"""Work that kills its process is given up after three times; a worker that is killed from outside is not its fault."""

import os
import random
import signal
from pathlib import Path

import pytest

from factcheck.ledger.models.job import MAX_ATTEMPTS
from tests.faults.figures import report
from tests.faults.installation import Installation, children_of, wait_until
from tests.faults.squads import Squad
from tests.faults.texts import make_texts

SEED = 20261124
JOBS = "SELECT state, attempts, interruptions, reason FROM ledger_job WHERE kind = 'extract'"

pytestmark = [pytest.mark.faults]


def work_on(folder: Path, *, kills_worker: int, pace: str) -> tuple[Installation, list[float]]:
    """One deadly article, and a worker that is started anew whenever it was killed; its seconds from asking to end."""
    extra = {"FAULTS_DOUBLE": f"deadly {pace}", "FAULTS_KILLS_WORKER": str(kills_worker)}
    installation = Installation(folder, "tests.faults.settings_doubled", extra)
    installation.set_up()
    installation.ingest(make_texts(1, SEED))
    squad = Squad(installation, 1, random.Random(SEED))
    squad.start()

    def is_over() -> bool:
        if squad.workers[0].poll() is not None:
            squad.workers[0] = squad.one()
        return set(installation.states()) <= {"done", "failed"}

    try:
        assert wait_until(is_over, 240), installation.states()
    finally:
        squad.disband()
    return installation, installation.seconds_each()


def test_work_that_kills_its_process_fails_at_the_third_time(tmp_path: Path) -> None:
    """Its worker lives on, and says which job it was: no lease has to run out."""
    installation, took = work_on(tmp_path, kills_worker=0, pace="brisk")

    report("deadly work", n=1, faults=MAX_ATTEMPTS, violations=installation.violations(), seed=SEED, took=took)
    ((state, attempts, interruptions, reason),) = installation.rows(JOBS)
    assert (state, attempts, interruptions) == ("failed", MAX_ATTEMPTS, 0)
    assert "was killed" in reason
    assert (tmp_path / "deaths").read_text() == "x" * MAX_ATTEMPTS
    assert installation.violations() == []


def test_work_whose_worker_is_killed_more_often_is_done_all_the_same(tmp_path: Path) -> None:
    kills = MAX_ATTEMPTS + 1
    installation, took = work_on(tmp_path, kills_worker=kills, pace="hurried")

    report("killed from outside", n=1, faults=kills, violations=installation.violations(), seed=SEED, took=took)
    ((state, attempts, interruptions, _),) = installation.rows(JOBS)
    assert (state, attempts, interruptions) == ("done", 1, kills)
    assert installation.violations() == []


def test_a_worker_whose_child_is_killed_at_birth_lives_on(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.set_up()
    installation.ingest(make_texts(1, SEED))
    squad = Squad(installation, 1, random.Random(SEED))
    try:
        squad.start()
        (worker,) = squad.workers
        assert wait_until(lambda: children_of(worker.pid), 60, 0.005)
        for child in children_of(worker.pid):
            os.kill(child, signal.SIGKILL)

        assert wait_until(installation.is_drained, 60), installation.states()
        assert squad.retire() == [0]
    finally:
        squad.disband()
