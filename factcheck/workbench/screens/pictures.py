"""The desk's three pictures, each an answer to one question: drawn as SVG on the server, with a table behind each.

Are we keeping up? What do we find? Can the suggestions be trusted?
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, DateTimeField
from django.db.models.functions import TruncDate

from factcheck.claims.models import Verdict, VerdictState
from factcheck.corpus.models import ConflictPair, PairStatus
from factcheck.corpus.services.trust import Trust, count_trust
from factcheck.ledger.settled import Place
from factcheck.ledger.wording import term
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.newsroom.standing import SettledFor

DAYS, HEIGHT, STEP = 14, 88, 20  # of the first picture: days, and its units
WIDTH = 120  # of an interval


@dataclass(frozen=True, slots=True)
class Day:
    """How many pairs were suggested and how many decided on a day, and the bars for both."""

    day: date
    found: int
    decided: int
    place: int
    most: int

    @property
    def found_height(self) -> int:
        """The height of the first bar."""
        return _scaled(self.found, self.most)

    @property
    def decided_height(self) -> int:
        """The height of the second."""
        return _scaled(self.decided, self.most)

    @property
    def found_top(self) -> int:
        """Where the first bar begins; SVG counts from above."""
        return HEIGHT - self.found_height

    @property
    def decided_top(self) -> int:
        """Where the second begins."""
        return HEIGHT - self.decided_height

    @property
    def left(self) -> int:
        """Where the first bar stands."""
        return self.place * STEP + 1

    @property
    def middle(self) -> int:
        """Where the second stands."""
        return self.left + 9


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of a sort, beside the most frequent sort."""

    name: str
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A share confirmed with its interval, in the units of the picture."""

    trust: Trust

    @property
    def low(self) -> float:
        """Where the interval begins."""
        return round(WIDTH * self.trust.interval[0], 1)

    @property
    def length(self) -> float:
        """How long it is."""
        return round(WIDTH * (self.trust.interval[1] - self.trust.interval[0]), 1)

    @property
    def dot(self) -> float:
        """Where the share lies."""
        return round(WIDTH * self.trust.share, 1)


@dataclass(frozen=True, slots=True)
class Pictures:
    """All three."""

    days: Sequence[Day]
    kinds: Sequence[Counted]
    ratings: Sequence[Counted]
    newest: Trust | None
    trust: Sequence[Interval]

    @property
    def found(self) -> int:
        """Suggested in these days."""
        return sum(day.found for day in self.days)

    @property
    def decided(self) -> int:
        """Decided in these days."""
        return sum(day.decided for day in self.days)


def pictures_for(person: User, now: datetime) -> Pictures:
    """Count what this person may read, in five queries."""
    trust = count_trust(desks_reached(person, Action.READ_ARTICLE, Reach.DESK))
    return Pictures(
        days=_days(person, now),
        kinds=_counted([(term(kind), count) for kind, count in _KINDS.ask(person)]),
        ratings=_counted(_RATINGS.ask(person)),
        newest=_newest(trust),
        trust=[Interval(row) for row in trust],
    )


def _days(person: User, now: datetime) -> list[Day]:
    today = now.astimezone(person.zone).date()
    first = today - timedelta(days=DAYS - 1)
    since = datetime.combine(first, datetime.min.time(), person.zone)
    found, decided = (
        dict(_by_day(moment, person.zone).ask(person, since)) for moment in ("suggested_at", "decided_at")
    )
    most = max([*found.values(), *decided.values(), 1])
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [Day(day, found.get(day, 0), decided.get(day, 0), place, most) for place, day in enumerate(days)]


@lru_cache(64)
def _by_day(moment: str, zone: ZoneInfo) -> SettledFor[tuple[date, int]]:
    def make(person: User) -> Any:
        pairs = ConflictPair.objects.readable_by(person).exclude(status=PairStatus.HELD)
        recent = pairs.filter(**{f"{moment}__gte": Place(0, DateTimeField())})
        rows = recent.annotate(day=TruncDate(moment, tzinfo=zone)).values_list("day").annotate(count=Count("pk"))
        return rows.order_by()

    return SettledFor(make)


def _make_kinds(person: User) -> Any:
    shown = ConflictPair.objects.readable_by(person).shown()
    return shown.values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind")


def _make_ratings(person: User) -> Any:
    approved = Verdict.objects.readable_by(person).filter(state=VerdictState.APPROVED)
    return approved.values_list("rating__label").annotate(count=Count("pk")).order_by("-count", "rating__label")


_KINDS, _RATINGS = SettledFor[tuple[str, int]](_make_kinds), SettledFor[tuple[str, int]](_make_ratings)


def _counted(rows: Sequence[tuple[str, int]]) -> list[Counted]:
    return [Counted(name, count, rows[0][1]) for name, count in rows]


def _newest(trust: Sequence[Trust]) -> Trust | None:
    """All kinds together, of the newest version that has decisions."""
    if not trust:
        return None
    engine, calibration = trust[0].engine_version, trust[0].calibration
    rows = [row for row in trust if (row.engine_version, row.calibration) == (engine, calibration)]
    return Trust("", engine, calibration, sum(row.confirmed for row in rows), sum(row.decided for row in rows))


def _scaled(count: int, most: int) -> int:
    return max(round(count / most * (HEIGHT - 4)), 2) if count else 0
