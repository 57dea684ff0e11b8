import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.jobs.supervisor import Supervisor

ROOT = Path(__file__).parent.parent.parent

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


@pytest.mark.thorough
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


SUPERVISING = """
import sys
from factcheck.jobs.supervisor import Supervisor
supervisor = Supervisor({"worker": [sys.executable, "-c", sys.argv[1]]})
with supervisor.running():
    print(supervisor._processes[0].handle.pid, flush=True)
    supervisor.watch()
"""


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_no_process_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    up, asked = tmp_path / "up", tmp_path / "asked"
    code = PATIENT.replace("print('up', flush=True)", f"open({str(up)!r}, 'w').close()")
    code = code.replace("sys.exit(0)", f"(open({str(asked)!r}, 'w').close(), sys.exit(0))")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test", "FACTCHECK_DATA": str(tmp_path)}
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISING, code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    child = Path(f"/proc/{supervisor.stdout.readline().strip()}")
    assert soon(up.exists)

    supervisor.kill()
    supervisor.communicate()

    assert soon(lambda: not child.exists())
    assert asked.exists()  # as on SIGTERM, so that it finishes what it does
