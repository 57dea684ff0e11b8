"""One request and its answer: JSON over HTTP, tried again where that may help and cannot do harm."""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener
from uuid import uuid4

from factcheck_client.errors import Unreachable, refusal

AGAIN: Final = frozenset({429, 502, 503, 504})
LONGEST_WAIT: Final = 120.0  # seconds; whoever is told to wait longer is told so instead


class _NoRedirect(HTTPRedirectHandler):
    """A token goes to the server that it was made for and to no other."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nowhere."""


@dataclass(slots=True)
class Transport:
    """Sends requests to one server.

    Every writing request carries an Idempotency-Key of its own, the same whenever it is sent again: an answer that got
    lost on its way is given again, and nothing is done twice.
    """

    base: str
    token: str = ""
    tries: int = 4
    timeout: float = 30.0
    sleep: Callable[[float], object] = time.sleep
    _opener: OpenerDirector = field(default_factory=lambda: build_opener(_NoRedirect), init=False)

    def get(self, path: str, parameters: Mapping[str, object] | None = None) -> Any:
        """Read."""
        told = {name: str(value) for name, value in (parameters or {}).items() if value is not None}
        return self._send(self._request(path + (f"?{urlencode(told)}" if told else "")))

    def post(self, path: str, body: Mapping[str, object], key: str | None = None) -> Any:
        """Write, once, however often it is sent."""
        request = self._request(path, json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", key or str(uuid4()))
        return self._send(request)

    def _request(self, path: str, body: bytes | None = None) -> Request:
        request = Request(f"{self.base.rstrip('/')}/api/v1/{path}", data=body)  # noqa: S310 -- the caller's own server
        request.add_header("Accept", "application/json")
        request.add_header("User-Agent", "factcheck-client/0.1")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        return request

    def _send(self, request: Request) -> Any:
        for attempt in range(1, self.tries + 1):
            try:
                with self._opener.open(request, timeout=self.timeout) as answer:
                    return json.loads(answer.read())
            except HTTPError as error:
                wait = self._wait(error, attempt)
                if wait is None:
                    raise refusal(error.code, _problem_of(error)) from None
            except (URLError, HTTPException, OSError) as error:
                if attempt == self.tries:
                    words = f"{self.base} did not answer: {getattr(error, 'reason', error)}."
                    raise Unreachable(words) from error
                wait = _back_off(attempt)
            self.sleep(wait)
        raise AssertionError  # the last attempt returns or raises

    def _wait(self, error: HTTPError, attempt: int) -> float | None:
        """How long to wait before the next attempt; None where there shall be none."""
        if error.code not in AGAIN or attempt == self.tries:
            return None
        asked = _retry_after(error.headers.get("Retry-After", ""))
        if asked is None:
            return _back_off(attempt)
        return asked if asked <= LONGEST_WAIT else None


def _back_off(attempt: int) -> float:
    """Longer each time, and not at the same moment as everybody else."""
    return random.uniform(0.5, 1.0) * 2.0 ** (attempt - 1)  # noqa: S311 -- spreads, hides nothing


def _retry_after(said: str) -> float | None:
    """Seconds, or until a moment."""
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _problem_of(error: HTTPError) -> Mapping[str, Any]:
    try:
        said = json.loads(error.read())
    except (ValueError, OSError):
        return {}
    return said if isinstance(said, dict) else {}
