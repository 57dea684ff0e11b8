"""Two writers and a web process on one SQLite file: nobody ever hears "database is locked"."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import writing
from tests.faults.browser import Browser, serves
from tests.faults.figures import report
from tests.faults.installation import ROOT, Installation, kill, wait_until
from tests.faults.ports import free_port
from tests.faults.texts import make_text

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
BY_WRITER, BY_WEB = (400, 200) if LONG else (200, 100)
SEED = 7

pytestmark = [pytest.mark.faults]


def start_writers(installation: Installation, count: int) -> list[subprocess.Popen[str]]:
    """Two writers side by side, which begin at the same time."""
    commands = [[sys.executable, str(Path(writing.__file__)), name, str(count)] for name in ("First", "Second")]
    pipe = subprocess.PIPE
    writers = [
        subprocess.Popen(command, cwd=ROOT, env=installation.environment, stdin=pipe, stdout=pipe, text=True)
        for command in commands
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    return writers


def results(writers: list[subprocess.Popen[str]]) -> tuple[list[str], list[float]]:
    """Their errors, and the seconds that each write took."""
    said = [json.loads(writer.communicate(timeout=900)[0]) for writer in writers]
    return [error for one in said for error in one["errors"]], sorted(took for one in said for took in one["took"])


def test_two_writers_and_the_web_never_meet_a_locked_database(tmp_path: Path) -> None:
    installation = Installation(tmp_path, extra={"FACTCHECK_HOSTS": "127.0.0.1"})
    installation.set_up()
    installation.collect()
    port = free_port()
    web = installation.start("web", port)
    browser = Browser(f"http://127.0.0.1:{port}")
    assert wait_until(lambda: serves(browser), 60)
    browser.post("/sign-in/", username="ada", password="ada")
    desk = re.search(r'name="desk" value="([0-9a-f-]+)"', browser.get("/articles/add/"))
    assert desk is not None

    writers = start_writers(installation, BY_WRITER)
    fields = {"desk": desk.group(1), "outlet": "Orla Post", "adds_outlet": "on"}
    answers = [browser.post("/articles/add/", text=make_text(number, SEED), **fields) for number in range(BY_WEB)]
    errors, took = results(writers)
    kill(web, whole_group=True)

    problems = errors + [f"web answered {status}" for status in answers if status != 200] + installation.violations()
    written = installation.ask(
        "import json\nfrom factcheck.corpus.models import Article, Outlet\n"
        "print(json.dumps([Article.objects.count(), Outlet.objects.exclude(name='Orla Post').count()]))"
    )
    report(
        "SQLite writers",
        n=2 * BY_WRITER + BY_WEB,
        faults=0,
        violations=problems,
        seed=SEED,
        took=took,
    )
    assert problems == []
    assert written == [BY_WEB, 2 * BY_WRITER]


def test_the_control_with_djangos_own_options_meets_it(tmp_path: Path) -> None:
    installation = Installation(tmp_path, settings="tests.faults.settings_careless")
    installation.set_up()
    with contextlib.closing(sqlite3.connect(tmp_path / "factcheck.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=DELETE")  # ours are made with a log that writes ahead

    errors, _ = results(start_writers(installation, BY_WRITER))

    report("SQLite writers, control", n=2 * BY_WRITER, faults=0, violations=errors, seed=SEED)
    assert [error for error in errors if "locked" in error]
