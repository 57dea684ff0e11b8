"""Four workers on PostgreSQL and Redis, all of them killed in turn: nothing lost, doubled or half-written."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.faults import careless_served
from tests.faults.installation import ROOT, kill, report
from tests.faults.mishaps import Mishaps, differences, seconds_each
from tests.faults.served import Aside, Served, Squad, Watch, share
from tests.faults.servers import Redis, postgres, redis
from tests.faults.texts import make_texts
from tests.faults.visitors import Adding, Deciding

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ARTICLES, WORKERS = (2000, 4) if LONG else (150, 4)
FAULTS = (
    {"kill": 80, "flush": 3, "redis kill": 3, "redis down": 1, "restart": 5}
    if LONG
    else {"kill": 8, "flush": 1, "redis kill": 1, "redis down": 1, "restart": 1}
)
CONTROLLED = 300
DOWN = 30.0 if LONG else 6.0
SEED = 20260302
STALL = 10.0  # seconds that nobody waits for a page, whatever happens to Redis

pytestmark = [pytest.mark.faults]


def take_down(server: Redis, seconds: float) -> None:
    """No Redis for a while."""
    server.kill()
    time.sleep(seconds)
    server.start()


def stalls(ada: Adding, ben: Deciding) -> list[str]:
    """Answers that came, but late."""
    return [f"a page took {took:.1f} s" for took in ada.told.took() + ben.told.took() if took > STALL]


def test_nothing_is_lost_while_workers_redis_and_the_database_die(tmp_path: Path) -> None:
    texts, pick = make_texts(ARTICLES, SEED), random.Random(SEED)
    with postgres() as database, redis() as broker:
        installation = Served.on(tmp_path, database, REDIS_URL=broker.url)
        squad = Squad(installation, WORKERS, pick)
        ways = {
            "kill": squad.kill_one,
            "restart": database.restart,
            "flush": broker.flush,
            "redis kill": lambda: take_down(broker, 0),
            "redis down": lambda: take_down(broker, DOWN),
        }
        mishaps = Mishaps(ways, FAULTS, pick)
        try:
            with installation.web() as base, Watch(installation) as watch:
                ada, ben = Adding(base, "ada"), Deciding(base, "ben")
                squad.start()
                adds = Aside(lambda over: ada.add_all(texts, over, 0.1))
                decides = Aside(lambda over: ben.decide_all(over, 0.3))
                mishaps.run(between=(1.0, 3.5))
                adds.finish(1800 if LONG else 180)
                calm = time.monotonic()
                drained = watch.drains(patience=60)
                ended = time.monotonic()
                decides.over.set()
                decides.finish(60)
            excused = mishaps.times("restart")
            slow, longest = mishaps.slow_to_resume(watch, *FAULTS)
            problems = differences(installation, texts, ben) + slow + stalls(ada, ben)
            problems += [] if drained else [f"not drained: {installation.states()}"]
            problems += ada.told.errors_outside(excused) + ben.told.errors_outside(excused)
            took, answers = seconds_each(installation), ada.told.took() + ben.told.took()
            report(
                "killed workers, Redis and PostgreSQL",
                n=ARTICLES,
                faults=sum(FAULTS.values()),
                violations=problems,
                seed=SEED,
                p50=share(answers, 0.5),
                p99=share(answers, 0.99),
                which=FAULTS,
                job_p50=share(took, 0.5),
                job_p99=share(took, 0.99),
                drained_after=round(ended - calm, 1),
                resumed_within=round(longest, 1),
                decisions=len(ben.acknowledged),
                versions=installation.versions(),
            )
            assert problems == []
            assert squad.retire() == [0] * WORKERS
        finally:
            squad.disband()


def test_the_control_whose_queue_is_redis_loses_or_doubles(tmp_path: Path) -> None:
    texts, pick = make_texts(CONTROLLED, SEED), random.Random(SEED)
    with postgres() as database, redis() as broker:
        with psycopg.connect(database.url, autocommit=True) as rows:
            rows.execute(careless_served.TABLES)
            for number, text in enumerate(texts):
                rows.execute("INSERT INTO article VALUES (%s, %s, 'queued')", (number, text))
        careless_served.push(broker.port, range(CONTROLLED))
        command = [sys.executable, str(Path(careless_served.__file__)), database.url, str(broker.port)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        workers = [subprocess.Popen(command, env=environment, start_new_session=True) for _ in range(WORKERS)]
        for number in range(8):
            time.sleep(pick.uniform(0.8, 1.6))
            victim = pick.randrange(WORKERS)
            kill(workers[victim], whole_group=True)
            workers[victim] = subprocess.Popen(command, env=environment, start_new_session=True)
            if number == 5:
                broker.flush()
        time.sleep(10)
        for worker in workers:
            kill(worker, whole_group=True)
        problems = careless_served.violations(database.url)
    report("killed workers and Redis, control", n=CONTROLLED, faults=9, violations=problems, seed=SEED)
    assert problems, "the control must show violations, or the test above proves nothing"
