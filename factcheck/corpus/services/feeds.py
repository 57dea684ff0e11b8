"""Subscribing to feeds: looked at first, then subscribed, changed, paused, resumed, polled, ended; whole lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from factcheck.corpus.errors import FeedAlreadyHere, UnfitFeed, WrongFeedState
from factcheck.corpus.models import Feed, FeedState, Outlet
from factcheck.corpus.services.outlets import find_outlets
from factcheck.corpus.services.poll_times import LONGEST, SHORTEST
from factcheck.corpus.services.polling import LOOK_AT, queue_poll
from factcheck.corpus.services.pressure import POLLED
from factcheck.intake.cleaning import clean_text
from factcheck.intake.fetching.client import FetchRefused
from factcheck.intake.fetching.locations import read_location
from factcheck.intake.parsing.child import parse_opml
from factcheck.intake.parsing.documents import ListedFeed, UnfitFile
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.models import Job
from factcheck.ledger.recalling import own_act, said_by
from factcheck.ledger.wording import worded
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

MOST_BACKLOG = 20
HALF_AN_HOUR = 30
_SUBSCRIBED = _lazy("The desk subscribes to this feed: “%(feed)s”.")
LARGEST_LIST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a desk wants a feed: its outlet, every how many minutes, with how many of the articles already there."""

    outlet: str = ""
    every: int = HALF_AN_HOUR
    backlog: int = 0
    reads_pages: bool = True
    against_robots: bool = False


@dataclass(slots=True)
class Imported:
    """What became of a list of feeds."""

    added: list[Feed] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def look_at(url: str, desk: Desk, person: User, now: datetime) -> Feed:
    """Have a look at what an address gives, before subscribing to it; a job looks.

    Raises:
        NotAllowed: the person may not subscribe on this desk.
        UnfitFeed: this is no web address.
        FeedAlreadyHere: the desk subscribes to it.
    """
    require(person, Action.EDIT_FEED, desk)
    plain = _plain(url)
    feed = Feed.objects.filter(desk=desk, url=plain).first()
    if feed is not None and feed.state in (FeedState.ACTIVE, FeedState.PAUSED):
        raise FeedAlreadyHere(_SUBSCRIBED % {"feed": feed}, feed.pk)
    feed = feed or _new(plain, "", desk, person, now)
    try:
        with record_change(actor=person, now=now) as change:
            if feed._state.adding:  # noqa: SLF001 -- Django's public name
                Feed.objects.bulk_create([feed])
            else:
                Feed.objects.filter(pk=feed.pk).update(**Feed.edited(state=FeedState.NEW, found={}, asked_by=person))
            queue_look(change, feed)
            change.touch(feed)
            change.audit("look_at_feed", feed, desk_id=desk.pk, url=plain)
    except IntegrityError:  # somebody looks at it as well
        return Feed.objects.get(desk=desk, url=plain)
    return feed


def queue_look(change: Change, feed: Feed) -> None:
    """Ask for a look; each asks for one of its own."""
    times = Job.objects.filter(kind=LOOK_AT, subject_type="feed", subject_id=feed.pk).count()
    change.enqueue(LOOK_AT, f"{feed.pk} {times}", feed, desk_id=feed.desk_id, priority=POLLED * 2)


def subscribe(feed: Feed, wanted: Wanted, version: int, person: User, now: datetime) -> None:
    """Subscribe to a feed that was looked at: it is polled at once, and what is newer from then on is taken in.

    Raises:
        NotAllowed: the person may not subscribe on this desk.
        WrongFeedState: the desk subscribes to it already.
        UnfitFeed: nothing was found there, or a number is out of bounds.
        StaleVersion: somebody saved first.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.NEW, FeedState.ENDED)
    _check(wanted)
    with record_change(actor=person, now=now) as change:
        _subscribe(change, feed, wanted, version)
        queue_poll(change, feed)


def change_feed(feed: Feed, wanted: Wanted, version: int, person: User, now: datetime) -> None:
    """Change how a desk wants a feed that it subscribes to.

    Raises:
        NotAllowed: the person may not change subscriptions of this desk.
        WrongFeedState: it is not subscribed to.
        UnfitFeed: a number is out of bounds.
        StaleVersion: somebody saved first.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.ACTIVE, FeedState.PAUSED)
    _check(wanted)
    with record_change(actor=person, now=now) as change:
        outlet = _outlet(change, feed, wanted.outlet)
        due = min(feed.due_at or now, now + timedelta(minutes=wanted.every))
        said = {"every": wanted.every, "reads_pages": wanted.reads_pages, "against_robots": wanted.against_robots}
        change.edit(feed, version, outlet=outlet, due_at=due, **said)
        change.audit("change_feed", feed, desk_id=feed.desk_id, outlet=str(outlet or ""), **said)


def pause_feed(feed: Feed, version: int, person: User, now: datetime) -> None:
    """Poll a feed no more until somebody resumes it.

    Raises:
        NotAllowed, WrongFeedState, StaleVersion: as above.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.ACTIVE)
    reason = worded("Paused by {who}.", who=person)
    with record_change(actor=person, now=now) as change:
        change.edit(feed, version, state=FeedState.PAUSED, reason=reason)
        change.audit("pause_feed", feed, desk_id=feed.desk_id, reason=reason)


def resume_feed(feed: Feed, version: int, person: User, now: datetime) -> None:
    """Poll a paused feed again, at once.

    Raises:
        NotAllowed, WrongFeedState, StaleVersion: as above.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.PAUSED)
    with record_change(actor=person, now=now) as change:
        was = {"reason": feed.reason, "failures": feed.failures}
        was["due_at"] = feed.due_at.isoformat() if feed.due_at else None
        change.edit(feed, version, state=FeedState.ACTIVE, reason="", failures=0, due_at=now)
        change.audit("resume_feed", feed, desk_id=feed.desk_id, was=was)
        queue_poll(change, feed)


def take_back_pause(feed: Feed, version: int, person: User, now: datetime, *, entry: int | None = None) -> None:
    """Let a feed that was paused go on as it was: it is polled when it would have been.

    Raises:
        NotAllowed, WrongFeedState, StaleVersion: as above.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.PAUSED)
    if own_act(feed, entry, person.pk, "pause_feed") is None:
        raise WrongFeedState(_("This feed was not paused last. Resume it."))
    with record_change(actor=person, now=now) as change:
        change.edit(feed, version, state=FeedState.ACTIVE, reason="")
        change.audit("take_back_pause", feed, desk_id=feed.desk_id)


def take_back_resuming(feed: Feed, version: int, person: User, now: datetime, *, entry: int | None = None) -> None:
    """Let a feed that was resumed last be paused again as it was: for its reason, after its failures.

    Raises:
        NotAllowed, WrongFeedState, StaleVersion: as above.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.ACTIVE)
    was = said_by(own_act(feed, entry, person.pk, "resume_feed")).get("was")
    if was is None:
        raise WrongFeedState(_("This feed was not resumed last. Pause it anew."))
    due = was["due_at"] and datetime.fromisoformat(was["due_at"])
    with record_change(actor=person, now=now) as change:
        fields = {"state": FeedState.PAUSED, "reason": was["reason"], "failures": was["failures"], "due_at": due}
        change.edit(feed, version, **fields)
        change.audit("take_back_resuming", feed, desk_id=feed.desk_id)


def poll_now(feed: Feed, person: User, now: datetime) -> None:
    """Poll a feed now, and not when the timetable comes to it; asking twice is asking once.

    Raises:
        NotAllowed, WrongFeedState: as above.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.ACTIVE)
    with record_change(actor=person, now=now) as change:
        queue_poll(change, feed)
        change.audit("poll_feed", feed, desk_id=feed.desk_id)


def end_subscription(feed: Feed, version: int, person: User, now: datetime) -> None:
    """Subscribe to a feed no more; its articles stay, and its items stay known in case somebody subscribes again.

    Raises:
        NotAllowed, StaleVersion: as above.
        WrongFeedState: it has ended.
    """
    require(person, Action.EDIT_FEED, feed)
    _require_state(feed, FeedState.NEW, FeedState.ACTIVE, FeedState.PAUSED)
    with record_change(actor=person, now=now) as change:
        change.edit(feed, version, state=FeedState.ENDED, reason="", due_at=None)
        change.audit("end_subscription", feed, desk_id=feed.desk_id)


def add_feed(url: str, wanted: Wanted, desk: Desk, person: User, now: datetime) -> Feed:
    """Subscribe to an address without a look, as programs and lists do; the first poll says what is there.

    Raises:
        NotAllowed: the person may not subscribe on this desk.
        UnfitFeed: this is no web address, or a number is out of bounds.
        FeedAlreadyHere: the desk subscribes to it.
    """
    require(person, Action.EDIT_FEED, desk)
    _check(wanted)
    return _add(ListedFeed(_plain(url)), wanted, desk, person, now=now)


def import_feeds(content: bytes, wanted: Wanted, desk: Desk, person: User, now: datetime) -> Imported:
    """Subscribe to all feeds of an OPML list; each is added by itself, and those known or refused are named.

    Raises:
        NotAllowed: the person may not subscribe on this desk.
        UnfitFeed: this is no OPML list.
    """
    require(person, Action.EDIT_FEED, desk)
    _check(wanted)
    imported = Imported()
    for listed in _listed(content):
        try:
            plain = ListedFeed(_plain(listed.url), clean_text(listed.title).text)
            imported.added.append(_add(plain, wanted, desk, person, now=now))
        except FeedAlreadyHere:
            imported.known.append(listed.url)
        except UnfitFeed as reason:
            imported.refused.append(f"{listed.url[:200]}: {reason}")
    return imported


def _add(listed: ListedFeed, wanted: Wanted, desk: Desk, person: User, *, now: datetime) -> Feed:
    feed = Feed.objects.filter(desk=desk, url=listed.url).first()
    if feed is not None and feed.state in (FeedState.ACTIVE, FeedState.PAUSED):
        raise FeedAlreadyHere(_SUBSCRIBED % {"feed": feed}, feed.pk)
    feed = feed or _new(listed.url, listed.title, desk, person, now)
    try:
        with record_change(actor=person, now=now) as change:
            if feed._state.adding:  # noqa: SLF001 -- Django's public name
                Feed.objects.bulk_create([feed])
            _subscribe(change, feed, wanted, feed.version)
            queue_poll(change, feed)
    except IntegrityError as error:
        there = Feed.objects.get(desk=desk, url=listed.url)
        raise FeedAlreadyHere(_SUBSCRIBED % {"feed": there}, there.pk) from error
    return feed


def _subscribe(change: Change, feed: Feed, wanted: Wanted, version: int) -> None:
    said = {
        "every": wanted.every,
        "backlog": wanted.backlog,
        "reads_pages": wanted.reads_pages,
        "against_robots": wanted.against_robots,
    }
    outlet = _outlet(change, feed, wanted.outlet)
    active = {"state": FeedState.ACTIVE, "reason": "", "subscribed_at": change.now, "due_at": change.now}
    fresh = {"failures": 0, "etag": "", "modified": "", "body_sha256": "", "found": {}}
    change.edit(feed, version, outlet=outlet, **active, **fresh, **said)
    change.audit("subscribe", feed, desk_id=feed.desk_id, url=feed.url, outlet=str(outlet or ""), **said)


def _outlet(change: Change, feed: Feed, name: str) -> Outlet | None:
    return find_outlets(change, feed.desk, [name], [name])[name] if name.strip() else None


def _new(url: str, title: str, desk: Desk, person: User, now: datetime) -> Feed:
    return Feed(desk=desk, url=url, title=title, asked_by=person, asked_at=now)


def _plain(url: str) -> str:
    try:
        return str(read_location(url.strip().replace("feed://", "https://", 1) if url.startswith("feed:") else url))
    except FetchRefused as reason:
        raise UnfitFeed(str(reason)) from reason


def _listed(content: bytes) -> Sequence[ListedFeed]:
    if len(content) > LARGEST_LIST:
        raise UnfitFeed(_("This list is larger than 1 MB. Split it and add the parts."))
    try:
        return parse_opml(content)
    except UnfitFile as reason:
        raise UnfitFeed(str(reason)) from reason


def _check(wanted: Wanted) -> None:
    if not SHORTEST <= wanted.every <= LONGEST:
        words = _("A feed is polled every %(least)d to %(most)d minutes. Choose a number between.")
        raise UnfitFeed(words % {"least": SHORTEST, "most": LONGEST})
    if not 0 <= wanted.backlog <= MOST_BACKLOG:
        words = _("At most %(most)d articles that are there already can be taken in. Choose fewer.")
        raise UnfitFeed(words % {"most": MOST_BACKLOG})


def _require_state(feed: Feed, *states: FeedState) -> None:
    if feed.state not in states:
        words = _("This feed is %(state)s. Load the page again to see what can be done.")
        raise WrongFeedState(words % {"state": feed.get_state_display()})
