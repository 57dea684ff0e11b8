"""Ringing: a message that says "there is work", and nothing else. Who hears it takes the next job of the table.

A message names no job, so priority and the desks' turns are decided when work starts and not when it was rung for, and
it does not matter whether a message is lost, repeated or late. Ringing gives up at once where the broker is away; the
relay of each worker rings again.
"""

import logging
import threading
from queue import SimpleQueue
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

BROKER_ERRORS = (OperationalError, RedisError, OSError)


class BrokerAway(Exception):
    """The broker cannot be reached; nothing is lost, as the table is the queue."""


def ring() -> None:
    """Send one message.

    Raises:
        BrokerAway: it cannot be reached within two seconds.
    """
    try:
        current_app.send_task("take_job", retry=False, ignore_result=True)
    except BROKER_ERRORS as error:
        raise BrokerAway(str(error)) from error


def count_unheard() -> int:
    """How many messages wait in the broker.

    Raises:
        BrokerAway: it cannot be reached within two seconds.
    """
    try:
        with current_app.pool.acquire(block=True) as connection:
            size: int = connection.default_channel._size(current_app.conf.task_default_queue)  # noqa: SLF001 -- kombu's one way to ask both brokers
            return size
    except BROKER_ERRORS as error:
        raise BrokerAway(str(error)) from error


class Outage:
    """Says once that the broker or the database is away, and once that it is back."""

    def __init__(self, what: str) -> None:
        self._what, self._is_on = what, False

    def begin(self, reason: Exception) -> None:
        """Note that it is away."""
        if not self._is_on:
            first_line = next(iter(str(reason).splitlines()), type(reason).__name__)
            logger.warning("the %s is away (%s); what was accepted waits", self._what, first_line)
        self._is_on = True

    def end(self) -> None:
        """Note that it answers."""
        if self._is_on:
            logger.warning("the %s is back", self._what)
        self._is_on = False


class Bell:
    """Rings from a thread of its own, so that nobody who adds work ever waits for the broker."""

    def __init__(self) -> None:
        self._wanted: SimpleQueue[None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._outage = Outage("broker")

    def ring_soon(self, **_: Any) -> None:
        """Ring as soon as may be; forgotten where the broker is away."""
        self._wanted.put(None)
        if self._thread is None or not self._thread.is_alive():  # none yet, or left behind by a fork
            self._thread = threading.Thread(target=self._ring_on, name="bell", daemon=True)
            self._thread.start()

    def _ring_on(self) -> None:
        while True:
            self._wanted.get()
            try:
                ring()
                self._outage.end()
            except BrokerAway as reason:
                self._outage.begin(reason)
                self._forget()

    def _forget(self) -> None:
        while not self._wanted.empty():
            self._wanted.get()
