"""The timetable. Beat asks for a routine as often as it likes; a period's job exists once, so two beats are as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from factcheck.claims.services.assignments import RETURN
from factcheck.claims.services.digests import DIGESTS
from factcheck.claims.services.knowing import KNOW
from factcheck.corpus.services.calibrating import CALIBRATE
from factcheck.corpus.services.indexing import INDEX
from factcheck.corpus.services.inquiries import FORGET
from factcheck.corpus.services.polling import FORGET_POLLS, POLLS
from factcheck.corpus.services.watching import WATCH
from factcheck.ledger.changes import record_change
from factcheck.ledger.housekeeping import VERIFY
from factcheck.newsroom.alerts import ALERT
from factcheck.newsroom.housekeeping import PURGE
from factcheck.publishing.exporting import EXPIRE
from factcheck.publishing.webhooks.housekeeping import FORGET_DELIVERIES

FIRST = 20  # before articles: routines are short, and nobody shall wait a day for one


@dataclass(frozen=True, slots=True)
class Routine:
    """Work that comes round: a job's kind, and the length of its period."""

    kind: str
    period: timedelta

    def key(self, now: datetime) -> str:
        """The name of the period that `now` lies in."""
        return f"{self.kind} {int(now.timestamp() // self.period.total_seconds())}"


TIMETABLE: Mapping[str, Routine] = {
    "verify the audit chain": Routine(VERIFY, timedelta(hours=1)),
    "purge what has expired": Routine(PURGE, timedelta(days=1)),
    "expire exports": Routine(EXPIRE, timedelta(hours=6)),
    "look at watched articles": Routine(WATCH, timedelta(minutes=5)),
    "poll feeds": Routine(POLLS, timedelta(minutes=1)),
    "forget old polls": Routine(FORGET_POLLS, timedelta(days=1)),
    "forget old inquiries": Routine(FORGET, timedelta(days=1)),
    "forget old deliveries": Routine(FORGET_DELIVERIES, timedelta(days=1)),
    "learn from decisions": Routine(CALIBRATE, timedelta(days=7)),
    "return what was left": Routine(RETURN, timedelta(minutes=10)),
    "look at saved views": Routine(ALERT, timedelta(minutes=5)),
    "write digests": Routine(DIGESTS, timedelta(hours=1)),
    "index what is not indexed": Routine(INDEX, timedelta(days=1)),
    "read claims that are not read": Routine(KNOW, timedelta(days=1)),
}


def queue_routine(name: str, now: datetime) -> None:
    """Queue a routine's job for the period that `now` lies in; nothing where it stands there."""
    routine = TIMETABLE[name]
    with record_change(actor=None, now=now) as change:
        change.enqueue(routine.kind, routine.key(now), None, priority=FIRST)


def beats() -> dict[str, dict[str, Any]]:
    """What beat sends: every routine ten times a period, so that a missed beat is made up for."""
    return {
        name: {"task": "keep_timetable", "schedule": routine.period / 10, "kwargs": {"routine": name}}
        for name, routine in TIMETABLE.items()
    }
