"""A hostile receiver of webhooks: takes, fails in every way, and keeps what it got."""

import random
import re
import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from standardwebhooks import Webhook, WebhookVerificationError

TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"
ENOUGH = 3  # failures of one message at one door; then it is taken
# What becomes of a request at the door that fails: bytes, then perhaps a wait.
FAULTS: Mapping[str, bytes] = {
    "500": b"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops",
    "429": b"HTTP/1.1 429 Too Many\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
    "reset": b"",
    "truncate": b"HTTP/1.1 20",
    "301": b"HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
    "410": b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
}
SLOW, NEVER = "slow", "never"


@dataclass
class Hostile:
    """Doors: `good` takes all, `flaky` fails up to three times each, `gone` says 410, `never` says nothing."""

    port: int
    pick: random.Random
    secrets: dict[str, str] = field(default_factory=dict)
    taken: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    again: Counter[str] = field(default_factory=Counter)
    bodies: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    faults: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    requests: int = 0
    _failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, door: str) -> str:
        """Where a door is."""
        return f"http://127.0.0.1:{self.port}/{door}"

    def answer(self, wire: socket.socket) -> None:
        """Take one request, or fail it."""
        wire.settimeout(60)
        door, headers, body = _read(wire)
        fault = self._note(door, headers, body)
        if fault == NEVER:
            time.sleep(30)
            return
        if fault == SLOW:
            time.sleep(0.5)
        time.sleep(0.02)  # what it takes to store a message
        wire.sendall(FAULTS.get(fault, TAKEN))
        if fault in ("", SLOW):
            with self._lock:
                message = headers["webhook-id"]
                self.again[door] += message in self.taken[door]
                self.taken[door].setdefault(message, time.time())

    def _note(self, door: str, headers: Mapping[str, str], body: bytes) -> str:
        """Keep what came; what shall become of it."""
        with self._lock:
            self.requests += 1
            message = headers.get("webhook-id", "")
            self.bodies[message].add(body)
            self._verify(door, headers, body)
            fault = {"gone": "410", "never": NEVER}.get(door, "")
            if door == "flaky" and self._failed[door, message] < ENOUGH:
                fault = self.pick.choice(("", SLOW, *(name for name in FAULTS if name != "410")))
                self._failed[door, message] += fault not in ("", SLOW)
            self.faults[fault] += bool(fault)
            return fault

    def _verify(self, door: str, headers: Mapping[str, str], body: bytes) -> None:
        if door not in self.secrets:
            self.problems.append(f"a request came to /{door}, which nobody was told of")
            return
        try:
            Webhook(self.secrets[door]).verify(body, dict(headers))
        except WebhookVerificationError as error:
            self.problems.append(f"a request to /{door} does not verify: {error}")


@contextmanager
def hostile(seed: int) -> Iterator[Hostile]:
    """One that listens."""
    door = socket.create_server(("127.0.0.1", 0), backlog=200)
    receiver = Hostile(door.getsockname()[1], random.Random(seed))

    def answer(wire: socket.socket) -> None:
        with wire, suppress(OSError, ValueError):
            receiver.answer(wire)

    def listen() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(door.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield receiver
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()


def _read(wire: socket.socket) -> tuple[str, dict[str, str], bytes]:
    """Door, headers and body; a sender that was killed in the middle ends it."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += _some(wire)
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers["content-length"]):
        body += _some(wire)
    door = re.fullmatch(r"\w+ /(\S*) HTTP/1\.1", first)
    return door[1] if door else first, headers, body


def _some(wire: socket.socket) -> bytes:
    some = wire.recv(65536)
    if not some:
        raise ConnectionResetError
    return some
