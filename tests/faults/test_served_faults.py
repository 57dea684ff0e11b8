"""Four workers on PostgreSQL and Redis, all of them killed in turn: nothing lost, doubled or half-written."""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.faults import careless_served
from tests.faults.figures import report
from tests.faults.installation import ROOT, kill, wait_until
from tests.faults.mishaps import AFTERWARDS, Mishaps, backlog, differences
from tests.faults.served import Aside, Served
from tests.faults.servers import Postgres, Redis, postgres, redis, versions
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
MOST_WAITING = 24  # jobs; then Ada rests
MOST_WITHOUT_REDIS = 300  # jobs, while it is away: what pages take in a second would keep the workers busy for many
SEED = 20260302
STALL = 10.0  # seconds that nobody waits for a page, whatever happens to Redis

pytestmark = [pytest.mark.faults]


@dataclass
class Ordeal:
    """One run: an installation with its servers, workers and visitors, and all that shall happen to it."""

    installation: Served
    database: Postgres
    broker: Redis

    def __post_init__(self) -> None:
        pick = random.Random(SEED)
        self.texts = make_texts(ARTICLES, SEED)
        self.squad = Squad(self.installation, WORKERS, pick)
        ways = {
            "kill": self.squad.kill_one,
            "restart": self.database.restart,
            "flush": self.broker.flush,
            "redis kill": lambda: self.broker.stay_away(0),
            "redis down": self.be_without_redis,
        }
        self.mishaps = Mishaps(ways, FAULTS, pick)

    def may_add(self) -> bool:
        """Whether Ada goes on: while not too much waits; far more may wait while Redis is away."""
        return self.watch.waiting < (MOST_WITHOUT_REDIS if self.broker.is_away else MOST_WAITING)

    def be_without_redis(self) -> None:
        """No Redis for a while, and nothing else that could excuse an error."""
        time.sleep(AFTERWARDS)
        self.broker.stay_away(DOWN)

    def endure(self) -> list[str]:
        """Let the visitors work while everything happens, and wait for the end; what was late."""
        with self.installation.web() as base, Watch(self.installation) as self.watch:
            self.ada, self.ben = Adding(base, "ada"), Deciding(base, "ben")
            self.squad.start()
            adds = Aside(lambda over: self.ada.add_all(self.texts, over, self.may_add))
            decides = Aside(lambda over: self.ben.decide_all(over, lambda: 0.05 if self.broker.is_away else 2.0))
            self.mishaps.run(lambda: self.ada.added / ARTICLES, last="kill", midway="redis down")
            problems, self.drained_after = backlog(self.mishaps, self.watch)
            adds.finish(60)
            decides.over.set()
            decides.finish(60)
        return problems + self.mishaps.slow(self.watch)

    def answers(self) -> list[str]:
        """What the visitors were told that they should not have been: errors, or answers that came late."""
        excused = self.mishaps.times("restart")
        late = [f"a page took {took:.1f} s" for took in self.took() if took > STALL]
        return self.ada.told.errors_outside(excused) + self.ben.told.errors_outside(excused) + late

    def took(self) -> list[float]:
        """The seconds of each answer."""
        return self.ada.told.took() + self.ben.told.took()

    def figures(self) -> dict[str, object]:
        """What the line shall tell beside the usual."""
        return {
            "which": FAULTS,
            "seconds": round(self.mishaps.ended - self.mishaps.happened[0][1]),
            "drained_after": round(self.drained_after, 1),
            "resumed_within": round(self.mishaps.longest_wait(self.watch), 1),
            "decisions": len(self.ben.acknowledged),
            "longest_job": round(max(self.installation.seconds_each()), 1),
        }


def test_nothing_is_lost_while_workers_redis_and_the_database_die(tmp_path: Path) -> None:
    """Faults are spread over the adding; Ada rests while many jobs wait, so the pace has to return after each fault.

    The last kill comes when the last article has been accepted. No job is done later than 60 s after it, after no
    fault does it take more than 30 s until a job is done, and pages answer all the time but while PostgreSQL starts.
    Without Redis Ada and Ben go on faster than before. In the end every article and every decision is there, once.
    """
    with postgres() as database, redis() as broker:
        ordeal = Ordeal(Served.on(tmp_path, database, REDIS_URL=broker.url), database, broker)
        try:
            problems = ordeal.endure() + ordeal.answers()
            problems += differences(ordeal.installation, ordeal.texts, ordeal.ben)
            added, decided = (who.told.accepted_within(broker.outages) for who in (ordeal.ada, ordeal.ben))
            report(
                "killed workers, Redis and PostgreSQL",
                n=ARTICLES,
                faults=sum(FAULTS.values()),
                violations=problems,
                took=ordeal.took(),
                seed=SEED,
                added_without_redis=added,
                decided_without_redis=decided,
                **ordeal.figures(),
                versions=versions(),
            )
            assert problems == []
            assert min(added, decided) >= LEAST
            assert ordeal.squad.retire() == [0] * WORKERS
        finally:
            ordeal.squad.disband()


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
