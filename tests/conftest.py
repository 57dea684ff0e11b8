"""What every test gets: no network, one `now`, the people; and the ledger's head after a flush."""

import gc
import socket
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from factcheck.ledger.models import LedgerHead
from factcheck.ledger.operations import RefuseWhen
from tests.factories import NOW
from tests.people import People, make_people

LOCAL = ("127.0.0.1", "::1", "localhost")

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What one run may leave to another: of what asks no database, the second database changes nothing."""
    parser.addoption("--asking-the-database", action="store_true", help="leave out tests that ask no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the option leaves out, and say how many."""
    if config.getoption("--asking-the-database"):
        config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
        items[:] = filter(_asks_the_database, items)


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "db" in fixtures or "transactional_db" in fixtures or bool(item.get_closest_marker("django_db"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end, so that looking for garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests talk to this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def now() -> datetime:
    """The time of every test."""
    return NOW


@pytest.fixture
def people(db: None) -> People:
    """Ada, Ben, Lea, Amir and their desk; Cleo and hers."""
    return make_people()


def guards() -> list[RefuseWhen]:
    """Every trigger that the migrations make."""
    planned = MigrationLoader(None, ignore_no_migrations=True).graph.nodes
    return [step for migration in planned.values() for step in migration.operations if isinstance(step, RefuseWhen)]


@pytest.fixture
def _whole_after_flush(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A flush deletes what triggers guard, and the head row; give both back to the tests that follow."""
    yield
    with django_db_blocker.unblock():
        LedgerHead.objects.get_or_create(pk=1)
        _run(sql for guard in guards() for sql in guard.creation(connection.vendor))


@pytest.fixture
def transactional_db(_whole_after_flush: None, transactional_db: None) -> Iterator[None]:
    """A database with real transactions; flushed at its end."""
    yield
    _run(sql for guard in guards() for sql in guard.removal(connection.vendor))


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
