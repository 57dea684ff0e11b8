"""The sender of webhooks: a process of its own, so that a receiver that never answers keeps no other work waiting.

A worker starts it when a delivery is due, and again if it dies; it ends by itself when nothing has been due for a
while, and with its worker. Its main thread alone asks the database: it takes deliveries under leases, hands each to a
thread that sends it, and writes down what was answered. Any number of senders share the same rows.
"""

import logging
import os
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from factcheck.intake.fetching.client import Client
from factcheck.jobs.bell import Outage
from factcheck.publishing.models import Unsent
from factcheck.publishing.webhooks.endpoints import switch_off_by_itself
from factcheck.publishing.webhooks.sending import (
    Outcome,
    Parcel,
    claim_due,
    deliver,
    is_anything_due,
    let_go,
    make_client,
    note_outcome,
)

logger = logging.getLogger(__name__)

ROOM, ROOM_FOR_FAILING = 32, 16  # simultaneous deliveries of one sender
LOOK_EVERY, LOOK_EVERY_FOR_WORK, AWAY = 0.3, 1.0, 1.0  # seconds
IDLE = 60.0  # seconds without work, after which it ends


@dataclass(slots=True)
class Sender:
    """Sends what is due until told to stop; `token` marks what it holds."""

    token: UUID = field(default_factory=uuid4)
    client: Client = field(default_factory=make_client)
    is_stopping: bool = False
    _in_hand: dict[Future[Outcome], Parcel] = field(default_factory=dict)
    _database: Outage = field(default_factory=lambda: Outage("database"))
    _chance: random.Random = field(default_factory=random.Random)  # jitter is no secret

    def stop(self, *_: object) -> None:
        """Take nothing more; what is being sent is finished."""
        self.is_stopping = True

    def run(self, parent: int | None = None, idle: float = IDLE) -> None:
        """Send until stopped, until nothing was due for so long, or until the process that started it is gone."""
        last = time.monotonic()
        with ThreadPoolExecutor(ROOM, thread_name_prefix="send") as pool:
            while self._in_hand or not (self.is_stopping or time.monotonic() - last > idle):
                self.is_stopping = self.is_stopping or (parent is not None and os.getppid() != parent)
                self._turn(pool)
                last = time.monotonic() if self._in_hand else last
        connection.close()

    def _turn(self, pool: ThreadPoolExecutor) -> None:
        """Look once: take what there is room for, then wait a moment for what is being sent."""
        try:
            self._take(pool)
            if not self._in_hand:
                time.sleep(LOOK_EVERY)
                return
            done, _ = wait(self._in_hand, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
            for future in done:
                self._note(future)
            self._database.end()
        except (DatabaseError, InterfaceError) as reason:
            self._database.begin(reason)
            connection.close()
            time.sleep(
                AWAY
            )  # an answer that cannot be written down now is kept; if the lease runs out, it is sent again

    def _take(self, pool: ThreadPoolExecutor) -> None:
        room = ROOM - len(self._in_hand)
        if self.is_stopping or not room:
            return
        failing = sum(parcel.is_failing for parcel in self._in_hand.values())
        for parcel in claim_due(self.token, timezone.now(), room, ROOM_FOR_FAILING - failing):
            self._in_hand[pool.submit(deliver, parcel, self.client, timezone.now())] = parcel

    def _note(self, future: Future[Outcome]) -> None:
        parcel, error = self._in_hand[future], future.exception()
        if error is not None:  # ours: it shall stop neither the others nor itself from being tried again
            logger.error("sending to webhook %s stopped unexpectedly", parcel.endpoint_id, exc_info=error)
        outcome = Outcome(0.0, reason=Unsent.BROKEN) if error is not None else future.result()
        why = note_outcome(parcel, outcome, timezone.now(), self._chance)
        if why is not None:
            switch_off_by_itself(parcel.endpoint_id, why, timezone.now())
            logger.warning("webhook %s is switched off (%s)", parcel.endpoint_id, why.value)
        del self._in_hand[future]


@dataclass(slots=True)
class SenderProcess:
    """A worker's sender, as its main process sees it."""

    command: Sequence[str]
    token: UUID = field(default_factory=uuid4)
    _process: subprocess.Popen[bytes] | None = None
    _looked: float = 0.0

    def tend(self) -> None:
        """Start it where something is due and it does not run; free at once what it held when it died."""
        if self._process is not None and self._process.poll() is None:
            return
        if time.monotonic() - self._looked < LOOK_EVERY_FOR_WORK:
            return
        self._looked = time.monotonic()
        if self._process is not None and self._process.returncode:
            let_go(self.token)
        self._process = None
        if is_anything_due(timezone.now()):
            own = ["--token", str(self.token), "--parent", str(os.getpid())]
            self._process = subprocess.Popen([*self.command, *own])  # noqa: S603 -- our own settings

    def stop(self) -> None:
        """Let it finish what it sends."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
