"""Sending again by hand: the same id and the same bytes, in a new round of attempts."""

from datetime import datetime
from typing import Any, Final

from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require
from factcheck.publishing.errors import WebhookIsOff
from factcheck.publishing.models import Delivery, DeliveryState, WebhookEndpoint

AT_ONCE: Final = 1_000


def redeliver(delivery: Delivery, person: User, now: datetime) -> None:
    """Send a message again, whatever became of it; one that waits is tried now.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        WebhookIsOff: nothing is sent there.
    """
    require(person, Action.READ_DELIVERIES, delivery)
    _require_on(delivery.endpoint, is_test=delivery.is_test)
    with record_change(actor=person, now=now) as change:
        _queue(Delivery.objects.filter(pk=delivery.pk), now)
        change.audit("redeliver", delivery, desk_id=delivery.desk_id, message=str(delivery.message_id))
    delivery.refresh_from_db()


def redeliver_missed(endpoint: WebhookEndpoint, person: User, now: datetime) -> int:
    """Send all messages again that were given up, the newest thousand at most; give how many those are.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        WebhookIsOff: nothing is sent there.
    """
    require(person, Action.READ_DELIVERIES, endpoint)
    _require_on(endpoint, is_test=False)
    with record_change(actor=person, now=now) as change:
        newest = Delivery.objects.filter(endpoint=endpoint).missed().order_by("-created_at", "-id")
        missed = Delivery.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[:AT_ONCE])).missed()
        count = _queue(missed, now)
        change.audit("redeliver_missed", endpoint, desk_id=endpoint.desk_id, count=count)
    return count


def _queue(deliveries: Any, now: datetime) -> int:
    """Begin a new round; what waits is tried now and keeps its round, and its lease where it is being sent."""
    ended = deliveries.exclude(state=DeliveryState.PENDING)
    pending = deliveries.filter(state=DeliveryState.PENDING)
    count = int(pending.update(next_attempt_at=now))
    anew = {"state": DeliveryState.PENDING, "attempts": 0, "ended_at": None, "token": None}
    return count + int(ended.update(**anew, next_attempt_at=now))


def _require_on(endpoint: WebhookEndpoint, *, is_test: bool) -> None:
    if not endpoint.is_enabled and not is_test:
        raise WebhookIsOff
