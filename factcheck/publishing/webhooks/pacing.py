"""When a delivery that failed is tried again, and when no more."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

# The gaps of Standard Webhooks, of about three days in all: with the first, ten attempts.
GAPS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 18, 22)),
)
MOST_ATTEMPTS: Final = len(GAPS) + 1
JITTER: Final = 0.1
LONGEST_REST: Final = timedelta(days=1)  # that an endpoint may ask for
FAILS_FOR: Final = timedelta(days=3)  # then it is switched off
SECONDS: Final = 15.0  # for one attempt, from the name to the answer
LEASE: Final = timedelta(seconds=30)


def gap_after(attempts: int, chance: random.Random) -> timedelta | None:
    """How long to wait after so many attempts have failed; None where it was the last."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return GAPS[attempts - 1] * chance.uniform(1 - JITTER, 1 + JITTER)


def read_rest(header: str, now: datetime) -> datetime | None:
    """Until when a Retry-After, in seconds or as a date, asks for rest, a day at most; None where it asks for none."""
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return now + min(timedelta(seconds=int(text[:9])), LONGEST_REST)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return min(until, now + LONGEST_REST) if until > now else None
