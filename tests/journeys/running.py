"""The demo newsroom, run by the command that people run, until it is told to stop."""

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.installation import ROOT, Installation, wait_until
from tests.faults.ports import free_port

READY_WITHIN, DRAINED_WITHIN = 90.0, 40.0

CHROMIUM_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True)
class Newsroom:
    """A running workbench: where it answers, what it printed, and how people sign in."""

    base: str
    printed: Path
    passwords: dict[str, str]

    def forget_acts(self) -> None:
        """Let no page offer to take back what somebody did before, as after some days."""
        with contextlib.closing(sqlite3.connect(self.printed.parent / "factcheck.sqlite3", timeout=30)) as database:
            database.execute("DELETE FROM newsroom_pastact")
            database.commit()


@contextlib.contextmanager
def running_newsroom(folder: Path, settings: str = "config.settings") -> Iterator[Newsroom]:
    """`manage.py run` on a folder, until it says that it serves; Ctrl-C at the end, and both processes drained."""
    port, printed = free_port(), folder / "printed"
    command = [sys.executable, "manage.py", "run", "--port", str(port)]
    with printed.open("wb") as output:
        environment = Installation(folder, settings).environment
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        assert wait_until(lambda: "Serving on" in printed.read_text(), READY_WITHIN), printed.read_text()
        rows = json.loads((folder / "demo_sign_ins.json").read_text())
        yield Newsroom(f"http://127.0.0.1:{port}", printed, {name: password for name, _, password in rows})
    finally:
        process.send_signal(signal.SIGINT)
        status = process.wait(DRAINED_WITHIN)
    assert status == 0, printed.read_text()
