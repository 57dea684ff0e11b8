from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from factcheck.claims.models import Rating
from factcheck.newsroom.models import Role, User
from tests.factories import make_scale
from tests.people import People, make_person

SignedIn = Callable[[User], Client]


@pytest.fixture
def signed_in() -> SignedIn:
    """A browser with a person signed in."""

    def browser(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def rita(people: People) -> User:
    """Another reviewer."""
    return make_person("Rita", people.desk, Role.REVIEWER)


@pytest.fixture
def ratings(people: People) -> list[Rating]:
    return make_scale(people.desk)
