"""People at their browsers while servers fail: Ada adds articles, Ben decides pairs. They note what they were told."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.faults.browser import Answer, Browser

SERVER_ERROR = 500
READ, ACCEPTED, REFUSED = 200, 302, 422
PATIENCE = 120.0
# The form of the pair itself; the page may hold another, to take the last decision back.
DECISION = re.compile(r'/conflicts/([0-9a-f-]{36})/decide/.*?name="version" value="(\d+)"', re.DOTALL)


@dataclass
class Told:
    """What a visitor heard: when, how long it took, and the status (0: no answer)."""

    answers: list[tuple[float, float, int]] = field(default_factory=list)

    def errors_outside(self, excused: Sequence[tuple[float, float]]) -> list[str]:
        """Server errors at times when the database was there."""
        return [
            f"the web answered {status} at {at:.1f} after {took:.1f} s"
            for at, took, status in self.answers
            if (status >= SERVER_ERROR or status == 0) and not any(a <= at + took and at <= b for a, b in excused)
        ]

    def accepted_within(self, times: Sequence[tuple[float, float]]) -> int:
        """How many forms were accepted at these times, from the asking to the answer."""
        accepted = [(at, at + took) for at, took, status in self.answers if status == ACCEPTED]
        return sum(any(a <= start and end <= b for a, b in times) for start, end in accepted)

    def took(self) -> list[float]:
        """The seconds of every answer that was good."""
        return [took for _, took, status in self.answers if 0 < status < SERVER_ERROR]


@dataclass
class Visitor:
    """One person, signed in."""

    base: str
    name: str
    told: Told = field(default_factory=Told)

    def __post_init__(self) -> None:
        self.browser = Browser(self.base)
        self.browser.post("/sign-in/", username=self.name, password=self.name)

    def look(self, path: str) -> Answer:
        """Read a page and note the answer."""
        started = time.monotonic()
        return self._note(started, self.browser.look(path))

    def send(self, page: Answer, path: str, **fields: str) -> Answer:
        """Send a form and note the answer."""
        started = time.monotonic()
        return self._note(started, self.browser.send(page, path, **fields))

    def _note(self, started: float, answer: Answer) -> Answer:
        self.told.answers.append((started, time.monotonic() - started, answer.status))
        return answer


@dataclass
class Adding(Visitor):
    """Ada: adds each text, again where she was not told that it is there."""

    added: int = 0

    def add_all(self, texts: Sequence[str], over: threading.Event, may_go_on: Callable[[], bool]) -> None:
        """Add them one after another, each when the test says so."""
        page = self.look("/articles/add/")
        desk = re.search(r'name="desk" value="([0-9a-f-]+)"', page.text)
        assert desk is not None
        fields = {"desk": desk.group(1), "outlet": "Orla Post", "adds_outlet": "on", "published": "2026-03-01"}
        for text in texts:
            while not over.is_set() and not may_go_on():
                time.sleep(0.1)
            deadline = time.monotonic() + PATIENCE
            while not over.is_set() and time.monotonic() < deadline:
                answer = self.send(page, "/articles/add/", text=text, **fields)
                if answer.status == ACCEPTED or (answer.status == REFUSED and "already on the desk" in answer.text):
                    self.added += 1
                    break
                time.sleep(0.3)


@dataclass
class Deciding(Visitor):
    """Ben: takes the next pair and decides it; keeps what the workbench acknowledged."""

    acknowledged: dict[str, str] = field(default_factory=dict)

    def decide_all(self, over: threading.Event, pause: Callable[[], float]) -> None:
        """Until told to stop: conflict, then not, in turn."""
        turn = 0
        while not over.wait(pause()):
            page = self.look("/conflicts/next/")
            form = DECISION.search(page.text)
            if page.status != READ or form is None:
                continue
            decision = ("conflict", "compatible")[turn % 2]
            turn += 1
            pair, version = form.groups()
            if self.send(page, f"/conflicts/{pair}/decide/", version=version, decision=decision).status == ACCEPTED:
                self.acknowledged[pair] = decision
