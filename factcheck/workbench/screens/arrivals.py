"""What has come since a page was loaded: counted and offered, never pushed into a list that somebody reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from factcheck.claims.models import Verdict
from factcheck.corpus.models import Article, ConflictPair
from factcheck.ledger.models import LedgerHead
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many, on which page, since which number of the change sequence."""

    on: str
    since: int
    count: int


def newest_seq() -> int:
    """The number of the newest change."""
    return LedgerHead.objects.values_list("seq", flat=True).get()


def arrivals_for(person: User, on: str, since: int) -> Arrivals:
    """Count what has come to a page of this person."""
    return Arrivals(on, since, COUNTS[on](person, since))


def _conflicts(person: User, since: int) -> int:
    return ConflictPair.objects.readable_by(person).awaiting_editor().filter(created_seq__gt=since).count()


def _articles(person: User, since: int) -> int:
    return Article.objects.readable_by(person).current().filter(created_seq__gt=since).count()


def _inbox(person: User, since: int) -> int:
    decides = desks_reached(person, Action.DECIDE_PAIR, Reach.DESK)
    waiting = ConflictPair.objects.readable_by(person).awaiting_editor().filter(created_seq__gt=since)
    to_approve = Verdict.objects.awaiting(person).filter(seq__gt=since)
    return waiting.filter(desk__in=decides).count() + to_approve.count()


COUNTS: Mapping[str, Callable[[User, int], int]] = {"inbox": _inbox, "conflicts": _conflicts, "articles": _articles}
