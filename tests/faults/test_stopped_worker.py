"""A worker stopped past its lease and continued: its late result is rejected, the job is done once by another."""

import itertools
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.figures import report
from tests.faults.installation import wait_until
from tests.faults.mishaps import differences
from tests.faults.served import Served
from tests.faults.servers import postgres, redis, versions
from tests.faults.squads import Squad
from tests.faults.texts import make_texts

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ROUNDS = 8 if LONG else 2  # the reading is stopped, then the pairing, in turn
SEED = 20260305
TRIES = 5  # texts for one stop: a quick worker may be done before it is stopped
PARTS = 300  # texts in one article: reading and comparing it take longer than half a second, when a step is told
RUNNING = "SELECT id::text, token::text FROM ledger_job WHERE state = 'running' AND kind = %s AND step <> 'starting'"
REPEATED = """
SELECT verb, subject_id FROM ledger_auditentry WHERE verb IN ('analyze_article', 'pair_article')
GROUP BY 1, 2 HAVING count(*) > 1
"""
TAKEN_OVER = "SELECT state, interruptions, token::text FROM ledger_job WHERE id = %s"
CHANGES = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
ONE_RUN = "ALTER TABLE corpus_analysisrun DROP CONSTRAINT run_once"
ENDINGS = ("its result is discarded", "job stopped unexpectedly")  # the second: the database ended its transaction

pytestmark = [pytest.mark.faults]


def stop_at_work(installation: Served, worker: int, kind: str) -> tuple[str, str] | None:
    """Stop a worker while it reads or compares, in no transaction; the job and the token under which it is held.

    None where all was done before that came to pass.
    """
    with installation.connect() as database:
        while not installation.is_drained():
            time.sleep(0.005)
            if not database.execute(RUNNING, (kind,)).fetchall():
                continue
            os.killpg(worker, signal.SIGSTOP)
            time.sleep(0.3)
            held, changes = database.execute(RUNNING, (kind,)).fetchall(), database.execute(CHANGES).fetchall()
            if held and changes == [(0,)]:
                return str(held[0][0]), str(held[0][1])
            os.killpg(worker, signal.SIGCONT)
    return None


def stop_at(installation: Served, worker: int, kind: str, texts: Iterator[str]) -> tuple[list[str], str, str]:
    """Add texts until the worker was stopped at one; the texts, the job and its token."""
    added = list[str]()
    for text in itertools.islice(texts, TRIES):
        added.append(text)
        installation.ingest([text])
        if held := stop_at_work(installation, worker, kind):
            return added, *held
    raise TimeoutError(f"no job {kind} could be stopped in the middle")


def stop_and_continue(installation: Served, rounds: int) -> tuple[list[str], list[float]]:
    """In each round one worker is stopped at work, another does its job, the first goes on.

    Gives what is wrong, and how many seconds each job was away.
    """
    squad, problems, away = Squad(installation, 1, random.Random(SEED)), list[str](), list[float]()
    texts, added = long_texts(), list[str]()
    try:
        squad.start()
        for number in range(rounds):
            stopped = squad.workers[0]
            more, job, token = stop_at(installation, stopped.pid, ("extract", "pair")[number % 2], texts)
            added += more
            since = time.monotonic()
            squad.workers[0] = squad.one()
            drained = wait_until(installation.is_drained, 120)
            away.append(time.monotonic() - since)
            before = rejections(installation), repetitions(installation)
            os.killpg(stopped.pid, signal.SIGCONT)
            wait_until(lambda was=before: (rejections(installation), repetitions(installation)) != was, 60)
            problems += [] if drained else [f"not drained: {installation.states()}"]
            problems += [] if rejections(installation) > before[0] else ["the late result was not rejected"]
            problems += taken_over(installation, job, token)
            stopped.send_signal(signal.SIGTERM)
            problems += [] if stopped.wait(40) == 0 else ["the stopped worker did not end well"]
        return problems + differences(installation, added), away
    finally:
        squad.disband()


def repetitions(installation: Served) -> int:
    """How often an article has been read or compared more than once."""
    return len(installation.rows(REPEATED))


def rejections(installation: Served) -> int:
    """How often a worker has said that its work came to nothing."""
    said = (installation.folder / "worker.log").read_text()
    return sum(said.count(ending) for ending in ENDINGS)


def taken_over(installation: Served, job: str, token: str) -> list[str]:
    """Whether the job is done under another token than the stopped worker's."""
    with installation.connect() as database:
        state, interruptions, holder = database.execute(TAKEN_OVER, (job,)).fetchone() or ("gone", 0, token)
    if (state, interruptions) == ("done", 1) and holder != token:
        return []
    return [f"the job is {state} after {interruptions} interruptions"]


def long_texts() -> Iterator[str]:
    """Articles that take a while to read, as many as are asked for."""
    for number in itertools.count():
        yield "\n".join(make_texts(PARTS, SEED + number)).strip("\n") + "\n"


def doubled(names: str) -> dict[str, str]:
    """Workers with these doubles."""
    return {"settings": "tests.faults.settings_doubled", "FAULTS_DOUBLE": names}


def test_a_late_result_is_rejected(tmp_path: Path) -> None:
    with postgres() as server, redis() as broker:
        installation = Served.on(tmp_path, server, REDIS_URL=broker.url, **doubled("hurried"))
        problems, away = stop_and_continue(installation, ROUNDS)

    report("stopped worker", n=ROUNDS, faults=ROUNDS, violations=problems, took=away, seed=SEED, versions=versions())
    assert problems == []


def test_the_control_without_tokens_writes_twice(tmp_path: Path) -> None:
    """Without tokens, and without the unique key that stands behind them."""
    with postgres() as server, redis() as broker:
        installation = Served.on(tmp_path, server, REDIS_URL=broker.url, **doubled("unfenced hurried"))
        with installation.connect() as database:
            database.execute(ONE_RUN)
        problems, away = stop_and_continue(installation, 2)

    report("stopped worker, control", n=2, faults=2, violations=problems, took=away, seed=SEED, versions=versions())
    assert [problem for problem in problems if problem.startswith("done twice")]
