"""How far workers are behind, and how much of what feeds brought goes on: fair between feeds, less while they are."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from factcheck.corpus.models import FeedItem, ItemState
from factcheck.corpus.services.pairing import EXTRACT
from factcheck.ledger.changes import Change
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.wording import worded

TAKE = "take_item"
POLLED: Final = 5  # the priority: before what comes in bulk, behind what somebody has just pasted
BEHIND: Final = 60  # articles that wait to be read: with more, feeds wait
AT_ONCE: Final = 40  # items of feeds that are taken in at a time
OF_A_FEED: Final = 20  # of one feed, between two of its turns
REST: Final = timedelta(minutes=1)  # before an item whose server did not answer is tried again
CANCELLED: Final = worded("Somebody cancelled this.")
SLOWER: Final = 4  # while workers are behind, feeds are polled so much more seldom


def articles_behind() -> int:
    """How many articles wait for a worker, or are being read."""
    return Job.objects.filter(kind=EXTRACT).open().awaited().count()


def workers_are_behind() -> bool:
    """Whether so much waits that feeds shall wait too."""
    return articles_behind() > BEHIND


def latest_due(every: int) -> timedelta:
    """How long a feed's poll may be put off while workers are behind."""
    return timedelta(minutes=every * (SLOWER - 1))


def release_items(change: Change) -> int:
    """Let waiting items go on, as many as there is room for: the first of each feed, then the second of each."""
    if workers_are_behind():
        return 0
    room = AT_ONCE - Job.objects.filter(kind=TAKE).open().count()
    if room <= 0:
        return 0
    items = _next_waiting(room, change.now)
    waiting = FeedItem.objects.filter(pk__in=[item.pk for item in items], state=ItemState.WAITING)
    waiting.update(state=ItemState.QUEUED)
    change.enqueue_all([_job(change, item) for item in items])
    return len(items)


def settle_items() -> None:
    """Say of items whose work failed or was cancelled that they were refused, and why; it can be tried again."""
    stopped = Job.objects.filter(kind=TAKE, state__in=(JobState.FAILED, JobState.CANCELLED))
    for item_id, reason in stopped.values_list("parameters__item", "reason"):
        queued = FeedItem.objects.filter(pk=item_id, state=ItemState.QUEUED)
        queued.filter(article__isnull=False).update(state=ItemState.TAKEN, reason=reason[:500])
        queued.update(state=ItemState.REFUSED, reason=reason[:500] or CANCELLED)


def _next_waiting(room: int, now: datetime) -> list[FeedItem]:
    place = Window(RowNumber(), partition_by="feed", order_by=[F("published_at").asc(nulls_last=True), F("id").asc()])
    ready = FeedItem.objects.filter(Q(tries=0) | Q(looked_at__lt=now - REST), state=ItemState.WAITING)
    waiting = ready.annotate(place=place).filter(place__lte=OF_A_FEED)
    return list(waiting.select_related("feed").order_by("place", "published_at", "id")[:room])


def _job(change: Change, item: FeedItem) -> Job:
    # The try is in the key: an item that waits again, or reads otherwise, is other work than what was done for it.
    return change.new_job(
        TAKE,
        f"{item.pk} {item.digest[:16]} {item.edits} {item.tries}",
        item.feed,
        desk_id=item.feed.desk_id,
        priority=POLLED,
        parameters={"item": str(item.pk)},
    )
