"""When a feed is polled next: as often as the desk wants, not oftener than it asks, later after each failure."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

SHORTEST, LONGEST = 5, 24 * 60  # minutes that a desk may choose
MOST_ASKED: Final = 6 * 60  # minutes that a feed may ask for: many ask for a week without meaning it
MOST_FRESH: Final = 60  # the same of a server's Cache-Control
LONGEST_BACK_OFF: Final = timedelta(hours=24)
SPREAD: Final = 0.1  # a tenth earlier or later, so that feeds subscribed together do not stay together
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def next_poll(every: int, asks: Mapping[str, Any], fresh_for: int, now: datetime, seed: str) -> datetime:
    """The next time to poll a feed that answered."""
    asked = min(int(asks.get("every", 0)), MOST_ASKED)
    minutes = max(every, asked, min(fresh_for // 60, MOST_FRESH), SHORTEST)
    return after_quiet(now + _spread(timedelta(minutes=minutes), seed), asks)


def after_failure(every: int, failures: int, retry_after: int | None, now: datetime, seed: str) -> datetime:
    """The next time to poll a feed that failed so many times in a row; twice as late each time, a day at most."""
    doubled = timedelta(minutes=max(every, SHORTEST)) * 2 ** min(failures - 1, 12)
    wait = min(_spread(doubled, seed), LONGEST_BACK_OFF)
    asked = min(timedelta(seconds=retry_after or 0), LONGEST_BACK_OFF)
    return now + max(wait, asked)


def after_quiet(moment: datetime, asks: Mapping[str, Any]) -> datetime:
    """The first time from then on at which the feed does not ask to be left alone."""
    hours, days = set(asks.get("quiet_hours", ())), set(asks.get("quiet_days", ()))
    plain = moment.astimezone(UTC)
    for _ in range(8 * 24):
        if plain.hour not in hours and DAYS[plain.weekday()] not in days:
            return plain
        plain = (plain + timedelta(hours=1)).replace(minute=plain.minute % 15, second=0, microsecond=0)
    return moment


def _spread(wait: timedelta, seed: str) -> timedelta:
    return wait * (1 + random.Random(seed).uniform(-SPREAD, SPREAD))  # noqa: S311 -- no secret, only apart
