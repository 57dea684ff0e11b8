"""Articles added together and worked on by four give exactly the pairs that one after another gives."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import dismissing
from tests.faults.figures import report
from tests.faults.installation import ROOT
from tests.faults.news import make_news
from tests.faults.served import Served
from tests.faults.servers import postgres, redis, versions
from tests.faults.squads import Squad, Watch

ARTICLES, CLIENTS, WORKERS = 64, 4, 4  # 40 statements on each event: more than are weighed
PATIENCE = 300  # seconds, for Ben's last look and for each client
SEED = 20260303
INGEST = ("ingest", "--desk", "city", "--by", "ada", "--add-outlet")
TITLES = "SELECT title FROM corpus_article ORDER BY created_seq"

# A side is named by what readers see, never by an id: two databases give other ids.
PAIRS = """
import json
from factcheck.corpus.models import ConflictPair
def side(row): return [row.article.title, str(row.speaker), row.content]
rows = ConflictPair.objects.select_related("a__article", "a__speaker", "b__article", "b__speaker")
print(json.dumps(sorted([sorted([side(p.a), side(p.b)]), p.kind, p.score, p.status, p.decision, p.why] for p in rows)))
"""

pytestmark = [pytest.mark.faults, pytest.mark.long]


@contextmanager
def installed(folder: Path, workers: int, double: str) -> Iterator[tuple[Served, Squad]]:
    """An installation, and so many workers who have not begun."""
    folder.mkdir()
    settings = {"settings": "tests.faults.settings_doubled", "FAULTS_DOUBLE": double} if double else {}
    with postgres() as server, redis() as broker:
        installation = Served.on(folder, server, REDIS_URL=broker.url, **settings)
        squad = Squad(installation, workers, random.Random(SEED))
        try:
            yield installation, squad
        finally:
            squad.disband()


def together(folder: Path, double: str = "") -> tuple[list[str], list[object], list[str], list[float]]:
    """Four clients add and four workers work, all at once.

    Gives the titles in the order in which they came in, the pairs, what the checks complain of, the jobs' seconds.
    """
    with installed(folder, WORKERS, double) as (installation, squad):
        squad.start()
        time.sleep(5)
        files = write(folder, make_news(ARTICLES, SEED))
        with dismissing_beside(installation):
            clients = [start_adding(installation, files[number::CLIENTS]) for number in range(CLIENTS)]
            for client in clients:
                assert client.wait(PATIENCE) == 0
            wait_for_end(installation)
        titles = [title for (title,) in installation.rows(TITLES)]
        return titles, pairs_of(installation), installation.violations(), installation.seconds_each()


def one_after_another(folder: Path, titles: Sequence[str]) -> tuple[list[object], list[str]]:
    """The same articles in the same order, read and paired by one worker; the pairs, and what the checks say."""
    with installed(folder, 1, "") as (installation, squad):
        news = {text.split("\n", 1)[0]: (outlet, text) for outlet, text in make_news(ARTICLES, SEED)}
        with dismissing_beside(installation):
            assert start_adding(installation, write(folder, [news[title] for title in titles])).wait(PATIENCE) == 0
            squad.start()
            wait_for_end(installation)
        return pairs_of(installation), installation.violations()


def write(folder: Path, news: Sequence[tuple[str, str]]) -> list[str]:
    """The news as files; their paths."""
    paths = []
    for number, (outlet, text) in enumerate(news):
        title, rest = text.split("\n", 1)
        path = folder / f"{number:03}.txt"
        day = 1 + int(title.rsplit(" ", 1)[1]) % 9  # by its name, whatever the order
        path.write_text(f"{title}\n{outlet} | 2026-03-{day:02} 09:30\n{rest}", encoding="utf-8")
        paths.append(str(path))
    return paths


def start_adding(installation: Served, paths: Sequence[str]) -> subprocess.Popen[bytes]:
    """A client that adds articles one after another, as a newsroom does."""
    command = [sys.executable, "manage.py", *INGEST, *paths]
    return subprocess.Popen(command, cwd=ROOT, env=installation.environment, stdout=subprocess.DEVNULL)


@contextmanager
def dismissing_beside(installation: Served) -> Iterator[None]:
    """Ben at work; in the end he sees the last pairs."""
    command = [sys.executable, str(Path(dismissing.__file__))]
    ben = subprocess.Popen(command, cwd=ROOT, env=installation.environment, stdin=subprocess.PIPE)
    try:
        yield
        ben.communicate(timeout=PATIENCE)
        assert ben.returncode == 0
    finally:
        ben.kill()


def wait_for_end(installation: Served) -> None:
    """All is read and paired."""
    with Watch(installation) as watch:
        assert watch.drains(patience=60), installation.states()


def pairs_of(installation: Served) -> list[object]:
    """The pairs as readers see them."""
    pairs = installation.ask(PAIRS)
    assert isinstance(pairs, list)
    return pairs


def differences(one: list[object], other: list[object]) -> list[str]:
    """What only one of them has."""
    first, second = {str(row) for row in one}, {str(row) for row in other}
    return [f"only one after another: {row}" for row in first - second] + [
        f"only together: {row}" for row in second - first
    ]


def test_four_workers_give_the_pairs_that_one_gives(tmp_path: Path) -> None:
    """Pairs, kinds, scores, reasons and decisions; a reviewer dismisses every third wording meanwhile."""
    titles, pairs, problems, took = together(tmp_path / "together")
    alone, more = one_after_another(tmp_path / "alone", titles)
    problems += more + differences(alone, pairs)
    dismissed = sum("dismissed" in str(row) for row in alone)

    report(
        "four workers, the same pairs",
        n=len(alone),
        faults=0,
        violations=problems,
        took=took,
        seed=SEED,
        articles=ARTICLES,
        dismissed=dismissed,
        versions=versions(),
    )
    assert problems == []
    assert dismissed


def test_the_control_that_waits_for_nobody_gives_others(tmp_path: Path) -> None:
    titles, pairs, problems, took = together(tmp_path / "together", double="unordered")
    alone, _ = one_after_another(tmp_path / "alone", titles)
    problems += differences(alone, pairs)

    report(
        "four workers, control", n=len(alone), faults=0, violations=problems, took=took, seed=SEED, versions=versions()
    )
    assert problems, "the control must differ, or the test above proves nothing"
