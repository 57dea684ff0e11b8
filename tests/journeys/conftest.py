"""The demo newsroom, run by the command that people run, and a browser to use it with."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.faults.installation import ROOT, Installation, wait_until
from tests.faults.ports import free_port

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
QUIETER = ("--disable-component-update", "--disable-sync")
READY_WITHIN = 90.0


@dataclass(frozen=True)
class Newsroom:
    """A running workbench: where it answers, what it printed, and how people sign in."""

    base: str
    printed: Path
    passwords: dict[str, str]
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """`manage.py run` on an empty folder, until it says that it serves; Ctrl-C at the end."""
    folder = tmp_path_factory.mktemp("newsroom")
    port, printed = free_port(), folder / "printed"
    command = [sys.executable, "manage.py", "run", "--port", str(port)]
    with printed.open("wb") as output:
        environment = Installation(folder).environment
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    assert wait_until(lambda: "Serving on" in printed.read_text(), READY_WITHIN), printed.read_text()
    rows = json.loads((folder / "demo_sign_ins.json").read_text())
    yield Newsroom(f"http://127.0.0.1:{port}", printed, {name: password for name, _, password in rows}, process)
    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 0, printed.read_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=[*QUIET, *QUIETER])


Person = Callable[..., Page]


@pytest.fixture
def person(newsroom: Newsroom, browser: Browser) -> Iterator[Person]:
    """Sign somebody in, in a window of their own; any complaint of the browser fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def sign_in(name: str, **options: object) -> Page:
        context = browser.new_context(base_url=newsroom.base, **options)  # type: ignore[arg-type]  # of new_context
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/sign-in/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(newsroom.passwords[name])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []
