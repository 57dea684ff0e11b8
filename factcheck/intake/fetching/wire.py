"""The way out: names resolved once, every address vetted, the vetted one connected to, one clock over everything."""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from httpcore2 import NetworkBackend, NetworkStream

from factcheck.intake.fetching.addresses import Address, read_literal, require_public
from factcheck.intake.fetching.errors import BrokenAnswer, ForbiddenAddress, NoAnswer, NoSuchHost, NotTrusted

MOST_ADDRESSES_TRIED = 4
Resolve = Callable[[str, int], Sequence[str]]


def resolve_name(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, as this machine's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may be connected to. Tests let their own servers through by `exempt`; `vets=False` is their control."""

    ports: frozenset[int] = frozenset({80, 443})
    exempt: frozenset[tuple[str, int]] = frozenset()
    vets: bool = True

    def check(self, address: Address, port: int) -> None:
        """Refuse an address or a port that nobody fetches from.

        Raises:
            ForbiddenAddress: in the same words for every cause.
        """
        if not self.vets or (str(address), port) in self.exempt:
            return
        if port not in self.ports:
            raise ForbiddenAddress
        require_public(address)


@dataclass(slots=True)
class Clock:
    """What is left of the time for one fetch, whatever the server does."""

    seconds: float
    began: float = field(default_factory=time.monotonic)

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most so many.

        Raises:
            NoAnswer: none are.
        """
        left = self.began + self.seconds - time.monotonic()
        if left <= 0:
            raise NoAnswer
        return left if most is None else min(left, most)


@dataclass(slots=True)
class Wire(NetworkBackend):
    """Connects for httpcore, to vetted addresses only."""

    gate: Gate
    clock: Clock
    resolve: Resolve
    connect_seconds: float

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """Connect to the first address that answers, once every one of them is found fit."""
        addresses = self._addresses(host, port)
        for address in addresses:
            self.gate.check(address, port)
        for address in addresses[:MOST_ADDRESSES_TRIED]:
            with suppress(OSError):
                return self._connect(address, port)
        raise NoAnswer

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> NetworkStream:
        """Never: nothing of the web is there."""
        raise ForbiddenAddress

    def _addresses(self, host: str, port: int) -> list[Address]:
        literal = read_literal(host)
        if literal is not None:
            return [literal]
        found = _in_time(lambda: self.resolve(host, port), self.clock)
        try:
            addresses = [ipaddress.ip_address(one) for one in found]
        except ValueError as error:  # a zone, or no address: nothing to connect to
            raise ForbiddenAddress from error
        if not addresses:
            raise NoSuchHost
        return addresses

    def _connect(self, address: Address, port: int) -> NetworkStream:
        family = socket.AF_INET if isinstance(address, ipaddress.IPv4Address) else socket.AF_INET6
        wire = socket.socket(family, socket.SOCK_STREAM)
        with ExitStack() as on_failure:
            on_failure.callback(wire.close)
            wire.settimeout(self.clock.left(self.connect_seconds))
            wire.connect((str(address), port))
            self._check_peer(wire, address)
            on_failure.pop_all()
        return Stream(wire, self.clock)

    @staticmethod
    def _check_peer(wire: socket.socket, address: Address) -> None:
        """Who answers is who was vetted, whatever stands between."""
        if ipaddress.ip_address(wire.getpeername()[0]) != address:
            raise ForbiddenAddress


@dataclass(slots=True)
class Stream(NetworkStream):
    """One connection, on the clock of its fetch: a byte a second runs out of time like silence."""

    wire: socket.socket
    clock: Clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        self.wire.settimeout(self.clock.left())
        try:
            return self.wire.recv(max_bytes)
        except TimeoutError as error:
            raise NoAnswer from error
        except OSError as error:
            raise BrokenAnswer from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self.wire.settimeout(self.clock.left())
        try:
            self.wire.sendall(buffer)
        except TimeoutError as error:
            raise NoAnswer from error
        except OSError as error:
            raise BrokenAnswer from error

    def close(self) -> None:
        """Hang up."""
        self.wire.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Ask who answers to prove the name that was asked for, not the address that was connected to."""
        self.wire.settimeout(self.clock.left())
        try:
            return Stream(ssl_context.wrap_socket(self.wire, server_hostname=server_hostname), self.clock)
        except TimeoutError as error:
            raise NoAnswer from error
        except ssl.SSLError as error:
            raise NotTrusted from error
        except OSError as error:
            raise BrokenAnswer from error
        finally:
            self.wire.close()  # wrapping took the descriptor over; where it failed, nothing is left open

    def get_extra_info(self, info: str) -> Any:
        """The socket, for whether it can still be read."""
        return self.wire if info == "socket" else None


def _in_time(ask: Callable[[], Sequence[str]], clock: Clock) -> Sequence[str]:
    """Ask the resolver, and wait no longer than there is time: it has a clock of its own, and a slow one."""
    found: list[Sequence[str]] = []

    def answer() -> None:
        with suppress(OSError, UnicodeError):
            found.append(ask())

    asking = threading.Thread(target=answer, name="resolve", daemon=True)
    asking.start()
    asking.join(clock.left())
    if asking.is_alive():
        raise NoAnswer
    return found[0] if found else []
