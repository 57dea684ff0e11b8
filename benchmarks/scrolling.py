"""Whether a long article with many statements scrolls smoothly: the browser's own long tasks, counted while one reads.

`python tests/with_chromium.py python -m benchmarks.scrolling [--statements 300]`; needs Debian's Chromium.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from benchmarks.reader import Figure
from benchmarks.texts import MONTHS, PEOPLE, PLACES, THINGS
from tests.journeys.running import CHROMIUM_FLAGS, Newsroom, running_newsroom

LONGEST: Final = 50  # milliseconds that a task may keep the page from answering (the W3C's Long Tasks: what is longer)
WHEEL, STEPS = 240, 40  # pixels a turn of the wheel; cards gone through by key
ANALYZED_WITHIN, PAIRED_WITHIN = 120_000, 60  # milliseconds; seconds
WATCH = """() => {
  window.long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ type: "longtask", buffered: BUFFERED });
}"""
_MARKS: Final = {True: "met", False: "MISSED", None: ""}


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=300)
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as data, running_newsroom(Path(data)) as newsroom:
        for figure in measure(newsroom, make_article(options.statements)):
            missed += figure.is_met is False
            print(f"{figure.name:62} {figure.value:>28}  {_MARKS[figure.is_met]}", flush=True)
    return 1 if missed else 0


def make_article(statements: int) -> str:
    """An article in which each sentence is somebody's, about ten words long, and each tenth denies the one before."""
    pick = random.Random(20261130)
    sentences: list[str] = []
    for number in range(statements):
        first, second = pick.sample(PEOPLE, 2)
        cost = f"the {pick.choice(PLACES)} {pick.choice(THINGS)} cost {number + 2} million in {pick.choice(MONTHS)}."
        denies = sentences and not number % 10
        said = f"{second} denied that {sentences[-1].partition(' said ')[2]}" if denies else f"{first} said {cost}"
        sentences.append(said)
    paragraphs = [" ".join(sentences[first : first + 3]) for first in range(0, statements, 3)]
    return "\n\n".join(["What everybody said", *paragraphs])


def measure(newsroom: Newsroom, text: str) -> Iterator[Figure]:
    """Add the article as a reviewer would, open it, and read it from top to bottom and back."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(CHROMIUM_FLAGS))
        page = browser.new_page(base_url=newsroom.base, viewport={"width": 1440, "height": 900})
        address = add_article(page, newsroom, text)
        page.goto(address, wait_until="load")
        yield Figure("words of the article", str(len(text.split())))
        yield Figure("statements, threads between them", count(page, ".note") + ", " + count(page, ".threads path"))
        yield longest("opening it: the longest task", watched(page, lambda: None, buffered=True), None)
        yield longest("turning the wheel: the longest task", watched(page, lambda: turn_wheel(page)), LONGEST)
        yield longest(f"{STEPS} cards by key: the longest task", watched(page, lambda: step_on(page)), None)
        browser.close()


def add_article(page: Page, newsroom: Newsroom, text: str) -> str:
    """Paste it, wait until it has been read, and give its address."""
    page.goto("/sign-in/")
    page.get_by_label("Name").fill("ben")
    page.get_by_label("Password").fill(newsroom.passwords["ben"])
    page.get_by_role("button", name="Sign in").click()
    page.goto("/articles/add/")
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Add and analyze").click()
    page.locator(".note").first.wait_for(timeout=ANALYZED_WITHIN)
    for _ in range(PAIRED_WITHIN):
        if int(count(page, ".threads path")):
            break
        page.wait_for_timeout(1000)
        page.reload(wait_until="load")
    return page.url


def count(page: Page, selector: str) -> str:
    """How many of them the page has."""
    return str(page.locator(selector).count())


def watched(page: Page, act: Callable[[], None], *, buffered: bool = False) -> list[float]:
    """The long tasks of the page while somebody acts, in milliseconds; with those since it was opened, if asked."""
    page.evaluate(WATCH.replace("BUFFERED", str(buffered).lower()))
    act()
    page.wait_for_timeout(500)
    return [float(task) for task in page.evaluate("long")]


def turn_wheel(page: Page) -> None:
    """To the end of the page and back, a turn in each picture."""
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.mouse.move(600, 450)
    for turn in (WHEEL, -WHEEL):
        for _ in range(height // WHEEL + 1):
            page.mouse.wheel(0, turn)
            page.evaluate("new Promise(requestAnimationFrame)")


def step_on(page: Page) -> None:
    """From card to card by key."""
    for _ in range(STEPS):
        page.keyboard.press("j")
        page.evaluate("new Promise(requestAnimationFrame)")


def longest(name: str, tasks: list[float], most: float | None) -> Figure:
    """The longest of them, and whether it is short enough; the browser tells of none below 50 ms."""
    value = f"{max(tasks):.0f} ms ({len(tasks)} of them)" if tasks else f"none over {LONGEST} ms"
    return Figure(name, value, None if most is None else max(tasks, default=0) <= most)


if __name__ == "__main__":
    sys.exit(main())
