"""Four workers at once give exactly the pairs that one after another gives."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import dismissing
from tests.faults.installation import ROOT, report
from tests.faults.news import make_news
from tests.faults.served import Served, Squad, Watch
from tests.faults.servers import postgres

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
ARTICLES = 160 if LONG else 48
SEED = 20260303

# A side is named by what readers see, never by an id: two databases give other ids.
PAIRS = """
import json
from factcheck.corpus.models import ConflictPair
def side(row): return [row.article.title, str(row.speaker), row.content]
rows = ConflictPair.objects.select_related("a__article", "a__speaker", "b__article", "b__speaker")
print(json.dumps(sorted([sorted([side(p.a), side(p.b)]), p.kind, p.score, p.status, p.decision, p.why] for p in rows)))
"""

pytestmark = [pytest.mark.faults, pytest.mark.long]


def analyzed(folder: Path, workers: int, *, together: bool, double: str = "") -> tuple[list[object], list[str], float]:
    """The pairs of the news and what the checks complain of; added while the workers run, or before."""
    folder.mkdir()
    settings = {"settings": "tests.faults.settings_doubled", "FAULTS_DOUBLE": double} if double else {}
    with postgres() as server:
        installation = Served.on(folder, server, **settings)
        squad = Squad(installation, workers, random.Random(SEED))
        try:
            if together:
                squad.start()
                time.sleep(5)
            dismisser = start_dismissing(installation)
            started = time.monotonic()
            add(installation)
            if not together:
                squad.start()
            with Watch(installation) as watch:
                assert watch.drains(patience=60)
            took = time.monotonic() - started
            stop_dismissing(dismisser)
            pairs = installation.ask(PAIRS)
            assert isinstance(pairs, list)
            return pairs, installation.violations(), took
        finally:
            squad.disband()


def add(installation: Served) -> None:
    """Add the news as a newsroom does, all at once."""
    paths = []
    for number, (outlet, text) in enumerate(make_news(ARTICLES, SEED)):
        title, rest = text.split("\n", 1)
        path = installation.folder / f"{number:03}.txt"
        path.write_text(f"{title}\n{outlet} | 2026-03-{1 + number % 9:02} 09:30\n{rest}", encoding="utf-8")
        paths.append(str(path))
    done = installation.manage("ingest", "--desk", "city", "--by", "ada", "--add-outlet", *paths)
    assert done.returncode == 0, done.stderr[-2000:]


def start_dismissing(installation: Served) -> subprocess.Popen[bytes]:
    """Ben at work."""
    command = [sys.executable, str(Path(dismissing.__file__))]
    return subprocess.Popen(command, cwd=ROOT, env=installation.environment, stdin=subprocess.PIPE)


def stop_dismissing(process: subprocess.Popen[bytes]) -> None:
    """Let him see the last pairs and end his day."""
    process.communicate(timeout=60)
    assert process.returncode == 0


def differences(one: list[object], other: list[object]) -> list[str]:
    """What only one of them has."""
    first, second = {str(row) for row in one}, {str(row) for row in other}
    return [f"only one after another: {row}" for row in first - second] + [
        f"only together: {row}" for row in second - first
    ]


def test_four_workers_give_the_pairs_that_one_gives_and_the_control_does_not(tmp_path: Path) -> None:
    alone, problems, slow = analyzed(tmp_path / "alone", 1, together=False)
    together, more, fast = analyzed(tmp_path / "together", 4, together=True)
    problems += more + differences(alone, together)
    dismissed = sum("dismissed" in str(row) for row in alone)
    report(
        "four workers, the same pairs",
        n=len(alone),
        faults=0,
        violations=problems,
        seed=SEED,
        articles=ARTICLES,
        dismissed=dismissed,
        seconds_alone=round(slow, 1),
        seconds_together=round(fast, 1),
    )
    careless, _, _ = analyzed(tmp_path / "careless", 4, together=True, double="unordered")
    missed = differences(alone, careless)
    report("four workers, control", n=len(careless), faults=0, violations=missed, seed=SEED)
    assert problems == []
    assert dismissed
    assert missed, "the control must differ, or the test proves nothing"
