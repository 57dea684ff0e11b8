"""The parent's side of the nursery: a process that has every parser loaded and forks a caged child for each file.

Loading the parsers costs a second, reading a page a fiftieth of one. Each thread that parses has a nursery of its own,
since one answers one at a time; it ends with whoever started it, and by itself where nothing came for a while, so that
it holds no memory for nothing.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[3]
LARGEST_MESSAGE: Final = 64 * 1024
_kept: Final = threading.local()


class Nursery:
    """One such process and the line to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "factcheck.intake.parsing.worker"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,
            )
        self._line, self.owner = ours, os.getpid()
        self.close = weakref.finalize(self, _hang_up, ours, self._process)  # with its thread, at the latest

    def run(self, given: int, taken: int, told: dict[str, str], seconds: float) -> int | None:
        """Let a child read `given` (an open file) and answer to `taken`; how it ended, None where it was too slow.

        Raises:
            OSError: the nursery is gone, and nothing was read.
        """
        asked = json.dumps({**told, "seconds": seconds}).encode()
        socket.send_fds(self._line, [asked], [given, taken])
        answer = self._line.recv(LARGEST_MESSAGE)
        if not answer:
            raise ConnectionResetError
        ended: dict[str, Any] = json.loads(answer)
        status: int | None = ended["status"]
        return status


def _hang_up(line: socket.socket, process: subprocess.Popen[bytes]) -> None:
    """End a nursery, and whatever it is reading."""
    line.close()
    process.wait()


def run_child(given: int, taken: int, told: dict[str, str], seconds: float) -> int | None:
    """What `Nursery.run` gives, from the nursery of this thread; a new one where there is none or it has gone."""
    nursery: Nursery | None = getattr(_kept, "nursery", None)
    if nursery is not None and nursery.owner == os.getpid():
        try:
            return nursery.run(given, taken, told, seconds)
        except OSError:  # it ended, or was closed
            nursery.close()
    _kept.nursery = Nursery()
    ended: int | None = _kept.nursery.run(given, taken, told, seconds)
    return ended
