"""Celery's consumer, with more patience: for the broker, and for a child that is killed at birth."""

from functools import partial
from typing import Any

from celery.worker.consumer import Consumer

LONGEST_WAIT = 2.0  # seconds; Celery's own waits grow to 30


class PatientConsumer(Consumer):  # type: ignore[misc]  # celery ships no types
    """Tries again every two seconds for as long as it takes, so that work goes on soon after Redis is back."""

    def on_ready(self) -> None:
        """Be ready whatever became of the first children: one that was killed is replaced as at any other time.

        Celery ends a worker whose child is gone before its loop runs for the first time, taking the program for broken;
        ours was loaded before the fork, so it was not.
        """
        super().on_ready()
        self.restart_count: int = max(self.restart_count, 1)

    def ensure_connected(self, conn: Any) -> Any:
        """Connect, however long it takes."""
        waits = {"interval_start": 1, "interval_step": 1, "interval_max": LONGEST_WAIT}
        conn.ensure_connection = partial(conn.ensure_connection, **waits)
        return super().ensure_connected(conn)
