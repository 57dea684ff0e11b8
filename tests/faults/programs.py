"""A program at the API that writes verdicts while the database restarts, and asks again where it was not answered."""

import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.faults.browser import Browser

OK, CREATED, CONFLICT, STALE, SERVER_ERROR = 200, 201, 409, 412, 500


@dataclass(frozen=True, slots=True)
class Reply:
    """Status (0: none came), body and ETag."""

    status: int
    body: Any = None
    etag: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether the write may or may not have been done."""
        return self.status == 0 or self.status >= SERVER_ERROR


@dataclass
class Writer:
    """One person's program: cites a source and rewrites the verdict, in turn."""

    base: str
    name: str
    claim: str
    keyed: bool = True
    summaries: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    unknown: int = 0
    bare: list[str] = field(default_factory=list)
    replies: list[tuple[float, float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = Browser(self.base)
        self.browser.post("/sign-in/", username=self.name, password=self.name)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.browser.get("/"))
        assert token is not None
        self.token = token.group(1)
        taken = self.ask("POST", f"claims/{self.claim}/take", {})
        assert taken.status == OK, taken
        started = self.ask("POST", f"claims/{self.claim}/verdicts", {})
        assert started.status == CREATED, started
        self.path = f"verdicts/{started.body['id']}"

    def write_all(self, over: threading.Event) -> None:
        """Write until told to stop."""
        path, number, etag = self.path, 0, "*"
        while not over.is_set():
            number += 1
            word = f"{self.name} wrote {number}"
            if number % 5:
                etag = self.write("PUT", path, {"summary": word, "reasoning": word}, etag)
                self.summaries.append(word)
            else:
                etag = self.write("POST", f"{path}/evidence", {"title": word, "bearing": "supports"}, etag)
                self.titles.append(word)

    def write(self, method: str, path: str, body: Mapping[str, str], etag: str) -> str:
        """Write until acknowledged; the new ETag."""
        key = str(uuid4())
        thing = path.removesuffix("/evidence")
        while True:
            reply = self.ask(method, path, body, etag, key)
            self.unknown += reply.is_unknown
            is_overtaken = reply.status == STALE and not self.keyed  # by its own request, which was thought lost
            if reply.is_unknown or reply.status == CONFLICT or is_overtaken:
                time.sleep(0.2)
                # The careless program takes an error for "not done": it looks again and writes anew.
                etag = etag if self.keyed else self.ask("GET", thing).etag or etag
                continue
            assert reply.status in (OK, CREATED), reply
            return reply.etag

    def ask(
        self, method: str, path: str, body: Mapping[str, str] | None = None, etag: str = "", key: str = ""
    ) -> Reply:
        """One request."""
        headers = {"Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": self.token}
        headers |= {"If-Match": etag} if etag else {}
        headers |= {"Idempotency-Key": key} if key and self.keyed else {}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1/{path}", data, headers, method=method)
        started = time.monotonic()
        reply = self._answer(request)
        self.replies.append((started, time.monotonic() - started, reply.status))
        return reply

    def _answer(self, request: urllib.request.Request) -> Reply:
        try:
            with self.browser.opener.open(request, timeout=60) as answer:
                return Reply(answer.status, json.loads(answer.read()), answer.headers.get("ETag", ""))
        except urllib.error.HTTPError as refused:
            said = refused.read().decode(errors="replace")[:300]
            if refused.code >= SERVER_ERROR and not says_when(refused):
                self.bare.append(f"a server error without a document or a time to come back: {refused.code} {said}")
            return Reply(refused.code, said)
        except (OSError, ValueError):
            return Reply(0)


def says_when(refused: urllib.error.HTTPError) -> bool:
    """Whether an error is a problem document that says when to ask again."""
    return refused.headers.get_content_type() == "application/problem+json" and "Retry-After" in refused.headers
