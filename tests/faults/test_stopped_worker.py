"""A worker stopped past its lease and continued: its late result is rejected, the job is done once by another."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.faults.installation import report, wait_until
from tests.faults.mishaps import differences
from tests.faults.served import Served, Squad
from tests.faults.servers import postgres
from tests.faults.texts import make_texts

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ROUNDS = 8 if LONG else 1
SEED = 20260305
PARTS = 60  # texts in one article, so that there is time to stop its reader
RUNNING = "SELECT id::text, token::text FROM ledger_job WHERE state = 'running'"
ENDED_AGAIN = """
SELECT verb, subject_id::text FROM ledger_auditentry WHERE verb IN ('analyze_article', 'pair_article')
GROUP BY 1, 2 HAVING count(*) > 1
"""
TAKEN_OVER = "SELECT state, attempts, token::text FROM ledger_job WHERE id = %s"

pytestmark = [pytest.mark.faults, pytest.mark.long]


def stop_at_work(installation: Served, worker: int, pick: random.Random) -> tuple[str, str]:
    """Stop a worker in the middle of a job; the job and the token under which it was held."""
    with installation.connect() as database:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if not database.execute(RUNNING).fetchall():
                time.sleep(0.02)
                continue
            time.sleep(pick.uniform(0, 1))
            os.killpg(worker, signal.SIGSTOP)
            held = database.execute(RUNNING).fetchall()
            time.sleep(0.3)
            if held and held == database.execute(RUNNING).fetchall():
                return str(held[0][0]), str(held[0][1])
            os.killpg(worker, signal.SIGCONT)
    raise TimeoutError("no job could be stopped in the middle")


def stop_and_continue(folder: Path, rounds: int, **extra: str) -> list[str]:
    """So many times: one worker is stopped at work, another does its job, the first goes on."""
    pick, texts = random.Random(SEED), []
    with postgres() as server:
        installation = Served.on(folder, server, **extra)
        squad = Squad(installation, 1, pick)
        problems = []
        try:
            squad.start()
            for number in range(rounds):
                texts.append("\n".join(make_texts(PARTS, SEED + number)).strip("\n") + "\n")
                installation.ingest([texts[-1]])
                stopped = squad.workers[0]
                job, token = stop_at_work(installation, stopped.pid, pick)
                squad.workers[0] = squad.one()
                drained = wait_until(installation.is_drained, 90)
                os.killpg(stopped.pid, signal.SIGCONT)
                time.sleep(8)
                problems += taken_over(installation, job, token) + ([] if drained else ["not drained"])
                stopped.send_signal(signal.SIGTERM)
                problems += [] if stopped.wait(40) == 0 else ["the stopped worker did not end well"]
            with installation.connect() as database:
                problems += [f"{verb} twice on {subject}" for verb, subject in database.execute(ENDED_AGAIN).fetchall()]
            return problems + differences(installation, texts)
        finally:
            squad.disband()


def taken_over(installation: Served, job: str, token: str) -> list[str]:
    """Whether the job is done under another token than the stopped worker's."""
    with installation.connect() as database:
        state, attempts, holder = database.execute(TAKEN_OVER, (job,)).fetchone() or ("gone", 0, token)
    if (state, attempts) == ("done", 2) and holder != token:
        return []
    return [f"the job is {state} after {attempts} attempts"]


def test_a_late_result_is_rejected(tmp_path: Path) -> None:
    problems = stop_and_continue(tmp_path, ROUNDS)

    report("stopped worker", n=ROUNDS, faults=ROUNDS, violations=problems, seed=SEED)
    assert problems == []


def test_the_control_without_tokens_writes_twice(tmp_path: Path) -> None:
    settings = {"settings": "tests.faults.settings_doubled", "FAULTS_DOUBLE": "unfenced"}
    problems = stop_and_continue(tmp_path, 1, **settings)

    report("stopped worker, control", n=1, faults=1, violations=problems, seed=SEED)
    assert problems, "the control must show violations, or the test above proves nothing"
