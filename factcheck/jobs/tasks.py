"""Celery's doors: nothing in, one call. A task is a doorbell; ringing twice does nothing."""

import gc
from typing import Any

from celery import shared_task, signals
from django.conf import settings
from django.utils import timezone

from factcheck.jobs import draining, runner, schedule
from factcheck.jobs.attempts import Doorbell
from factcheck.jobs.bell import count_unheard, ring
from factcheck.jobs.relay import Relay
from factcheck.jobs.sender import SenderProcess

_relays: list[Relay] = []
_pools: list[Any] = []
_senders: list[SenderProcess] = []


@shared_task(name="take_job", base=Doorbell, bind=True)
def take_job(self: Doorbell) -> None:
    """Do the next job."""
    runner.run_next_job(self.attempt)


@shared_task(name="keep_timetable")
def keep_timetable(routine: str) -> None:
    """Queue a routine of the timetable, once for its period however many beats there are."""
    schedule.queue_routine(routine, timezone.now())


@signals.setup_logging.connect
def keep_logging(**_: Any) -> None:
    """Leave the logs as Django set them: being connected is all that Celery asks for."""


@signals.worker_ready.connect
def start_relay(sender: Any, **_: Any) -> None:
    """Feed the workers from the job table; once, as the worker is ready anew after each loss of the broker."""
    if not _relays:
        webhooks = SenderProcess(settings.SENDER)
        relay = Relay(ring, count_unheard, 4 * settings.WORKER_PROCESSES, webhooks.tend)
        relay.start()
        _senders.append(webhooks)
        _relays.append(relay)
        _pools.append(sender.pool)


@signals.worker_before_create_process.connect
def share_memory(**_: Any) -> None:
    """Let a child share what is loaded: the collector would write to every page of it."""
    gc.collect()
    gc.freeze()


@signals.worker_shutting_down.connect
def stop_relay(**_: Any) -> None:
    """Ring no more; what runs is finished, or given back when it takes long."""
    while _relays:
        _relays.pop().stop()
    while _senders:
        _senders.pop().stop()
    while _pools:
        draining.give_back_later(_pools.pop())
