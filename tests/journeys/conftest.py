"""A running newsroom, and a browser to use it with."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.journeys.running import CHROMIUM_FLAGS, Newsroom, running_newsroom


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """One for all journeys of this process."""
    with running_newsroom(tmp_path_factory.mktemp("newsroom"), "tests.journeys.settings") as newsroom:
        yield newsroom


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(CHROMIUM_FLAGS))


REFUSED_ON_PURPOSE = (
    "/nothing/",
    "/decide/",
    "/draft/",
    "/verdict/",
    "/comments/",
)  # Chromium notes each answer that is no success
FOUND = 302
Person = Callable[..., Page]


def type_into_form(page: Page, name: str, password: str) -> None:
    """As people sign in."""
    page.goto("/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/")


def send_form(context: BrowserContext, name: str, password: str) -> None:
    """The same, but that nobody sees the page."""
    fields = {"username": name, "password": password}
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', context.request.get("/sign-in/").text())
    assert found is not None
    answer = context.request.post("/sign-in/", form={**fields, "csrfmiddlewaretoken": found[1]}, max_redirects=0)
    assert answer.status == FOUND


@pytest.fixture
def person(newsroom: Newsroom, browser: Browser) -> Iterator[Person]:
    """Sign somebody in, in a window of their own; any complaint of the browser fails the test.

    The form is sent as the browser sends it, unless somebody shall type into it.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        if message.type in ("error", "warning") and not address.endswith(REFUSED_ON_PURPOSE):
            complaints.append(f"{message.text} {address}")

    def sign_in(name: str, *, types: bool = False, **options: object) -> Page:
        context = browser.new_context(base_url=newsroom.base, **options)  # type: ignore[arg-type]  # of new_context
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if types:
            type_into_form(page, name, newsroom.passwords[name])
        else:
            send_form(context, name, newsroom.passwords[name])
            page.goto("/")
        return page

    newsroom.forget_acts()
    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []
