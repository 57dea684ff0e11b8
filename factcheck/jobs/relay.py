"""The relay: a thread of each worker's main process that rings for due jobs and ends what no worker will end.

The job's row is the queue; the broker holds nothing that may not be lost. With the in-memory broker this is the only
feeder. With Redis the processes that add work ring as well, and the relays of all workers see to it that as many
messages wait as there are due jobs, up to a few: whatever Redis forgot, and whatever a dead worker left, is rung for
again within seconds, and any number of relays together ring hardly more than one.
"""

import os
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from factcheck.jobs.attempts import put_back_killed
from factcheck.jobs.bell import BrokerAway, Outage
from factcheck.ledger.idempotency import purge_idempotency_keys
from factcheck.ledger.jobs import sweep_jobs
from factcheck.ledger.models import Job
from factcheck.publishing.webhooks.addressing import sweep_messages

IDLE, BUSY, AWAY = 0.3, 0.1, 1.0  # seconds between looks: nothing waits, there is more to ring for, broker away
SWEEP_EVERY = 5.0

# The pool forks new children while this thread lives. A fork in the middle of a database call would hand the child a
# locked mutex; so a fork waits for the end of a tick.
_tick_lock = threading.Lock()
os.register_at_fork(before=_tick_lock.acquire, after_in_parent=_tick_lock.release, after_in_child=_tick_lock.release)


class Relay(threading.Thread):
    """Rings for due jobs until stopped."""

    def __init__(
        self,
        ring: Callable[[], None],
        count_unheard: Callable[[], int],
        window: int,
        tend_sender: Callable[[], None] = lambda: None,
    ) -> None:
        """Ring with `ring`; keep at most `window` messages waiting to be heard; see to the sender of webhooks."""
        super().__init__(name="relay", daemon=True)
        self._tend_sender = tend_sender
        self._ring, self._count_unheard, self._window = ring, count_unheard, window
        self._over = threading.Event()
        self._broker, self._database = Outage("broker"), Outage("database")
        self._swept = 0.0
        self._has_more = False

    def run(self) -> None:
        """Tick until stopped; a database or a broker that is away is waited for."""
        pause = IDLE
        while not self._over.wait(pause):
            with _tick_lock:
                pause = self._look()
        connection.close()

    def stop(self) -> None:
        """End after the current tick."""
        self._over.set()

    def tick(self) -> bool:
        """Put back what killed children held, sweep when it is time, ring for what is due; whether there is more.

        Raises:
            BrokerAway: nothing was rung for; the jobs wait.
        """
        put_back_killed(timezone.now())
        if time.monotonic() - self._swept >= SWEEP_EVERY:
            sweep_jobs(timezone.now())
            purge_idempotency_keys(timezone.now())
            sweep_messages(timezone.now())
            self._swept = time.monotonic()
        self._tend_sender()
        if self._has_more and self._count_unheard() >= self._window:
            return True  # enough is rung for: asking the table ten times a second would cost the workers time
        due = len(Job.objects.next_due(timezone.now(), self._window))
        if due:
            for _ in range(due - self._count_unheard()):
                self._ring()
        self._has_more = due == self._window
        return self._has_more

    def _look(self) -> float:
        try:
            has_more = self.tick()
            self._broker.end()
            self._database.end()
        except BrokerAway as reason:
            self._broker.begin(reason)
            return AWAY
        except (DatabaseError, InterfaceError) as reason:
            self._database.begin(reason)
            connection.close()
            return AWAY
        return BUSY if has_more else IDLE
