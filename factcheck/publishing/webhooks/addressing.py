"""To whom a message goes: settled in the transaction that writes it, so that none waits for nobody.

A message is sent when every endpoint has it that was to have it; where there is none, that is at once.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from factcheck.ledger.changes import Change
from factcheck.ledger.models import OutboxMessage, OutboxState
from factcheck.publishing.events import PING, TOPICS
from factcheck.publishing.models import (
    Delivery,
    DeliveryState,
    EndpointState,
    Publication,
    Unsent,
    WebhookEndpoint,
)

AT_ONCE = 500  # messages of one sweep


def address(change: Change, topic: str, body: dict[str, Any], desk_id: UUID) -> OutboxMessage:
    """Write a message to all endpoints of a desk that want to hear of this, as part of a change."""
    message = change.emit(topic, body)
    _fan_out([(message, desk_id)], change.now)
    return message


def address_test(change: Change, endpoint: WebhookEndpoint) -> Delivery:
    """Write a test message to this endpoint alone, as part of a change. It is tried once."""
    body = {"type": PING, "timestamp": change.now.isoformat(), "data": {"webhook": str(endpoint.pk)}}
    delivery = _delivery(change.emit(PING, body), endpoint, change.now)
    delivery.is_test = True
    delivery.save(force_insert=True)
    return delivery


def sweep_messages(now: datetime) -> int:
    """Settle what nobody will send; give how many messages that were.

    Messages that a version before webhooks wrote were addressed to nobody; and where a webhook is switched off in the
    moment in which a message is written to it, that one is given up here.
    """
    addressed = Delivery.objects.filter(message=OuterRef("pk"))
    waiting = OutboxMessage.objects.filter(state=OutboxState.PENDING, topic__in=(*TOPICS.values(), PING))
    stray = list(waiting.filter(~Exists(addressed)).order_by("created_at")[:AT_ONCE])
    if stray:
        _fan_out([(message, _desk_of(message)) for message in stray], now)
    off = Q(endpoint__state=EndpointState.DISABLED, is_test=False) | Q(endpoint__state=EndpointState.REMOVED)
    shut = Delivery.objects.pending().filter(off)
    given_up = list(shut.values_list("message_id", flat=True)[:AT_ONCE])
    if given_up:
        give_up(Delivery.objects.filter(pk__in=shut.values("pk")), now)
    return len(stray) + len(given_up)


def give_up(deliveries: Any, now: datetime) -> None:
    """Give up these deliveries as far as they are pending, because their webhook is off."""
    pending = deliveries.filter(state=DeliveryState.PENDING)
    messages = list(pending.values_list("message_id", flat=True).distinct())
    ended = {"state": DeliveryState.GIVEN_UP, "ended_at": now, "lease_until": None, "token": None}
    pending.update(**ended, last_reason=Unsent.SWITCHED_OFF)
    settle(messages, now)


def settle(message_ids: Sequence[UUID], now: datetime) -> None:
    """Mark messages by what became of their deliveries: sent, or given up where an endpoint could not be reached.

    An endpoint that was switched off was not to have it.
    """
    deliveries = Delivery.objects.filter(message=OuterRef("pk"))
    waits = Exists(deliveries.filter(state=DeliveryState.PENDING))
    lost = Exists(deliveries.filter(state=DeliveryState.GIVEN_UP).exclude(last_reason=Unsent.SWITCHED_OFF))
    settled = OutboxMessage.objects.filter(~waits, pk__in=message_ids)
    settled.filter(lost).update(state=OutboxState.GIVEN_UP, ended_at=now)
    settled.filter(~lost).update(state=OutboxState.SENT, ended_at=now)


def _fan_out(addressed: Sequence[tuple[OutboxMessage, UUID | None]], now: datetime) -> None:
    desks = {desk_id for _, desk_id in addressed}
    endpoints = list(WebhookEndpoint.objects.filter(desk__in=desks - {None}).exclude(state=EndpointState.REMOVED))
    deliveries = [
        _delivery(message, endpoint, now)
        for message, desk_id in addressed
        for endpoint in endpoints
        if endpoint.desk_id == desk_id and message.topic in endpoint.topics
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)  # two sweeps at once are as one
    settle([message.pk for message, _ in addressed], now)


def _delivery(message: OutboxMessage, endpoint: WebhookEndpoint, now: datetime) -> Delivery:
    """One that waits; where the webhook is off, one that can be sent later, by hand."""
    delivery = Delivery(message=message, endpoint=endpoint, created_at=now, next_attempt_at=now)
    if not endpoint.is_enabled and message.topic != PING:
        delivery.state, delivery.ended_at = DeliveryState.GIVEN_UP, now
        delivery.last_reason = Unsent.SWITCHED_OFF
    return delivery


def _desk_of(message: OutboxMessage) -> UUID | None:
    told = json.loads(bytes(message.body))["data"]
    return Publication.objects.filter(pk=told.get("id")).values_list("desk_id", flat=True).first()
