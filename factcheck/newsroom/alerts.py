"""Alerts on saved views: "tell me when something new matches".

What a view finds, only the room with the lists knows: it says how to ask, as it starts (`ROWS`). What matched when an
alert began, or when it was looked at, is noted, so each thing is news once; a routine looks at what changed since.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import LedgerHead
from factcheck.ledger.wording import grouped
from factcheck.newsroom.errors import UnfitView
from factcheck.newsroom.models import NoticeKind, SavedView, User, ViewAlert, ViewMatch
from factcheck.newsroom.notices import tell_of_more

ALERT = "view_alerts"
MOST = 5_000
Found = list[tuple[UUID, UUID]]  # what was found, and its desk
# By list, what a query finds there for a person; the lists that can tell of news are those that stand here.
ROWS: Final[dict[str, Callable[[str, str, User], QuerySet[Any]]]] = {}


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a view for one person, as of a change."""

    alert: ViewAlert
    found: Found
    seq: int


def start_alert(view: SavedView, person: User, now: datetime) -> None:
    """Tell a person of what is new in a view from now on; what it finds now is no news.

    Raises:
        UnfitView: they are told already, the list cannot tell, or it finds too much to be told of.
    """
    with record_change(actor=person, now=now) as change:
        begin_alert(change, view, person)


def begin_alert(change: Change, view: SavedView, person: User) -> None:
    """The same, as part of a change."""
    seq, found = _newest_seq(), _found_by(view, person, since=0)
    if len(found) > MOST:
        words = _("This view finds more than %(most)s rows. Filter it further, and be told of what is new then.")
        raise UnfitView(words % {"most": grouped(MOST)})
    new = ViewAlert(view=view, person=person, looked_seq=seq, made_at=change.now)
    ViewAlert.objects.bulk_create([new], ignore_conflicts=True)
    alert = ViewAlert.objects.get(view=view, person=person)
    if alert.made_at != change.now:
        raise UnfitView(_("You are told already of what is new in this view."))
    _note(alert, found)
    change.audit("start_alert", view, desk_id=view.desk_id, name=view.name)


def alerts_on(view: SavedView) -> list[dict[str, Any]]:
    """Who is told of what is new in a view, as the history keeps it."""
    rows = ViewAlert.objects.filter(view=view).order_by("pk").values_list("person", "looked_seq", "made_at")
    return [{"person": str(who), "looked_seq": seq, "made_at": at.isoformat()} for who, seq, at in rows]


def put_alerts_back(change: Change, view: SavedView, kept: Iterable[Mapping[str, Any]]) -> None:
    """Tell them again, as part of a change that puts a view back; what it finds now is no news."""
    for one in kept:
        at = datetime.fromisoformat(one["made_at"])
        alert = ViewAlert(view=view, person_id=UUID(one["person"]), looked_seq=one["looked_seq"], made_at=at)
        alert.save(force_insert=True)
        _note(alert, _found_by(view, alert.person, since=0))


def end_alert(view: SavedView, person: User, now: datetime) -> None:
    """Tell them no more.

    Raises:
        UnfitView: they are not told.
    """
    with record_change(actor=person, now=now) as change:
        if not ViewAlert.objects.filter(view=view, person=person).delete()[0]:
            raise UnfitView(_("You are not told of what is new in this view."))
        change.audit("end_alert", view, desk_id=view.desk_id, name=view.name)


def look_at_views(hand: WorkInHand) -> None:
    """Tell people of what is new in the views that they asked to be told of; a routine."""
    hand.progress(worded("looking at saved views"), 0.0)
    news = list(_news())
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        for one in news:
            _tell(change, one)


def _news() -> Iterator[News]:
    """What changed since each alert was looked at, and matches, and did not before."""
    seq = _newest_seq()
    for alert in ViewAlert.objects.filter(looked_seq__lt=seq, person__is_active=True).select_related("view", "person"):
        try:
            found = _found_by(alert.view, alert.person, since=alert.looked_seq)
        except UnfitView:  # the list has lost a filter since
            found = []
        known = set(alert.matches.filter(subject_id__in=[pk for pk, _ in found]).values_list("subject_id", flat=True))
        yield News(alert, [row for row in found if row[0] not in known], seq)


def _tell(change: Change, news: News) -> None:
    """Unless they ended it meanwhile."""
    if not ViewAlert.objects.filter(pk=news.alert.pk).update(looked_seq=news.seq) or not news.found:
        return
    _note(news.alert, news.found)
    person, desk_id = news.alert.person, news.found[0][1]
    tell_of_more(change, person, NoticeKind.VIEW, news.alert.view, desk_id=desk_id, count=len(news.found))


def _found_by(view: SavedView, person: User, *, since: int) -> Found:
    if view.page not in ROWS:
        raise UnfitView(_("Nobody is told of what is new on this list."))
    rows = ROWS[view.page](view.page, view.query, person).filter(seq__gt=since)
    return list(rows.order_by("-seq").values_list("pk", "desk_id")[: MOST + 1])


def _note(alert: ViewAlert, found: Found) -> None:
    matches = [ViewMatch(alert=alert, subject_id=pk) for pk, _ in found]
    ViewMatch.objects.bulk_create(matches, ignore_conflicts=True, batch_size=500)


def _newest_seq() -> int:
    return LedgerHead.objects.values_list("seq", flat=True).get()
