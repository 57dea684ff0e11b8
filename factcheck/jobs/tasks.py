"""Celery's doors: nothing in, one call. A task is a doorbell; ringing twice does nothing."""

from typing import Any

from celery import shared_task, signals
from django.conf import settings

from factcheck.jobs import runner
from factcheck.jobs.bell import count_unheard, ring
from factcheck.jobs.relay import Relay

_relays: list[Relay] = []


@shared_task(name="take_job")
def take_job() -> None:
    """Do the next job."""
    runner.run_next_job()


@signals.worker_ready.connect
def start_relay(**_: Any) -> None:
    """Feed the workers from the job table; once, as the worker is ready anew after each loss of the broker."""
    if not _relays:
        relay = Relay(ring, count_unheard, window=4 * settings.WORKER_PROCESSES)
        relay.start()
        _relays.append(relay)


@signals.worker_shutting_down.connect
def stop_relay(**_: Any) -> None:
    """Ring no more; what runs is finished."""
    while _relays:
        _relays.pop().stop()
