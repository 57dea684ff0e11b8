"""Celery's consumer, with a short patience between attempts to reach the broker again."""

from functools import partial
from typing import Any

from celery.worker.consumer import Consumer

LONGEST_WAIT = 2.0  # seconds; Celery's own waits grow to 30


class PatientConsumer(Consumer):  # type: ignore[misc]  # celery ships no types
    """Tries again every two seconds for as long as it takes, so that work goes on soon after Redis is back."""

    def ensure_connected(self, conn: Any) -> Any:
        """Connect, however long it takes."""
        waits = {"interval_start": 1, "interval_step": 1, "interval_max": LONGEST_WAIT}
        conn.ensure_connection = partial(conn.ensure_connection, **waits)
        return super().ensure_connected(conn)
