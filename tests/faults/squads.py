"""Workers side by side, to be killed; and who watches how their work goes on."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import Self

import psycopg

from tests.faults.installation import Installation, kill_some


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

    def __init__(self, installation: Installation) -> None:
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
            with contextlib.suppress(psycopg.Error, sqlite3.Error):
                states = self.installation.states()
                done = states.pop("done", 0)
                self.seen.append((time.monotonic(), done, sum(states.values())))

    @property
    def waiting(self) -> int:
        """How many jobs were not done, at the last look."""
        return self.seen[-1][2] if self.seen else 0

    @property
    def done(self) -> int:
        """How many jobs were done, at the last look."""
        return self.seen[-1][1] if self.seen else 0

    def drains(self, patience: float) -> bool:
        """Wait until every job is done; False once none was done for so many seconds."""
        best, since = -1, time.monotonic()
        while time.monotonic() - since < patience:
            time.sleep(0.5)
            if self.seen and self.waiting == 0 and self.installation.is_drained():
                return True
            if self.done > best:
                best, since = self.done, time.monotonic()
        return False

    def resumed_after(self, fault: float) -> float | None:
        """Seconds from a fault to the next job done; None where nothing was left to do."""
        before = max((row for row in self.seen if row[0] <= fault), default=(0.0, 0, 0))
        after = [row for row in self.seen if row[0] > fault]
        went_on = next((at for at, done, _ in after if done > before[1]), None)
        if went_on is not None:
            return went_on - fault
        return None if not any(waiting for _, _, waiting in after) else float("inf")
