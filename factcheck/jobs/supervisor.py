"""Web, worker and the rest as processes of one command: started together, restarted if one dies, drained together."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import FrameType

from django.conf import settings
from django.core.management.base import CommandError

DRAIN = 25.0  # seconds a process may take to finish what it does
READY_WITHIN = 30.0
CALM = 10.0  # a process that lived this long may be restarted at once
PR_SET_PDEATHSIG = 1  # of Linux' prctl


@dataclass(slots=True)
class _Process:
    name: str
    command: Sequence[str]
    handle: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_at: float = 0.0
    falls: int = 0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches only the supervisor, which drains its children in order.
        own = settings.PROCESS_ENVIRONMENT | os.environ
        self.handle = subprocess.Popen(  # noqa: S603 -- our own settings
            self.command,
            start_new_session=True,
            env=own,
            preexec_fn=partial(_end_with, os.getpid()),  # noqa: PLW1509 -- before any thread
        )
        self.started = time.monotonic()

    @property
    def is_alive(self) -> bool:
        return self.handle is not None and self.handle.poll() is None


@dataclass(slots=True)
class Supervisor:
    """Keeps the named commands running until it is told to stop."""

    commands: Mapping[str, Sequence[str]]
    is_stopping: bool = False
    _processes: list[_Process] = field(default_factory=list)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Start everything; on the way out drain it, whatever happened inside."""
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        self._processes = [_Process(name, command) for name, command in self.commands.items()]
        try:
            for process in self._processes:
                process.start()
            yield
        finally:
            self.drain()
            for number, handler in before.items():
                signal.signal(number, handler)

    def watch(self) -> None:
        """Restart what dies, later each time it dies young, until told to stop."""
        while not self.is_stopping:
            self.tend()
            time.sleep(0.2)

    def tend(self) -> None:
        """Look once after every process."""
        for process in self._processes:
            if process.is_alive or self.is_stopping:
                continue
            if process.restart_at == 0.0:
                lived = time.monotonic() - process.started
                process.falls = 0 if lived > CALM else process.falls + 1
                process.restart_at = time.monotonic() + min(2.0**process.falls - 1, 30.0)
            if time.monotonic() >= process.restart_at:
                process.restart_at = 0.0
                process.start()

    def drain(self) -> None:
        """Ask every process to finish, wait, and kill what does not."""
        self.is_stopping = True
        deadline = time.monotonic() + DRAIN
        for process in self._processes:
            _signal(process, signal.SIGTERM)
        for process in self._processes:
            if process.handle is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.handle.wait(max(deadline - time.monotonic(), 0.1))
                _signal(process, signal.SIGKILL)

    def has_fallen(self, name: str) -> bool:
        """Whether a process died right after its start: its port is taken, or its settings are wrong."""
        return any(process.name == name and not process.is_alive for process in self._processes)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_stopping = True


def require_free(host: str, port: int) -> None:
    """Go on only where we can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be used ({error}). Take another: make run PORT=8001") from error


def wait_until_serving(supervisor: Supervisor, host: str, port: int) -> None:
    """Wait until the web process answers, or say that it does not."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not supervisor.is_stopping:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        if supervisor.has_fallen("web"):
            raise CommandError("The web process did not start; its own words stand above.")
        time.sleep(0.05)
    if not supervisor.is_stopping:
        raise CommandError(f"The web process did not answer within {READY_WITHIN:.0f} seconds.")


def _end_with(supervisor: int) -> None:
    """In a child: ask Linux for SIGTERM when the supervisor dies, however it dies. Elsewhere it outlives a SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:  # it died in between
            os._exit(1)


def _signal(process: _Process, number: signal.Signals) -> None:
    if not process.is_alive or process.handle is None:
        return
    with contextlib.suppress(ProcessLookupError):
        # SIGTERM to the main process only, which drains its own children; SIGKILL to the whole group.
        if number == signal.SIGKILL:
            os.killpg(process.handle.pid, number)
        else:
            process.handle.send_signal(number)
