"""How we behave on other people's servers: robots.txt is asked for and kept to, and each site is left in peace between.

RFC 9309 speaks of programs that fetch by themselves. So polled feeds and what they lead to, and whatever a program
hands in, keep to robots.txt; for one page a person may say that they read it themselves. The pace holds for everybody.
"""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db.models.functions import Now

from factcheck.corpus.models import Site
from factcheck.intake.fetching.client import ANYHOW, Client, FetchRefused, Limits
from factcheck.intake.fetching.errors import (
    AskedNotTo,
    BadStatus,
    NoAnswer,
    NoSuchHost,
    NotTrusted,
    RobotsUnknown,
    TooManyRedirects,
    UnfitAddress,
    UnfitKind,
)
from factcheck.intake.fetching.locations import Location
from factcheck.intake.fetching.robots import LARGEST, Robots, read_robots
from factcheck.intake.fetching.wire import Clock
from factcheck.ledger.errors import TooEarly

LONGEST_WAIT: Final = 3.0  # seconds that a worker waits for a site; for longer its work is put back
ROBOTS_SECONDS: Final = 8.0
KEPT: Final = timedelta(hours=24)  # as long as the standard has a copy hold
UNREACHABLE: Final = timedelta(minutes=10)
THERE, NOT_THERE, CANNOT_SAY = 200, 404, 503
_TOO_OFTEN: Final = 429
_REFUSED: Final = range(400, 500)
_TRIES: Final = 20


def polite(client: Client, *, against_robots: bool = False) -> Client:
    """A client that keeps to the pace of every site it comes to and, unless somebody answers for it, to robots.txt."""
    return replace(client, enter=_Manners(client, against_robots).enter)


def honest() -> dict[str, str]:
    """The headers by which a site knows who fetches, and whom to ask."""
    contact = settings.CONTACT or settings.PUBLIC_URL
    return {"User-Agent": f"Factcheck/0.1 (a newsroom's fact-checking workbench; +{contact})"}


@dataclass(frozen=True, slots=True)
class _Manners:
    client: Client
    against_robots: bool

    def enter(self, location: Location, clock: Clock) -> None:
        """Go on to a server, perhaps after a moment.

        Raises:
            AskedNotTo: its robots.txt asks programs to leave this page alone, or could not be had.
            TooEarly: others fetch from it; the work is put back.
        """
        site = _site(location)
        if not self.against_robots:
            self._ask(site, location, clock)
        _take_turn(site, clock)

    def _ask(self, site: Site, location: Location, clock: Clock) -> None:
        if site.robots_until is None or site.robots_until <= _database_time(site):
            self._look(site, location, clock)
        if site.robots_status == CANNOT_SAY:
            raise RobotsUnknown
        if site.robots_status == THERE and not _rules(site.robots).allow(location.target):
            raise AskedNotTo

    def _look(self, site: Site, location: Location, clock: Clock) -> None:
        limits = Limits(seconds=clock.left(ROBOTS_SECONDS), size=2 * LARGEST)
        client = replace(self.client, limits=limits, kinds=self.client.kinds | ANYHOW)
        text, status = "", THERE
        try:
            body = client.fetch(f"{location.scheme}://{location.authority}/robots.txt", honest()).body
            text = body[:LARGEST].decode("utf-8", "replace").replace("\x00", "")
        except (UnfitKind, TooManyRedirects):
            status = NOT_THERE
        except BadStatus as reason:
            is_absent = reason.status in _REFUSED and reason.status != _TOO_OFTEN
            status = NOT_THERE if is_absent else CANNOT_SAY
        except (NoSuchHost, NoAnswer, NotTrusted, UnfitAddress):
            raise  # the page itself would fail alike, and says better why
        except FetchRefused:
            status = CANNOT_SAY
        until = _database_time(site) + (UNREACHABLE if status == CANNOT_SAY else KEPT)
        site.robots, site.robots_status, site.robots_until = text, status, until
        Site.objects.filter(pk=site.pk).update(robots=text, robots_status=status, robots_until=until)


def _site(location: Location) -> Site:
    name = f"{location.scheme}://{location.authority}"[:300]
    site = Site.objects.filter(name=name).first()
    if site is None:
        Site.objects.bulk_create([Site(name=name, free_at=datetime.fromtimestamp(0, tz=UTC))], ignore_conflicts=True)
        site = Site.objects.get(name=name)
    return site


def _take_turn(site: Site, clock: Clock) -> None:
    """Take the next turn on a site by a conditional update, and wait for it: so many workers keep one pace together."""
    pace = timedelta(seconds=max(_rules(site.robots).delay, settings.FETCH_PACE))
    for _ in range(_TRIES):
        free_at, now = Site.objects.filter(pk=site.pk).values_list("free_at", Now()).get()
        turn = max(free_at, now)
        wait = (turn - now).total_seconds()
        if wait > min(LONGEST_WAIT, clock.left()):
            raise TooEarly
        if Site.objects.filter(pk=site.pk, free_at=free_at).update(free_at=turn + pace):
            time.sleep(wait)
            return
    raise TooEarly


def _database_time(site: Site) -> datetime:
    now: datetime = Site.objects.filter(pk=site.pk).values_list(Now(), flat=True).get()
    return now


@lru_cache(maxsize=256)
def _rules(text: str) -> Robots:
    return read_robots(text)
