from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from factcheck.newsroom.models import User

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
