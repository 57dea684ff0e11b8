import contextlib
import time

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
    transaction,
)

from factcheck.ledger.absence import is_database_away

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no sessions to cut")


@pytest.mark.parametrize("error", [OperationalError(), InterfaceError()])
def test_a_lost_connection_is_an_absence(error: DatabaseError) -> None:
    assert is_database_away(error)


@pytest.mark.parametrize("error", [IntegrityError(), InternalError(), KeyError(), None])
def test_what_was_asked_wrongly_is_none(error: Exception | None) -> None:
    assert not is_database_away(error)


def stand_still() -> None:
    """Do nothing inside a transaction for longer than the database allows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
        time.sleep(0.5)
        cursor.execute("SELECT 1")


def go_on_after_an_error() -> None:
    """Ask for something in a transaction that has failed."""
    with transaction.atomic(), connection.cursor() as cursor:
        with contextlib.suppress(DatabaseError):
            cursor.execute("SELECT 1 FROM nowhere")
        cursor.execute("SELECT 1")


@on_postgresql
def test_a_session_that_was_cut_in_the_middle_of_a_change_is_an_absence(transactional_db: None) -> None:
    with pytest.raises(DatabaseError) as cut:
        stand_still()

    assert is_database_away(cut.value)
    connection.close()


@on_postgresql
def test_going_on_in_a_transaction_that_failed_is_our_own_fault(transactional_db: None) -> None:
    with pytest.raises(InternalError) as ours:
        go_on_after_an_error()

    assert not is_database_away(ours.value)
