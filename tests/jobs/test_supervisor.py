import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from factcheck.jobs.supervisor import Supervisor

PATIENT = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print('up', flush=True)
time.sleep(60)
"""


def soon(is_true: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return True
        time.sleep(0.02)
    return False


def test_a_process_that_dies_is_started_again_and_all_are_drained() -> None:
    supervisor = Supervisor({"worker": [sys.executable, "-c", PATIENT]})

    with supervisor.running():
        (process,) = supervisor._processes
        assert process.handle is not None
        first = process.handle
        first.kill()
        first.wait()

        def is_back() -> bool:
            supervisor.tend()
            return process.handle is not None and process.handle.pid != first.pid and process.is_alive

        assert soon(is_back)

    assert not process.is_alive


def test_drain_asks_first(tmp_path: Path) -> None:
    mark = tmp_path / "finished"
    code = PATIENT.replace("sys.exit(0)", f"(open({str(mark)!r}, 'w').close(), sys.exit(0))")
    up = tmp_path / "up"
    supervisor = Supervisor(
        {"worker": [sys.executable, "-c", code.replace("print('up', flush=True)", f"open({str(up)!r}, 'w').close()")]}
    )

    with supervisor.running():
        assert soon(up.exists)

    assert mark.exists()


def test_ctrl_c_stops_the_watch() -> None:
    supervisor = Supervisor({"worker": [sys.executable, "-c", PATIENT]})

    with supervisor.running():
        signal.raise_signal(signal.SIGINT)
        supervisor.watch()

    assert supervisor.is_stopping


def test_a_process_that_cannot_start_is_noticed() -> None:
    supervisor = Supervisor({"web": [sys.executable, "-c", "raise SystemExit(3)"]})

    with supervisor.running():
        assert soon(lambda: supervisor.has_fallen("web"))
