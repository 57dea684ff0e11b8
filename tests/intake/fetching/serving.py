"""Servers for the client's tests: each answers every connection with one play, and says what it was asked."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from factcheck.intake.fetching.client import Client, Limits
from factcheck.intake.fetching.wire import Gate

Play = Callable[[socket.socket], None]
NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


@dataclass(slots=True)
class Served:
    """A server on this machine, and what it was asked."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def client(self, seconds: float = 5) -> Client:
        return Client(Gate(exempt=frozenset({("127.0.0.1", self.port)})), Limits(connect_seconds=2, seconds=seconds))


@contextmanager
def serving(play: Play | bytes | dict[str, bytes]) -> Iterator[Served]:
    """A server that plays this to whoever comes; bytes are sent as they are, by path where they are several."""
    door = socket.create_server(("127.0.0.1", 0))
    served = Served(door.getsockname()[1])

    def answer(wire: socket.socket) -> None:
        with wire, suppress(OSError):
            asked = _whole(wire)
            served.asked.append(asked)
            if callable(play):
                play(wire)
                return
            path = asked.split(b" ")[1].decode()
            wire.sendall(play if isinstance(play, bytes) else play.get(path, NOTHING))

    def listen() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(door.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield served
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()


def _whole(wire: socket.socket) -> bytes:
    """A request with all of its body."""
    asked = wire.recv(65536)
    head, _, _ = asked.partition(b"\r\n\r\n")
    told = re.search(rb"content-length: (\d+)", head.lower())
    size = len(head) + 4 + int(told[1]) if told else 0
    while len(asked) < size and (more := wire.recv(65536)):
        asked += more
    return asked


def drip(*pieces: bytes, every: float = 0.05, endless: bytes = b"") -> Play:
    """Send pieces, then one more piece again and again, for as long as anybody listens."""

    def play(wire: socket.socket) -> None:
        for piece in pieces:
            wire.sendall(piece)
        while endless:
            wire.sendall(endless)
            time.sleep(every)

    return play


def page(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """An answer as a well-behaved server gives it."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
