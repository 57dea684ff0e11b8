"""Programs and browsers that ask the API."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factcheck.newsroom.models import AccessToken, Desk, Scope, User
from factcheck.newsroom.tokens import NewToken, create_token


class Caller(Client):
    """A client that speaks JSON."""

    def send(self, method: str, path: str, body: Any = None, **headers: Any) -> Any:
        """Send JSON; headers by their names with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        raw = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        return self.generic(method.upper(), path, raw, content_type="application/json", headers=named)

    def see(self, path: str, **headers: Any) -> Any:
        """Read what must be there."""
        answer = self.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        assert answer.status_code == 200, answer.content
        return answer.json()


Asks = Callable[[User], Caller]
Programs = Callable[..., Caller]
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    """No test counts another's requests."""
    cache.clear()


@pytest.fixture
def asks() -> Asks:
    """A signed-in person's browser."""

    def caller(person: User) -> Caller:
        client = Caller()
        client.force_login(person)
        return client

    return caller


def make_token(person: User, desk: Desk, *scopes: Scope, lasts: timedelta = A_DAY) -> tuple[AccessToken, str]:
    """A token of a lead or administrator, valid from now."""
    return create_token(NewToken("wire", scopes, lasts), desk, person, timezone.now())


@pytest.fixture
def program() -> Programs:
    """A program with a token of a person."""

    def caller(person: User, desk: Desk, *scopes: Scope) -> Caller:
        _, key = make_token(person, desk, *scopes)
        return Caller(headers={"authorization": f"Bearer {key}"})

    return caller
