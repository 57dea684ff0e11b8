"""Eight programs write verdicts while PostgreSQL is cut off again and again: what was acknowledged is there, once."""

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.figures import report
from tests.faults.programs import SERVER_ERROR, Writer
from tests.faults.served import Aside, Served
from tests.faults.servers import postgres, versions
from tests.faults.test_editors import LEFT, MAKE

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
WRITERS, RESTARTS, SEED = 8, 10 if LONG else 2, 20260306
MOST_RESTARTS = 20  # of the control, until it shows a violation
AFTERWARDS = 5.0
WRITTEN = """
import json
from factcheck.claims.models import Evidence
from factcheck.ledger.models import AuditPayload
bodies = AuditPayload.objects.filter(entry__verb="write_verdict").values_list("body", flat=True)
print(json.dumps({"summaries": [body["after"]["summary"] for body in bodies],
    "titles": list(Evidence.objects.values_list("title", flat=True))}))
"""

pytestmark = [pytest.mark.faults, pytest.mark.long]


def write_through_restarts(folder: Path, least: int, *, keyed: bool) -> tuple[list[str], list[Writer], int]:
    """Writers at work through so many restarts; what was lost or doubled, the writers, and the restarts."""
    pick = random.Random(SEED)
    with postgres() as server:
        installation = Served.on(folder, server, FACTCHECK_API_RATE="1000000")
        made = installation.manage("shell", "-v0", stdin=MAKE)
        assert made.returncode == 0, made.stderr[-2000:]
        claims = installation.ask(LEFT)
        assert isinstance(claims, dict)
        excused, problems = list[tuple[float, float]](), list[str]()
        with installation.web() as base:
            writers = [
                Writer(base, f"e{number}", claim, keyed) for number, claim in enumerate(sorted(claims)[:WRITERS])
            ]
            aside = [Aside(writer.write_all) for writer in writers]
            while len(excused) < least or (not keyed and len(excused) < MOST_RESTARTS and not problems):
                time.sleep(pick.uniform(1.5, 3.0))
                began = time.monotonic()
                server.restart()
                excused.append((began, time.monotonic() + AFTERWARDS))
                time.sleep(1.0)
                problems = [] if keyed else differences(installation, writers, is_over=False)
            time.sleep(2.0)
            for one in aside:
                one.over.set()
            for one in aside:
                one.finish(120)
        problems = differences(installation, writers) + installation.violations()
        problems += [line for writer in writers for line in [*errors_outside(writer, excused), *writer.bare]]
        return problems, writers, len(excused)


def differences(installation: Served, writers: list[Writer], *, is_over: bool = True) -> list[str]:
    """Acknowledged writes that are not there, and writes that are there twice."""
    there = installation.ask(WRITTEN)
    assert isinstance(there, dict)
    found = []
    for kind in ("summaries", "titles"):
        counts = Counter[str](there[kind])
        found += [f"{word} is there {many} times" for word, many in counts.items() if many > 1 and word]
        acknowledged = [word for writer in writers for word in getattr(writer, kind)]
        found += [f"{word} is lost" for word in acknowledged if is_over and word not in counts]
    return found


def errors_outside(writer: Writer, excused: list[tuple[float, float]]) -> list[str]:
    """Server errors while the database was there."""
    return [
        f"the API answered {status} at {at:.1f}"
        for at, took, status in writer.replies
        if (status >= SERVER_ERROR or status == 0) and not any(a <= at + took and at <= b for a, b in excused)
    ]


def test_every_acknowledged_write_is_there_and_every_repeated_one_once(tmp_path: Path) -> None:
    """And each server error is a problem document with a time to ask again, told only while PostgreSQL starts."""
    problems, writers, restarts = write_through_restarts(tmp_path, RESTARTS, keyed=True)

    took = [seconds for writer in writers for _, seconds, status in writer.replies if 0 < status < SERVER_ERROR]
    report(
        "API writers through restarts",
        n=sum(len(writer.summaries) + len(writer.titles) for writer in writers),
        faults=restarts,
        violations=problems,
        seed=SEED,
        took=took,
        unknown_outcomes=sum(writer.unknown for writer in writers),
        versions=versions(),
    )
    assert problems == []
    assert sum(writer.unknown for writer in writers)


def test_the_control_that_sends_no_key_doubles_some(tmp_path: Path) -> None:
    problems, writers, restarts = write_through_restarts(tmp_path, RESTARTS, keyed=False)

    written = sum(len(writer.summaries) + len(writer.titles) for writer in writers)
    report("API writers, control", n=written, faults=restarts, violations=problems, seed=SEED, versions=versions())
    assert [problem for problem in problems if "times" in problem]
