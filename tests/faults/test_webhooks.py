"""The sender of webhooks killed again and again before a hostile receiver: nothing lost, the same bytes each time."""

import contextlib
import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.figures import report
from tests.faults.installation import Installation, Worker, children_of, kill, wait_until
from tests.faults.receivers import Hostile, hostile

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
MESSAGES, KILLS = (500, 50) if LONG else (60, 6)
SEED = 20260306
LIVE = ("good", "flaky")
SETUP = """
import json
from django.utils import timezone
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import Desk, User
from factcheck.publishing.webhooks.addressing import address
from factcheck.publishing.webhooks.endpoints import NewWebhook, add_webhook
desk, lea = Desk.objects.get(slug="city"), User.objects.get(username="lea")
secrets = {{}}
for door in {doors}:
    secrets[door] = add_webhook(NewWebhook("{site}" + door, description=door), desk, lea, timezone.now())[1]
for number in range({count}):
    with record_change(actor=None, now=timezone.now()) as change:
        body = {{"type": "review.published", "data": {{"id": str(desk.pk), "revision": number, "ü": "“said”"}}}}
        address(change, "review.published", body, desk.pk)
print(json.dumps(secrets))
"""
# Days pass between attempts; here they pass at once.
HASTEN = (
    "UPDATE publishing_delivery SET next_attempt_at = created_at WHERE state = 'pending' AND lease_until IS NULL",
    "UPDATE publishing_webhookendpoint SET paused_until = NULL WHERE paused_until IS NOT NULL",
)

pytestmark = [pytest.mark.faults]


@contextlib.contextmanager
def hastened(installation: Installation) -> Iterator[None]:
    """Let time pass quickly."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(1.0):
            with (
                contextlib.suppress(sqlite3.OperationalError),
                contextlib.closing(sqlite3.connect(installation.folder / "factcheck.sqlite3", timeout=20)) as database,
            ):
                for statement in HASTEN:
                    database.execute(statement)
                database.commit()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def senders_of(worker: Worker) -> list[int]:
    """Its process that sends, if there is one now."""
    found = []
    for pid in children_of(worker.pid):
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            found += [pid] if b"deliver" in words or b"tests.faults.marking" in words else []
    return found


def kill_sender(worker: Worker, receiver: Hostile, pick: random.Random) -> bool:
    """SIGKILL in the middle of its work; whether there was one."""
    seen = receiver.requests
    if not wait_until(lambda: senders_of(worker) and receiver.requests > seen, 60, every=0.02):
        return False
    time.sleep(pick.uniform(0, 0.3))
    for pid in senders_of(worker):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return True


def run(folder: Path, receiver: Hostile, *, settings: str, doors: tuple[str, ...]) -> tuple[Installation, int]:
    """Send all messages through one worker whose sender is killed; the installation, and how often that was."""
    named = {"FACTCHECK_WEBHOOK_RECEIVERS": f"127.0.0.1:{receiver.port}"}
    installation = Installation(folder, settings, named)
    installation.set_up()
    made = installation.ask(SETUP.format(doors=doors, site=receiver.url(""), count=MESSAGES))
    assert isinstance(made, dict)
    receiver.secrets.update(made)
    pick, kills, worker = random.Random(SEED), 0, installation.start("worker")
    live = [door for door in LIVE if door in doors]
    query = "SELECT count(*) FROM publishing_delivery d JOIN publishing_webhookendpoint e ON e.id = d.endpoint_id "
    query += f"WHERE d.state = 'pending' AND e.description IN ({', '.join(repr(door) for door in live)})"
    try:
        with hastened(installation):
            while kills < KILLS and installation.rows(query) != [(0,)]:
                kills += kill_sender(worker, receiver, pick)
                if kills % 10 == 5:  # and now and then the worker with it
                    kill(worker, whole_group=True)
                    worker = installation.start("worker")
            wait_until(lambda: installation.rows(query) == [(0,)], 600 if LONG else 150)
    finally:
        kill(worker, whole_group=True)
    return installation, kills


def lost(installation: Installation, receiver: Hostile, doors: tuple[str, ...]) -> list[str]:
    """Messages that a receiver that lives never took."""
    rows = installation.rows("SELECT id FROM ledger_outboxmessage")
    there = {hex_of(pk) for (pk,) in rows}
    return [
        f"/{door} never got {message}"
        for door in doors
        for message in sorted(there - {hex_of(one) for one in receiver.taken[door]})
    ]


def hex_of(pk: object) -> str:
    return str(pk).replace("-", "")


def delays(installation: Installation, receiver: Hostile) -> list[float]:
    """Seconds from when each message was written to when the good door had it; what waited for a worker included."""
    rows = installation.rows("SELECT id, created_at FROM ledger_outboxmessage")
    written = {hex_of(pk): datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() for pk, at in rows}
    return [at - written[hex_of(message)] for message, at in receiver.taken["good"].items()]


def test_nothing_is_lost_and_each_attempt_is_the_same(tmp_path: Path) -> None:
    with hostile(SEED) as receiver:
        installation, kills = run(
            tmp_path, receiver, settings="config.settings", doors=("good", "flaky", "gone", "never")
        )
        violations = [*lost(installation, receiver, LIVE), *receiver.problems, *installation.violations()]
        violations += [
            f"{message} came with two bodies" for message, found in receiver.bodies.items() if len(found) > 1
        ]
        gone = installation.rows("SELECT disabled_because FROM publishing_webhookendpoint WHERE description = 'gone'")
        violations += [] if gone == [("gone",)] else ["410 did not switch the webhook off"]
    taken = sum(len(receiver.taken[door]) for door in LIVE)
    report(
        "webhooks, sender killed",
        n=MESSAGES * len(LIVE),
        faults=kills + receiver.faults.total(),
        violations=violations,
        took=delays(installation, receiver),
        seed=SEED,
        kills=kills,
        answers=dict(receiver.faults),
        requests=receiver.requests,
        repeated=round(sum(receiver.again.values()) / max(taken, 1), 4),
    )
    assert kills >= KILLS - 1
    assert violations == []


def test_the_control_that_marks_before_it_sends_loses_some(tmp_path: Path) -> None:
    with hostile(SEED) as receiver:
        installation, kills = run(tmp_path, receiver, settings="tests.faults.settings_marking", doors=("good",))
        violations = lost(installation, receiver, ("good",))
    report(
        "webhooks, control that marks before it sends",
        n=MESSAGES,
        faults=kills,
        violations=violations,
        took=delays(installation, receiver),
        seed=SEED,
        kills=kills,
    )
    assert violations, "the control must lose something, or the test above proves nothing"
