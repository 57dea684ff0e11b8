"""A session that cannot be stored: ended meanwhile, or with the database away, which is another matter."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from factcheck.workbench.sessions import SEEN
from tests.people import People


@contextmanager
def no_session_is_stored() -> Iterator[None]:
    """The database goes away in the moment in which a session is written."""

    def cut(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE") and Session._meta.db_table in sql:
            raise OperationalError("terminating connection due to administrator command")
        return execute(sql, *rest)

    with connection.execute_wrapper(cut):
        yield


@pytest.fixture
def ben(people: People) -> Client:
    """Ben, whose use of his session is due to be noted."""
    client = Client(raise_request_exception=False)
    client.force_login(people.ben)
    client.get("/")
    session = client.session
    session[SEEN] = (timezone.now() - timedelta(minutes=2)).timestamp()
    session.save()
    return client


def test_a_database_away_when_the_session_is_stored_asks_to_come_back(ben: Client) -> None:
    with no_session_is_stored():
        machine, page = ben.get("/api/v1/claims"), ben.get("/")

    assert (machine.status_code, machine.json()["code"]) == (503, "unavailable")
    assert machine.headers["Retry-After"]
    assert page.status_code == 503


def test_an_ended_session_is_not_taken_for_a_database_away(ben: Client) -> None:
    session = ben.session
    session[SEEN] = 1.0
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
