"""Work that kills: its own process each time, or its whole worker so many times, as the environment says."""

import os
import signal
from pathlib import Path

from django.conf import settings

from factcheck.jobs.handlers import HANDLERS
from factcheck.ledger.jobs import WorkInHand

KILLS_WORKER = int(os.environ["FAULTS_KILLS_WORKER"])  # times; 0: it kills its own process for ever
read = HANDLERS["extract"]


def _read_or_die(hand: WorkInHand) -> None:
    deaths = Path(settings.DATA_DIR) / "deaths"
    before = len(deaths.read_text()) if deaths.exists() else 0
    if KILLS_WORKER and before == KILLS_WORKER:
        read(hand)
        return
    with deaths.open("a") as file:
        file.write("x")
    if KILLS_WORKER:
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGSEGV)


HANDLERS["extract"] = _read_or_die
