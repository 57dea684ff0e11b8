"""What must hold of webhooks whatever died when: each check yields a sentence per violation."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from factcheck.ledger.invariants import unnumbered
from factcheck.ledger.models import OutboxMessage, OutboxState
from factcheck.publishing.events import PING, TOPICS
from factcheck.publishing.models import Delivery, DeliveryAttempt, DeliveryState, Unsent, WebhookEndpoint


def check_webhooks() -> Iterator[str]:
    """Everything that is promised of messages and their deliveries."""
    yield from unnumbered(WebhookEndpoint)
    yield from _messages()
    yield from _deliveries()


def _messages() -> Iterator[str]:
    ours = OutboxMessage.objects.filter(topic__in=(*TOPICS.values(), PING))
    of_it = Delivery.objects.filter(message=OuterRef("pk"))
    waiting = Exists(of_it.filter(state=DeliveryState.PENDING))
    for message in ours.filter(~waiting, state=OutboxState.PENDING):
        yield f"message {message.pk} waits, and nobody is to have it"
    lost = Exists(of_it.filter(state=DeliveryState.GIVEN_UP).exclude(last_reason=Unsent.SWITCHED_OFF))
    for message in ours.filter(lost, state=OutboxState.SENT):
        yield f"message {message.pk} is marked as sent, and was given up at a webhook"


def _deliveries() -> Iterator[str]:
    taken = DeliveryAttempt.objects.filter(delivery=OuterRef("pk"), status__gte=200, status__lt=300)
    for delivery in Delivery.objects.filter(~Exists(taken), state=DeliveryState.SENT):
        yield f"delivery {delivery.pk} is marked as sent, and nobody took it"
