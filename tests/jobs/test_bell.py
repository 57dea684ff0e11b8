"""The doorbell, on whichever broker the suite runs: in memory, or Redis by tests/with_redis.py."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings

from factcheck.jobs import bell, triggers
from tests.factories import make_article
from tests.people import make_people
from tests.with_redis import free_port

ROOT = Path(__file__).parent.parent.parent

with_redis = pytest.mark.skipif(not settings.REDIS_URL, reason="runs in `tests/with_redis.py`, as make test does")


@pytest.fixture
def quiet() -> None:
    """Nobody has rung yet."""
    current_app.control.purge()


def soon(count: int, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and bell.count_unheard() != count:
        time.sleep(0.02)
    return bell.count_unheard() == count


def test_ringing_leaves_a_message_that_names_nothing(quiet: None) -> None:
    bell.ring()
    bell.ring()

    assert bell.count_unheard() == 2
    with current_app.connection_for_read() as connection:
        message = connection.default_channel.basic_get(current_app.conf.task_default_queue)
    assert message.payload[:2] == [[], {}]


@with_redis
def test_a_job_that_commits_rings(quiet: None, transactional_db: None) -> None:
    people = make_people()
    make_article(people.desk, people.ada)

    assert triggers._bell._thread is not None
    assert soon(1)


AWAY = """
import django; django.setup()
from factcheck.jobs import bell
try:
    bell.ring()
except bell.BrokerAway:
    print("away")
many = bell.Bell()
for _ in range(1000):
    many.ring_soon()
print(many._thread.name)
"""


@pytest.mark.thorough
def test_ringing_gives_up_at_once_where_redis_is_away() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    environment["REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"

    done = subprocess.run(
        [sys.executable, "-c", AWAY], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=False
    )

    assert done.stdout.split() == ["away", "bell"]
    assert done.stderr.count("the broker is away") <= 1
