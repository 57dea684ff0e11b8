"""Giving work back: a worker that stops lets its jobs finish for a while, then asks for them back."""

import contextlib
import os
import signal
import threading
from typing import Any

PATIENCE = 15.0  # seconds; a supervisor kills after 25, systemd after 30


def give_back_later(pool: Any, patience: float = PATIENCE) -> threading.Timer:
    """Interrupt what still runs after a while; the runner queues it again without counting the attempt."""
    timer = threading.Timer(patience, _interrupt, args=[pool])
    timer.daemon = True
    timer.start()
    return timer


def _interrupt(pool: Any) -> None:
    for process in list(getattr(getattr(pool, "_pool", None), "_pool", None) or []):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGUSR1)  # what Celery's pool sends at the soft time limit
