"""Celery's doors: ids in, one call. A task is a doorbell; ringing twice does nothing."""

from typing import Any
from uuid import UUID

from celery import shared_task, signals
from django.conf import settings

from factcheck.jobs import runner
from factcheck.jobs.relay import Relay

_relays: list[Relay] = []


@shared_task(name="run_job")
def run_job(job_id: str) -> None:
    """Do one job."""
    runner.run_job(UUID(job_id))


@signals.worker_ready.connect
def start_relay(**_: Any) -> None:
    """Feed this worker from the job table."""
    relay = Relay(lambda job_id: run_job.delay(job_id=str(job_id)), window=4 * settings.WORKER_PROCESSES)
    relay.start()
    _relays.append(relay)


@signals.worker_shutting_down.connect
def stop_relay(**_: Any) -> None:
    """Ring no more; what runs is finished."""
    while _relays:
        _relays.pop().stop()
