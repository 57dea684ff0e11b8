"""Servers that are slow, endless, that lie or send bombs, on the real clock: each fetch ends in time and lets go."""

import gzip
import os
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from factcheck.intake.fetching.client import Client, FetchRefused, Limits
from factcheck.intake.fetching.wire import Gate
from tests.faults.figures import report
from tests.intake.fetching.serving import HTML, Play, Served, drip, page, serving

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
SECONDS, TIMES = (20.0, 10) if LONG else (2.0, 1)
GRACE = 1.5  # seconds: the machine has other things to do as well
LARGEST = Limits().size
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
ZEROS = gzip.compress(bytes(50_000_000), mtime=0)

pytestmark = [pytest.mark.faults]


def wait(wire: socket.socket) -> None:
    """Say nothing, until whoever asked hangs up."""
    while wire.recv(1):
        pass


def send_on(wire: socket.socket) -> None:
    """Lead elsewhere on the same server, late each time."""
    time.sleep(SECONDS / 4)
    wire.sendall(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\nContent-Length: 0\r\n\r\n" % time.monotonic_ns())


def refresh_on(wire: socket.socket) -> None:
    """The same by a page that sends its readers on."""
    time.sleep(SECONDS / 4)
    wire.sendall(page(b'<meta http-equiv="refresh" content="0; url=/%d">' % time.monotonic_ns()))


def shake_hands_slowly(wire: socket.socket) -> None:
    """A TLS handshake, a byte at a time."""
    for byte in b"\x16\x03\x03\x40\x00\x02" + bytes(16_000):
        wire.sendall(bytes([byte]))
        time.sleep(SECONDS / 40)


PLAYS: dict[str, Play | bytes] = {
    "silence": wait,
    "a byte at a time": drip(every=SECONDS / 20, endless=b"H"),
    "one header after the other": drip(b"HTTP/1.1 200 OK\r\n", every=SECONDS / 20, endless=b"X-More: 1\r\n"),
    "one header that grows": drip(HTML + b"X-Long: ", every=SECONDS / 20, endless=b"x"),
    "a body a byte at a time": drip(HTML + b"Content-Length: 100000\r\n\r\n", every=SECONDS / 20, endless=b"x"),
    "a body without a length": drip(HTML + b"\r\n", every=SECONDS / 20, endless=b"x"),
    "chunks of a byte": drip(CHUNKED, every=SECONDS / 20, endless=b"1\r\nx\r\n"),
    "the size of a chunk": drip(CHUNKED, every=SECONDS / 20, endless=b"0"),
    "trailers": drip(CHUNKED + b"0\r\n", every=SECONDS / 20, endless=b"X-More: 1\r\n"),
    "a head and no body": drip(HTML + b"Content-Length: 9\r\n\r\n", every=SECONDS / 20, endless=b""),
    "interim answers": drip(every=SECONDS / 40, endless=b"HTTP/1.1 102 Processing\r\n\r\n"),
    "redirects": send_on,
    "refreshing pages": refresh_on,
    "endless chunks": drip(CHUNKED, every=0, endless=b"10000\r\n" + bytes(65536) + b"\r\n"),
    "an endless body": drip(HTML + b"\r\n", every=0, endless=bytes(65536)),
    "an endless header": drip(HTML + b"X-Long: ", every=0, endless=b"x" * 65536),
    "ten thousand headers": HTML + b"X-More: 1\r\n" * 10_000 + b"Content-Length: 1\r\n\r\nx",
    "a length beyond reason": HTML + b"Content-Length: 99999999999\r\n\r\nshort",
    "a length that is not kept": HTML + b"Content-Length: 1000\r\n\r\nshort",
    "no HTTP": b"\x00\x01\x02\r\n\r\n",
    "a bomb": page(ZEROS, "Content-Encoding: gzip"),
    "a bomb in a bomb": page(gzip.compress(ZEROS, mtime=0), "Content-Encoding: gzip, gzip"),
    "a bomb, slowly": drip(
        HTML + b"Content-Encoding: gzip\r\n\r\n", ZEROS[:20_000], every=0.1, endless=ZEROS[20_000:20_100]
    ),
    "a TLS handshake": shake_hands_slowly,
}


def timed(fetch: Callable[[], object]) -> tuple[float, str]:
    """How long it took, and how it was refused."""
    began = time.monotonic()
    try:
        fetch()
    except FetchRefused as reason:
        return time.monotonic() - began, type(reason).__name__
    return time.monotonic() - began, ""


def time_often(fetch: Callable[[], object]) -> list[tuple[float, str]]:
    """The same for each of several times."""
    return [timed(fetch) for _ in range(TIMES)]


def asking(name: str, served: Served) -> Callable[[], object]:
    """A fetch from a server that plays this."""
    client, url = served.client(SECONDS), served.url()
    return partial(client.fetch, url.replace("http:", "https:") if name == "a TLS handshake" else url)


def forget_names() -> Callable[[], object]:
    """A fetch by a resolver that does not answer."""

    def never(_host: str, _port: int) -> Sequence[str]:
        threading.Event().wait(10 * SECONDS)
        return []

    client = Client(Gate(), replace(Limits(), seconds=SECONDS), resolve=never)
    return partial(client.fetch, "http://slow.example/")


def connections() -> int:
    """How many sockets this process has open."""
    found = 0
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # that of this very look
            found += str(handle.readlink()).startswith("socket:")
    return found


def test_each_fetch_ends_in_time_and_keeps_nothing() -> None:
    """All servers at once, each as often as it shall be: a slot for each server, and all of them come back."""
    before = connections()
    problems, took = [], []
    with ExitStack() as servers:
        fetches = {name: asking(name, servers.enter_context(serving(play))) for name, play in PLAYS.items()}
        with ThreadPoolExecutor(len(fetches)) as slots:
            answers = {name: slots.submit(time_often, fetch) for name, fetch in fetches.items()}
    for name, answer in answers.items():
        ended = answer.result()
        took += [seconds for seconds, _ in ended]
        problems += [f"{name}: {seconds:.1f} s" for seconds, _ in ended if seconds > SECONDS + GRACE]
        problems += [f"{name}: was taken" for _, refusal in ended if not refusal]
    ended = [timed(forget_names())]
    took += [seconds for seconds, _ in ended]
    problems += [f"a resolver: {seconds:.1f} s" for seconds, _ in ended if seconds > SECONDS + GRACE]
    deadline = time.monotonic() + 10
    while connections() > before and time.monotonic() < deadline:
        time.sleep(0.1)
    problems += [f"{connections() - before} connections are left"] if connections() > before else []

    slowest = round(max(took), 1)
    report("slow servers", n=len(took), faults=len(PLAYS), violations=problems, seed=0, took=took, slowest=slowest)
    assert problems == []


def test_the_control_with_a_time_limit_for_each_read_is_kept() -> None:
    """What most programs do: a limit that begins anew with each byte."""
    with serving(PLAYS["a body a byte at a time"]) as served:
        began = time.monotonic()

        def read() -> None:
            with urllib.request.urlopen(served.url(), timeout=SECONDS) as answer:
                while time.monotonic() - began < 2 * SECONDS and answer.read1(1):
                    pass

        read()
        held = time.monotonic() - began
    assert held > SECONDS + GRACE, "the control must be held, or the test above proves nothing"
