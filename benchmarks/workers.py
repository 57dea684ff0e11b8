"""Four workers on one PostgreSQL beside one: articles a second, waits for locks, and whether they find the same pairs.

`python -m benchmarks.workers [--articles 160] [--model rules]`; needs Debian's PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.reader import Figure
from tests import with_postgres
from tests.faults.news import make_news
from tests.faults.served import Served
from tests.faults.servers import Postgres, redis
from tests.faults.squads import Squad, Watch
from tests.faults.test_concurrent_pairs import differences, pairs_of, start_adding, write

WORKERS, WARMING, SEED = 4, 8, 20260303
LONGEST_WAIT = 50  # milliseconds that nobody may wait for a lock
FULL = 0.9  # of the processors' time: more workers could not do more
PATIENCE = 600.0
_MARKS: Final = {True: "met", False: "MISSED", None: ""}

HOLD = """
CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW.run_after = now() + interval '1 day'; RETURN NEW; END $$;
CREATE TRIGGER hold_back BEFORE INSERT ON ledger_job FOR EACH ROW EXECUTE FUNCTION hold_back();
"""
RELEASE = "DROP FUNCTION hold_back CASCADE; UPDATE ledger_job SET run_after = NULL WHERE state = 'queued'"
SPAN = "SELECT extract(epoch FROM max(ended_at) - min(started_at)) FROM ledger_job WHERE started_at >= %s"
DOUBLES = """
SELECT count(*) FROM (
    SELECT 1 FROM corpus_conflictpair GROUP BY least(a_id, b_id), greatest(a_id, b_id) HAVING count(*) > 1
) AS double
"""
LOG_WAITS = ("log_lock_waits = on", f"deadlock_timeout = '{LONGEST_WAIT}ms'")


@dataclass(frozen=True, slots=True)
class Run:
    """What some workers did with the same articles."""

    articles: int
    seconds: float
    busy: float
    waits: list[str]
    pairs: list[object]
    doubles: int
    problems: list[str]

    @property
    def rate(self) -> float:
        """Articles a second, read and paired."""
        return self.articles / self.seconds


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--model", default="rules", help="what reads: rules, a folder, or empty for the engine's own")
    options = parser.parse_args()
    missed = 0
    for figure in measure(options.articles, options.model):
        missed += figure.is_met is False
        print(f"{figure.name:66} {figure.value:>22}  {_MARKS[figure.is_met]}", flush=True)
    return 1 if missed else 0


def measure(articles: int, model: str) -> Iterator[Figure]:
    """One worker, then four, each on an installation of its own with the same articles in the same order."""
    one, four = work(1, articles, model), work(WORKERS, articles, model)
    for number, run in ((1, one), (WORKERS, four)):
        yield Figure(f"{number} worker(s): articles a second", f"{run.rate:.2f}")
        yield Figure(f"{number} worker(s): the machine's processors busy", f"{run.busy:.0%}")
    gain = four.rate / one.rate
    name = f"{WORKERS} workers : one, articles a second, more or processors full"
    yield Figure(name, f"{gain:.2f}", gain > 1 and (four.busy >= FULL or gain >= (os.cpu_count() or 1) * FULL))
    waits = [*one.waits, *four.waits]
    yield Figure(f"waits for a lock over {LONGEST_WAIT} ms, none", f"{len(waits)}", not waits)
    for wait in waits[:5]:
        yield Figure(f"  {wait[:64]}", "")
    odd = differences(one.pairs, four.pairs)
    yield Figure(f"pairs that only one or only {WORKERS} workers find, of {len(one.pairs):,}", f"{len(odd)}", not odd)
    doubles = one.doubles + four.doubles
    yield Figure("pairs stored twice", f"{doubles}", not doubles)
    problems = [*one.problems, *four.problems]
    yield Figure("what verify_invariants and verify_audit complain of", f"{len(problems)}", not problems)


def work(workers: int, articles: int, model: str) -> Run:
    """Let so many workers read and pair the articles, which all wait when the first of them begins."""
    programs = with_postgres.binaries()
    if programs is None:
        raise SystemExit("No PostgreSQL found. Debian: apt-get install postgresql")
    with (
        tempfile.TemporaryDirectory(prefix="factcheck-workers-") as name,
        with_postgres.throwaway(programs) as url,
        redis() as broker,
    ):
        folder, server = Path(name), Postgres(programs, url)
        more = {"REDIS_URL": broker.url, "FACTCHECK_ATTRIBUTION_MODEL": model, "FACTCHECK_MODEL_THREADS": "1"}
        installation = Served.on(folder, server, **more)
        log_waits(installation)
        squad = Squad(installation, workers, random.Random(SEED))
        try:
            return race(installation, squad, server.folder / "log", articles)
        finally:
            squad.disband()


def log_waits(installation: Served) -> None:
    """Have the database write down whoever waits for a lock for long."""
    with installation.connect() as database:
        for setting in LOG_WAITS:
            database.execute(f"ALTER SYSTEM SET {setting}".encode())
        database.execute("SELECT pg_reload_conf()")


def race(installation: Served, squad: Squad, log: Path, articles: int) -> Run:
    """Warm the workers with a few articles; then let go of all others at once. `log` is the database's."""
    news = make_news(articles + WARMING, SEED)
    paths = write(installation.folder, news)
    add(installation, paths[:WARMING])
    squad.start()
    drain(installation)
    with installation.connect() as database:
        database.execute(HOLD.encode())
        add(installation, paths[WARMING:])
        (began,) = database.execute("SELECT clock_timestamp()").fetchone() or (None,)
        idle, busy = _processors()
        database.execute(RELEASE.encode())
        told = log.stat().st_size  # what was written before is about letting go
        drain(installation)
        idle_after, busy_after = _processors()
        (seconds,) = database.execute(SPAN.encode(), [began]).fetchone() or (0,)
        (doubles,) = database.execute(DOUBLES.encode()).fetchone() or (0,)
    share = (busy_after - busy) / (busy_after - busy + idle_after - idle)
    found = pairs_of(installation)
    return Run(articles, float(seconds), share, waits_in(log, told), found, doubles, installation.violations())


def add(installation: Served, paths: list[str]) -> None:
    """Add articles, one after another."""
    if start_adding(installation, paths).wait(PATIENCE):
        raise SystemExit("The articles could not be added.")


def drain(installation: Served) -> None:
    """Wait until all is read and paired."""
    with Watch(installation) as watch:
        if not watch.drains(PATIENCE):
            raise SystemExit(f"Work does not end: {installation.states()}")


def waits_in(log: Path, since: int) -> list[str]:
    """What the database wrote down about waits for locks, from that many bytes on, without what stands before it."""
    return re.findall(r"still waiting for .*", log.read_bytes()[since:].decode("utf-8", "replace"))


def _processors() -> tuple[float, float]:
    """Seconds that the machine's processors were idle and busy so far, all together."""
    fields = [int(field) for field in Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return idle / 100, (sum(fields) - idle) / 100


if __name__ == "__main__":
    sys.exit(main())
