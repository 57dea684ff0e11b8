"""Servers of our own on this machine: PostgreSQL and Redis for all contestants, and processes with their logs."""

import contextlib
import os
import pwd
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests import with_postgres, with_redis

ROOT = Path(__file__).resolve().parent.parent

READY_WITHIN, STOP_WITHIN = 120.0, 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running cluster that only a socket in a folder of its own reaches."""

    programs: Path
    socket: Path

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgres://factcheck@{str(self.socket).replace('/', '%2F')}/{database}"

    def create(self, database: str) -> None:
        """Make an empty database, whatever was there."""
        self._run("dropdb", "--if-exists", database)
        self._run("createdb", database)

    def has(self, database: str) -> bool:
        """Whether there is a database of this name."""
        words = ("-h", str(self.socket), "-U", "factcheck", "-Atc", "SELECT datname FROM pg_database", "postgres")
        command = [str(self.programs / "psql"), *words]
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return database in found.split()

    def keep(self, database: str) -> None:
        """Count the rows of a database that was filled, so that its copies are planned for as it would be."""
        self._run("psql", "-q", "-c", "VACUUM ANALYZE", database)

    def copy(self, kept: str, database: str) -> None:
        """Make a database anew from one that was kept, and write all out, so that no measurement pays for this."""
        self._run("dropdb", "--if-exists", database)
        self._run("createdb", "-T", kept, database)
        self._run("psql", "-q", "-c", "CHECKPOINT", database)

    def _run(self, program: str, *words: str) -> None:
        with_postgres.run(self.programs / program, "-h", self.socket, "-U", "factcheck", *words)


@contextlib.contextmanager
def postgres(folder: Path, *, durable: bool) -> Iterator[Postgres]:
    """Start the cluster of a folder, a new one where there is none, with PostgreSQL's own settings.

    Not durable is what fills it, faster; then all is written out at the end.
    """
    programs = with_postgres.binaries()
    if programs is None:
        raise SystemExit("No PostgreSQL found. Debian: apt-get install postgresql")
    socket_folder = Path(tempfile.mkdtemp(prefix="benchmark-pg-", dir="/tmp"))  # a socket's path is short
    data = folder / "postgres"
    _make_owner(folder, socket_folder)
    if not data.exists():
        with_postgres.run(programs / "initdb", "-D", data, "-U", "factcheck", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-c listen_addresses= -c unix_socket_directories={socket_folder} -c fsync={'on' if durable else 'off'}"
    with_postgres.run(programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "postgres.log", "start")
    try:
        yield Postgres(programs, socket_folder)
    finally:
        with_postgres.run(programs / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")
        os.sync()
        socket_folder.rmdir()


def _make_owner(*folders: Path) -> None:
    """PostgreSQL refuses to run as root, so the folders are given to the user as whom it then runs."""
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        for folder in folders:
            os.chown(folder, owner.pw_uid, owner.pw_gid)


redis = with_redis.throwaway
free_port = with_redis.free_port


@dataclass
class Processes:
    """The processes of one contestant: each with a name, in a group of its own, with a log in the folder."""

    folder: Path
    environment: Mapping[str, str]
    directory: Path
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def run(self, *words: object, stdin: str = "", **environment: str) -> str:
        """Run a command to its end, with these variables besides, and give what it printed.

        Raises:
            SystemExit: it failed; with its last words.
        """
        command = [str(word) for word in words]
        done = subprocess.run(
            command,
            cwd=self.directory,
            env={**self._all(), **environment},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)[:200]} ended with {done.returncode}:\n{done.stderr[-3000:]}")
        return done.stdout

    def start(self, name: str, *words: object) -> None:
        """Start one."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [str(word) for word in words],
                cwd=self.directory,
                env=self._all(),
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def wait_for(self, name: str, port: int) -> None:
        """Wait until it listens.

        Raises:
            SystemExit: it ended, or does not listen in time.
        """
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and self._running[name].poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit(f"{name} does not listen; its log: {self.folder / name}.log")

    def stop(self, *names: str) -> None:
        """End these, or all: by SIGTERM, then with their whole group."""
        ending = {name: self._running.pop(name) for name in names or list(self._running)}
        for process in ending.values():
            process.send_signal(signal.SIGTERM)
        for process in ending.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_WITHIN)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def memory(self) -> dict[str, float]:
        """What each and its children hold, in MB; a page shared by several counts for each by its share (PSS)."""
        return {name: sum(map(_pss, _family(process.pid))) / 1e6 for name, process in self._running.items()}

    def _all(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "PYTHONWARNINGS": "ignore", **self.environment}


def _family(pid: int) -> Sequence[int]:
    files = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(word) for file in files for word in file.read_text().split()]
    return [pid, *(descendant for child in children for descendant in _family(child))]


def _pss(pid: int) -> int:
    """Bytes that one process holds; none where it has just ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
