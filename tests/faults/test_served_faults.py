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
from tests.faults.figures import report
from tests.faults.installation import ROOT, kill, wait_until
from tests.faults.mishaps import AFTERWARDS, Mishaps, backlog, differences
from tests.faults.served import Aside, Served
from tests.faults.servers import Redis, postgres, redis, versions
from tests.faults.squads import Squad, Watch
from tests.faults.texts import make_texts
from tests.faults.visitors import SERVER_ERROR, Adding, Deciding

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ARTICLES, WORKERS = (2000, 4) if LONG else (150, 4)
FAULTS = (
    {"kill": 80, "flush": 3, "redis kill": 3, "redis down": 1, "restart": 5}
    if LONG
    else {"kill": 8, "flush": 1, "redis kill": 1, "redis down": 1, "restart": 1}
)
CONTROLLED = 300
DOWN, LEAST = (30.0, 20) if LONG else (8.0, 5)  # seconds without Redis; articles, and decisions, accepted meanwhile
MOST_WAITING = 24  # jobs; then Ada rests, unless Redis is away
SEED = 20260302
STALL = 10.0  # seconds that nobody waits for a page, whatever happens to Redis

pytestmark = [pytest.mark.faults]


def stay_away(server: Redis) -> None:
    """No Redis for a while, and nothing else that could excuse an error."""
    time.sleep(AFTERWARDS)
    server.stay_away(DOWN)


def stalls(ada: Adding, ben: Deciding) -> list[str]:
    """Answers that came, but late."""
    return [f"a page took {took:.1f} s" for took in ada.told.took() + ben.told.took() if took > STALL]


def test_nothing_is_lost_while_workers_redis_and_the_database_die(tmp_path: Path) -> None:
    """Faults are spread over the adding; Ada rests while many jobs wait, so the pace has to return after each fault.

    The last kill comes when the last article has been accepted. No job is done later than 60 s after it, after no
    fault does it take more than 30 s until a job is done, and pages answer all the time but while PostgreSQL starts.
    Without Redis Ada and Ben go on faster than before.
    """
    texts, pick = make_texts(ARTICLES, SEED), random.Random(SEED)
    with postgres() as database, redis() as broker:
        installation = Served.on(tmp_path, database, REDIS_URL=broker.url)
        squad = Squad(installation, WORKERS, pick)
        ways = {
            "kill": squad.kill_one,
            "restart": database.restart,
            "flush": broker.flush,
            "redis kill": lambda: broker.stay_away(0),
            "redis down": lambda: stay_away(broker),
        }
        mishaps = Mishaps(ways, FAULTS, pick)
        try:
            with installation.web() as base, Watch(installation) as watch:
                ada, ben = Adding(base, "ada"), Deciding(base, "ben")
                squad.start()
                adds = Aside(
                    lambda over: ada.add_all(texts, over, lambda: broker.is_away or watch.waiting < MOST_WAITING)
                )
                decides = Aside(lambda over: ben.decide_all(over, lambda: 0.05 if broker.is_away else 2.0))
                mishaps.run(lambda: ada.added / len(texts), last="kill", midway="redis down")
                problems, drained_after = backlog(mishaps, watch)
                adds.finish(60)
                decides.over.set()
                decides.finish(60)
            excused = mishaps.times("restart")
            problems += differences(installation, texts, ben) + mishaps.slow(watch) + stalls(ada, ben)
            problems += ada.told.errors_outside(excused) + ben.told.errors_outside(excused)
            added, decided = (who.told.accepted_within(broker.outages) for who in (ada, ben))
            took = installation.seconds_each()
            report(
                "killed workers, Redis and PostgreSQL",
                n=ARTICLES,
                faults=sum(FAULTS.values()),
                violations=problems,
                took=ada.told.took() + ben.told.took(),
                seed=SEED,
                which=FAULTS,
                seconds=round(mishaps.ended - mishaps.happened[0][1]),
                drained_after=round(drained_after, 1),
                resumed_within=round(mishaps.longest_wait(watch), 1),
                decisions=len(ben.acknowledged),
                added_without_redis=added,
                decided_without_redis=decided,
                longest_job=round(max(took), 1),
                versions=versions(),
            )
            assert problems == []
            assert min(added, decided) >= LEAST
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
        report(
            "killed workers and Redis, control",
            n=CONTROLLED,
            faults=9,
            violations=problems,
            seed=SEED,
            versions=versions(),
        )
    assert problems, "the control must show violations, or the test above proves nothing"


def test_the_control_that_rings_inside_the_request_fails_without_redis(tmp_path: Path) -> None:
    texts, settings = make_texts(3, SEED), "tests.faults.settings_ringing"
    with postgres() as database, redis() as broker:
        installation = Served.on(tmp_path, database, REDIS_URL=broker.url, settings=settings)
        with installation.web() as base:
            ada = Adding(base, "ada")
            adds = Aside(lambda over: ada.add_all(texts, over, lambda: ada.added == 0 or broker.is_away))
            assert wait_until(lambda: ada.added == 1, 60)
            broker.kill()
            time.sleep(DOWN)
            adds.over.set()
            adds.finish(60)
        problems = ada.told.errors_outside([])
        report(
            "no Redis, control",
            n=len(texts),
            faults=1,
            violations=problems,
            took=ada.told.took(),
            seed=SEED,
            versions=versions(),
        )
    assert any(status >= SERVER_ERROR for _, _, status in ada.told.answers)
