"""An installation on PostgreSQL with many workers, and who watches how its work goes on while things break."""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import celery
import django
import psycopg

from tests.faults.browser import Browser, serves
from tests.faults.installation import Installation, kill, kill_some, wait_until
from tests.faults.ports import free_port
from tests.faults.servers import Postgres

COUNTS = "SELECT state, count(*) FROM ledger_job GROUP BY state"


@dataclass
class Served(Installation):
    """One database server, any number of processes."""

    url: str = ""

    @classmethod
    def on(cls, folder: Path, server: Postgres, **extra: str) -> "Served":
        """Migrated, with people at their desks."""
        settings = extra.pop("settings", "config.settings")
        environment = {"DATABASE_URL": server.url, "FACTCHECK_HOSTS": "127.0.0.1", **extra}
        made = cls(folder, settings, environment, url=server.url)
        made.set_up()
        return made

    def connect(self) -> psycopg.Connection:
        """A connection of the test's own, past Django; each statement commits by itself."""
        return psycopg.connect(self.url, autocommit=True)

    def states(self) -> dict[str, int]:
        """How many jobs stand where."""
        with self.connect() as database:
            return dict(database.execute(COUNTS).fetchall())

    def is_drained(self) -> bool:
        """Whether every job is done."""
        return set(self.states()) <= {"done"}

    @contextlib.contextmanager
    def web(self) -> Iterator[str]:
        """Serve the pages; give their address."""
        assert self.manage("collectstatic", "--noinput", "-v0").returncode == 0
        port = free_port()
        process = self.start("web", port)
        base = f"http://127.0.0.1:{port}"
        try:
            assert wait_until(lambda: serves(Browser(base)), 60)
            yield base
        finally:
            kill(process, whole_group=True)

    def versions(self) -> dict[str, str]:
        """What the figures were taken with."""
        with self.connect() as database:
            postgres = str(database.info.server_version // 10000)
        return {"postgres": postgres, "django": django.__version__, "celery": celery.__version__}


@dataclass
class Squad:
    """Some workers side by side: killed at random, started anew by us only where we killed the main process."""

    installation: Installation
    size: int
    pick: random.Random
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _all: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """All of them."""
        self.workers = [self.one() for _ in range(self.size)]

    def one(self) -> subprocess.Popen[bytes]:
        """One worker, in a process group of its own."""
        worker = self.installation.start("worker")
        self._all.append(worker)
        return worker

    def kill_one(self) -> None:
        """Kill one of them, somehow."""
        number = self.pick.randrange(self.size)
        self.workers[number] = kill_some(self.workers[number], self.pick, self.one)

    def retire(self) -> list[int]:
        """Ask all to finish; their exit statuses."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        return [worker.wait(40) for worker in self.workers]

    def disband(self) -> None:
        """Leave no process behind, whatever happened."""
        for worker in self._all:
            for number in (signal.SIGCONT, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(worker.pid, number)
            worker.wait(10)


class Watch:
    """Counts, twice a second, how many jobs are done; says afterwards how long work stood still after a fault."""

    def __init__(self, installation: Served) -> None:
        self.installation = installation
        self.seen: list[tuple[float, int, int]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.5):
            with contextlib.suppress(psycopg.Error):
                states = self.installation.states()
                done = states.pop("done", 0)
                self.seen.append((time.monotonic(), done, sum(states.values())))

    def drains(self, patience: float) -> bool:
        """Wait until every job is done; False once none was done for so many seconds."""
        best, since = -1, time.monotonic()
        while time.monotonic() - since < patience:
            time.sleep(0.5)
            _, done, waiting = self.seen[-1] if self.seen else (0.0, -1, 1)
            if waiting == 0 and self.installation.is_drained():
                return True
            if done > best:
                best, since = done, time.monotonic()
        return False

    def resumed_after(self, fault: float) -> float | None:
        """Seconds from a fault to the next job done; None where nothing was left to do."""
        before = max((row for row in self.seen if row[0] <= fault), default=(0.0, 0, 0))
        after = [row for row in self.seen if row[0] > fault]
        went_on = next((at for at, done, _ in after if done > before[1]), None)
        if went_on is not None:
            return went_on - fault
        return None if not any(waiting for _, _, waiting in after) else float("inf")


def share(values: list[float], part: float) -> float:
    """The value below which that part of them lies."""
    ordered = sorted(values)
    return round(ordered[min(int(len(ordered) * part), len(ordered) - 1)], 3) if ordered else 0.0


class Aside:
    """Does one thing beside the test until told to stop; what it raises is raised when it is finished."""

    def __init__(self, work: Callable[[threading.Event], None]) -> None:
        self.over = threading.Event()
        self._pool = ThreadPoolExecutor(1)
        self._result = self._pool.submit(work, self.over)

    def finish(self, seconds: float) -> None:
        """Wait for its end."""
        try:
            self._result.result(seconds)
        finally:
            self.over.set()
            self._pool.shutdown(wait=False)
