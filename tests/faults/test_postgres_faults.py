"""Many workers on PostgreSQL, killed and cut off: nothing lost, nothing doubled, nothing half-written."""

import os
import random
import time
from pathlib import Path

import pytest

from tests.faults.installation import report
from tests.faults.mishaps import Mishaps, differences, seconds_each
from tests.faults.served import Helper, Served, Squad, Watch, share
from tests.faults.servers import postgres
from tests.faults.texts import make_texts
from tests.faults.visitors import Adding, Deciding

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ARTICLES, KILLS, RESTARTS, WORKERS = (2000, 80, 5, 4) if LONG else (120, 6, 1, 4)
SEED = 20260302

pytestmark = [pytest.mark.faults]


def test_nothing_is_lost_while_workers_and_the_database_die(tmp_path: Path) -> None:
    texts = make_texts(ARTICLES, SEED)
    pick = random.Random(SEED)
    with postgres() as server:
        installation = Served.on(tmp_path, server)
        squad = Squad(installation, WORKERS, pick)
        try:
            with installation.web() as base, Watch(installation) as watch:
                ada, ben = Adding(base, "ada"), Deciding(base, "ben")
                squad.start()
                adds = Helper(lambda over: ada.add_all(texts, over, 0.1))
                decides = Helper(lambda over: ben.decide_all(over, 0.5))
                adds.start()
                decides.start()
                mishaps = Mishaps(
                    {"kill": squad.kill_one, "restart": server.restart}, {"kill": KILLS, "restart": RESTARTS}, pick
                )
                mishaps.run(between=(2.0, 4.0))
                calm = time.monotonic()
                adds.finish(1800 if LONG else 180)
                added = max(time.monotonic(), calm)
                drained = watch.drains(patience=60)
                ended = time.monotonic()
                decides.over.set()
                decides.finish(60)
            excused = mishaps.times("restart")
            slow, longest = mishaps.slow_to_resume(watch, "restart", "kill")
            problems = differences(installation, texts, ben) + slow
            problems += [] if drained else [f"not drained: {installation.states()}"]
            problems += ada.told.errors_outside(excused) + ben.told.errors_outside(excused)
            took = seconds_each(installation)
            report(
                "killed workers and PostgreSQL",
                n=ARTICLES,
                faults=KILLS + RESTARTS,
                violations=problems,
                seed=SEED,
                p50=share(took, 0.5),
                p99=share(took, 0.99),
                drained_after=round(ended - added, 1),
                resumed_within=round(longest, 1),
                decisions=len(ben.acknowledged),
                versions=installation.versions(),
            )
            assert problems == []
            assert squad.retire() == [0] * WORKERS
        finally:
            squad.disband()
