"""The routine of webhooks: the log of deliveries that have ended is kept for a month."""

from datetime import timedelta
from typing import Final

from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import OutboxMessage
from factcheck.publishing.events import PING
from factcheck.publishing.models import Delivery, DeliveryState, WebhookEndpoint

FORGET_DELIVERIES = "forget_deliveries"
KEPT_FOR: Final = timedelta(days=30)
AT_ONCE: Final = 2_000


def forget_deliveries(hand: WorkInHand) -> None:
    """Remove deliveries that ended a month ago with their attempts, tests with their messages, and secrets run out."""
    hand.progress("forgetting old deliveries", 0.0)
    now = hand.now()
    with record_change(actor=None, now=now) as change:
        finish_job(change, hand.lease)
        ended = Delivery.objects.exclude(state=DeliveryState.PENDING).filter(ended_at__lt=now - KEPT_FOR)
        old = list(ended.order_by("ended_at").values_list("pk", flat=True)[:AT_ONCE])
        Delivery.objects.filter(pk__in=old).delete()
        tests = OutboxMessage.objects.filter(topic=PING, deliveries__isnull=True, created_at__lt=now - KEPT_FOR)
        tests.delete()
        WebhookEndpoint.objects.filter(older_until__lt=now).update(older_secret="", older_until=None)
