"""A real installation in a folder of its own: its database, its web and worker processes, and ways to hurt them."""

import atexit
import contextlib
import functools
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

Worker = subprocess.Popen[bytes]
ROOT = Path(__file__).parent.parent.parent
SETUP = """
from tests.people import make_people
make_people()
"""


@dataclass
class Installation:
    """One folder, one database."""

    folder: Path
    settings: str = "config.settings"
    extra: dict[str, str] = field(default_factory=dict)
    _processes: dict[str, list[str]] = field(default_factory=dict)
    took: ClassVar[str] = "SELECT (julianday(ended_at) - julianday(created_at)) * 86400 FROM ledger_job"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see."""
        own = {"FACTCHECK_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": self.settings, "PYTHONPATH": str(ROOT)}
        quiet = {"PYTHONWARNINGS": "ignore", "FACTCHECK_LOG_LEVEL": "WARNING"}
        quick = {"FACTCHECK_ATTRIBUTION_MODEL": "rules"}  # faults shall fill the time, not reading
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return {**kept, **own, **quiet, **quick, **self.extra}

    def manage(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a management command to its end."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, input=stdin, capture_output=True, text=True, check=False
        )

    def set_up(self) -> None:
        """A database with people at their desks: a copy of one that was made once; no double changes what is made."""
        shutil.copytree(_set_up_once(), self.folder, dirs_exist_ok=True)

    def make(self) -> None:
        """Migrate, and put people at their desks."""
        assert self.manage("migrate", "-v0").returncode == 0
        made = self.manage("shell", "-v0", stdin=SETUP)
        assert made.returncode == 0, made.stderr

    def collect(self) -> None:
        """The static files, a copy of what was collected once."""
        shutil.copytree(_collected_once() / "static", self.folder / "static")

    def ingest(self, texts: Iterable[str]) -> None:
        """Add articles by the command that newsrooms use."""
        folder = self.folder / "incoming"
        folder.mkdir(exist_ok=True)
        paths = []
        for number, text in enumerate(texts):
            path = folder / f"{number:05}.txt"
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        words = ("--desk", "city", "--by", "ada", "--outlet", "Orla Post", "--add-outlet", "--published", "2026-03-01")
        done = self.manage("ingest", *words, *paths)
        assert done.returncode == 0, done.stderr[-2000:]

    def start(self, process: str, port: int = 0) -> subprocess.Popen[bytes]:
        """Start its web or worker as `manage.py run` does, in a group of its own."""
        command = [part.format(port=port) for part in self.processes()[process]]
        with (self.folder / f"{process}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )

    def processes(self) -> dict[str, list[str]]:
        """The commands of its processes, as the settings have them; asked for once."""
        if not self._processes:
            code = "import json; from django.conf import settings; print(json.dumps(settings.PROCESSES))"
            shown = self.manage("shell", "-v0", stdin=code)
            assert shown.returncode == 0, shown.stderr[-2000:]
            self._processes = json.loads(shown.stdout.splitlines()[-1])
        return self._processes

    def ask(self, code: str) -> object:
        """Run code with the database at hand and give back what it prints as JSON."""
        done = self.manage("shell", "-v0", stdin=code)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the database past Django, so that asking costs the workers nothing."""
        with contextlib.closing(sqlite3.connect(self.folder / "factcheck.sqlite3", timeout=20)) as database:
            return database.execute(query).fetchall()

    def states(self) -> dict[str, int]:
        """How many jobs stand where."""
        return dict(self.rows("SELECT state, count(*) FROM ledger_job GROUP BY state"))

    def is_drained(self) -> bool:
        """Whether every job is done."""
        return set(self.states()) <= {"done"}

    def seconds_each(self) -> list[float]:
        """How long each job took from its asking to its end."""
        return [float(row[0]) for row in self.rows(self.took)]

    def violations(self) -> list[str]:
        """What `verify_invariants` and `verify_audit` complain of."""
        found = []
        for command in ("verify_invariants", "verify_audit"):
            done = self.manage(command)
            assert done.returncode in (0, 1), done.stderr[-2000:]
            found += done.stdout.splitlines() if done.returncode else []
        return found


@functools.cache
def _set_up_once() -> Path:
    made = Installation(folder_until_the_end())
    made.make()
    return made.folder


@functools.cache
def _collected_once() -> Path:
    made = Installation(folder_until_the_end())
    assert made.manage("collectstatic", "--noinput", "-v0").returncode == 0
    return made.folder


def folder_until_the_end() -> Path:
    """A folder that is there as long as this process."""
    folder = tempfile.TemporaryDirectory(prefix="factcheck-set-up-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def kill(process: subprocess.Popen[bytes], *, whole_group: bool) -> None:
    """SIGKILL, without a chance to tidy up."""
    if whole_group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait(10)


def children_of(pid: int) -> list[int]:
    """The processes that it forked, from whichever of its threads."""
    try:
        files = list(Path(f"/proc/{pid}/task").glob("*/children"))
        return [int(word) for file in files for word in file.read_text().split()]
    except OSError:
        return []


def kill_some(worker: Worker, pick: random.Random, start: Callable[[], Worker]) -> Worker:
    """SIGKILL to a worker's whole group, its main process, or a child; started anew where the main process is gone."""
    way, children = pick.choice(("group", "main", "child")), children_of(worker.pid)
    if way == "child" and children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pick.choice(children), signal.SIGKILL)
        return worker
    kill(worker, whole_group=way != "main")
    return start()


def wait_until(is_true: object, seconds: float, every: float = 0.5) -> bool:
    """Whether it became true in time."""
    assert callable(is_true)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return True
        time.sleep(every)
    return False
