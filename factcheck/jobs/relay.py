"""The doorbell: a thread of the worker's main process that rings for due jobs and ends what no worker will end.

The job's row is the queue; the broker holds nothing that may not be lost. With the in-memory broker this is the only
feeder. It rings for a few jobs at a time, so that a job of higher priority that comes later still goes first.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone

from factcheck.ledger.idempotency import purge_idempotency_keys
from factcheck.ledger.jobs import sweep_jobs
from factcheck.ledger.models import Job

logger = logging.getLogger(__name__)

IDLE, BUSY = 0.3, 0.03  # seconds between looks: while nothing waits, and while there is more to ring for
SWEEP_EVERY, RING_AGAIN = 5.0, 10.0

# The pool forks new children while this thread lives. A fork in the middle of a database call would hand the child a
# locked mutex; so a fork waits for the end of a tick.
_tick_lock = threading.Lock()
os.register_at_fork(before=_tick_lock.acquire, after_in_parent=_tick_lock.release, after_in_child=_tick_lock.release)


class Relay(threading.Thread):
    """Rings for due jobs until stopped."""

    def __init__(self, ring: Callable[[UUID], None], window: int) -> None:
        """Ring with `ring`; keep at most `window` jobs rung for and not yet claimed."""
        super().__init__(name="relay", daemon=True)
        self._ring, self._window = ring, window
        self._over = threading.Event()
        self._rung: dict[UUID, float] = {}
        self._swept = 0.0

    def run(self) -> None:
        """Tick until stopped; a database that is away is waited for."""
        while not self._over.wait(BUSY if self._rung else IDLE):
            with _tick_lock:
                try:
                    self.tick()
                except DatabaseError:
                    logger.warning("the relay cannot reach the database; it goes on trying", exc_info=True)
                    connection.close()
        connection.close()

    def stop(self) -> None:
        """End after the current tick."""
        self._over.set()

    def tick(self) -> None:
        """Sweep when it is time, then ring for the next due jobs."""
        if time.monotonic() - self._swept >= SWEEP_EVERY:
            sweep_jobs(timezone.now())
            purge_idempotency_keys(timezone.now())
            self._swept = time.monotonic()
        self._forget()
        for job_id in self._next():
            self._rung[job_id] = time.monotonic()
            self._ring(job_id)

    def _forget(self) -> None:
        now = timezone.now()
        waiting = set(Job.objects.due(now).filter(pk__in=self._rung).values_list("pk", flat=True))
        fresh = time.monotonic() - RING_AGAIN
        self._rung = {job_id: rung for job_id, rung in self._rung.items() if job_id in waiting and rung > fresh}

    def _next(self) -> list[UUID]:
        room = self._window - len(self._rung)
        if room <= 0:
            return []
        due = Job.objects.due(timezone.now()).exclude(pk__in=self._rung).next_first()
        return list(due.values_list("pk", flat=True)[:room])
