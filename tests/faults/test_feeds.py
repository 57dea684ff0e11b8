"""Feeds polled by workers that are killed: no item lost, none doubled, edits as revisions."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import careless_feeds
from tests.faults.figures import report
from tests.faults.installation import ROOT, kill, wait_until
from tests.faults.newsroom_feeds import Feeds, serving_feeds
from tests.faults.served import Served
from tests.faults.servers import postgres, redis, versions
from tests.faults.squads import Squad

LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
FEEDS, WORKERS, KILLS, ROUNDS = (200, 4, 20, 3) if LONG else (5, 2, 3, 2)
PATIENCE = 1800.0 if LONG else 240.0
SEED = 20260304

pytestmark = [pytest.mark.faults, pytest.mark.long]

SUBSCRIBE = """
import json
from django.utils import timezone
from factcheck.corpus.services.feeds import Wanted, add_feed
from factcheck.newsroom.models import Desk, User
desk, lea = Desk.objects.get(slug="city"), User.objects.get(username="lea")
for url in {urls}:
    add_feed(url, Wanted(backlog=20), desk, lea, timezone.now())
print(json.dumps("done"))
"""
# What beat and the timetable do, at once: every feed is due, and the routine asks for the polls, twice.
ASK = """
import json
from django.utils import timezone
from factcheck.corpus.models import Feed
from factcheck.corpus.services.polling import POLLS
from factcheck.ledger.changes import record_change
Feed.objects.update(due_at=timezone.now())
for number in range(2):
    with record_change(actor=None, now=timezone.now()) as change:
        change.enqueue(POLLS, "{key} %d" % number, None, priority=20)
print(json.dumps("asked"))
"""
ITEMS = "SELECT feed_id, state, article_id, title FROM corpus_feeditem"
TITLES = "SELECT a.id, r.number, r.text FROM corpus_article a JOIN corpus_revision r ON r.article_id = a.id"
POLLING = "kind IN ('poll_feed', 'take_item', 'poll_feeds')"
OPEN = f"SELECT count(*) FROM ledger_job WHERE state IN ('queued', 'running') AND {POLLING}"
WAITING = "SELECT count(*) FROM corpus_feeditem WHERE state IN ('waiting', 'queued')"


def is_quiet(installation: Served) -> bool:
    """Whether no poll and no item is on its way."""
    return installation.rows(OPEN) == [(0,)]


def differences(installation: Served, feeds: Feeds) -> list[str]:
    """What was lost, doubled or left lying, and which edit became no revision."""
    items, texts = installation.rows(ITEMS), installation.rows(TITLES)
    newest = {article: text.split("\n")[0] for article, _, text in sorted(texts, key=lambda row: row[1])}
    marks = [title.split(" ")[0] for title in newest.values()]
    wanted = feeds.marks()
    found = [f"lost {mark}" for mark in sorted(wanted - set(marks))]
    found += [f"doubled {mark}" for mark in sorted(set(marks)) if marks.count(mark) > 1]
    found += [f"{len(items)} items for {len(wanted)}"] if len(items) != len(wanted) else []
    found += [f"{title} is {state}" for _, state, _, title in items if state != "taken"]
    found += [
        f"{title} reads {newest[article]}" for _, _, article, title in items if article and newest[article] != title
    ]
    return found + installation.violations()


def test_no_item_is_lost_or_doubled_while_workers_are_killed(tmp_path: Path) -> None:
    """Each round the feeds have more, and change guids, links or titles of what they had; in each are kills."""
    pick = random.Random(SEED)
    with postgres() as database, redis() as broker, serving_feeds(FEEDS) as feeds:
        extra = {"FAULTS_DOUBLE": "let_through", "FAULTS_FEEDS_PORT": str(feeds.port), "FACTCHECK_FETCH_PACE": "0"}
        installation = Served.on(
            tmp_path, database, REDIS_URL=broker.url, settings="tests.faults.settings_doubled", **extra
        )
        squad = Squad(installation, WORKERS, pick)
        started = time.monotonic()
        try:
            installation.ask(SUBSCRIBE.format(urls=[feeds.url(number) for number in range(FEEDS)]))
            squad.start()
            kills = 0
            for feeds.round in range(1, ROUNDS + 1):
                installation.ask(ASK.format(key=f"round {feeds.round}"))
                for _ in range(KILLS // ROUNDS + (feeds.round <= KILLS % ROUNDS)):
                    time.sleep(pick.uniform(1.0, 4.0))
                    squad.kill_one()
                    kills += 1
                assert wait_until(lambda: is_quiet(installation), PATIENCE), installation.states()
            feeds.breaks = False
            for again in range(3):
                installation.ask(ASK.format(key=f"again {again}"))
                assert wait_until(lambda: is_quiet(installation), PATIENCE), installation.states()
                if installation.rows(WAITING) == [(0,)] and not again:
                    break
            assert wait_until(installation.is_drained, PATIENCE), installation.states()
            problems = differences(installation, feeds)
            report(
                "feeds polled by killed workers",
                n=len(feeds.marks()),
                faults=kills,
                violations=problems,
                seed=SEED,
                feeds=FEEDS,
                polls=feeds.answers,
                seconds=round(time.monotonic() - started),
                versions=versions(),
            )
            assert problems == []
        finally:
            squad.disband()


def test_the_control_that_keeps_the_etag_first_loses_or_doubles(tmp_path: Path) -> None:
    path, pick = str(tmp_path / "careless.sqlite3"), random.Random(SEED)
    database = careless_feeds.connect(path)
    database.executemany("INSERT INTO feed (number) VALUES (?)", [(number,) for number in range(FEEDS)])
    with serving_feeds(FEEDS) as feeds:
        command = [sys.executable, str(Path(careless_feeds.__file__)), path, str(feeds.port)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        for feeds.round in range(1, ROUNDS + 1):
            pollers = [subprocess.Popen(command, env=environment, start_new_session=True) for _ in range(WORKERS)]
            time.sleep(pick.uniform(0.2, 0.6))
            kill(pollers[0], whole_group=True)
            for poller in pollers[1:]:
                poller.wait(300)
        feeds.breaks = False
        subprocess.run(command, env=environment, check=True, timeout=300)
        problems = careless_feeds.violations(path, feeds.marks())
        report("feeds, control", n=len(feeds.marks()), faults=ROUNDS, violations=problems, seed=SEED, feeds=FEEDS)
    assert problems, "the control must show violations, or the test above proves nothing"
