"""Sending: deliveries are taken under leases, sent outside any transaction, and marked by what was answered.

Whoever sends writes down an answer only while it holds the lease; if it dies, the lease runs out and another sends the
same bytes under the same id again. So each endpoint gets each message at least once.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce, Now

from factcheck.intake.cleaning import clean_text
from factcheck.intake.fetching.client import Answered, Client, FetchRefused, Gate, Limits
from factcheck.intake.fetching.errors import NoAnswer
from factcheck.publishing.models import Delivery, DeliveryAttempt, DeliveryState, Unsent, WebhookEndpoint, WhyOff
from factcheck.publishing.models.webhook import LONGEST_ANSWER
from factcheck.publishing.webhooks.addressing import settle
from factcheck.publishing.webhooks.pacing import FAILS_FOR, LEASE, MOST_ATTEMPTS, SECONDS, gap_after, read_rest
from factcheck.publishing.webhooks.signing import sign

USER_AGENT: Final = "Factcheck/0.1 (webhooks)"
AT_ONCE, AT_ONCE_WHILE_FAILING = 4, 1  # simultaneous deliveries to one endpoint, whoever sends


@dataclass(frozen=True, slots=True)
class Parcel:
    """One attempt in hand: the lease, and all that sending needs."""

    delivery_id: UUID
    token: UUID
    endpoint_id: UUID
    message_id: UUID
    url: str
    body: bytes
    keys: tuple[str, ...]
    is_failing: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt; a reason where it failed."""

    seconds: float
    status: int | None = None
    reason: str = ""
    answer: str = ""
    retry_after: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the receiver has it."""
        return not self.reason

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants no more messages."""
        return self.status == HTTPStatus.GONE


def make_client() -> Client:
    """The one outbound client, with the time of a webhook, and the receivers inside that the installation names."""
    return Client(Gate(exempt=frozenset(settings.WEBHOOK_RECEIVERS)), Limits(seconds=SECONDS))


def claim_due(token: UUID, now: datetime, room: int, room_for_failing: int) -> list[Parcel]:
    """Take deliveries that are due under new leases of this token: a few of each endpoint, the oldest first.

    An endpoint that fails gets one attempt at a time, and all that fail together no more than their own room: the
    others never wait for them.
    """
    parcels: list[Parcel] = []
    for endpoint_id, fails in _endpoints_due(now):
        free = room - len(parcels)
        if fails:
            free = min(free, room_for_failing - sum(parcel.is_failing for parcel in parcels))
        if free > 0:
            parcels += _claim(endpoint_id, token, now, free)
    return parcels


def deliver(parcel: Parcel, client: Client, now: datetime) -> Outcome:
    """Send one; no database is asked."""
    signed = sign(parcel.body, str(parcel.message_id), parcel.keys, now)
    headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT, "Accept": "*/*", **signed}
    began = time.monotonic()
    try:
        answered = client.send(parcel.url, parcel.body, headers)
    except FetchRefused as refusal:
        reason = refusal.code if refusal.code in Unsent.values else NoAnswer.code
        return Outcome(time.monotonic() - began, reason=reason)
    return _read(answered, time.monotonic() - began)


def note_outcome(parcel: Parcel, outcome: Outcome, now: datetime, chance: random.Random) -> WhyOff | None:
    """Write down what came of an attempt, if the lease still holds; why its webhook should be switched off, if so."""
    with transaction.atomic():
        held = Delivery.objects.pending().filter(pk=parcel.delivery_id, token=parcel.token)
        delivery = held.first()
        if delivery is None or not held.update(**_left(delivery, outcome, now, chance)):
            return None  # another took it over, and its answer counts
        DeliveryAttempt.objects.create(
            delivery=delivery,
            at=now,
            seconds=round(outcome.seconds, 3),
            status=outcome.status,
            reason=outcome.reason,
            answer=outcome.answer,
        )
        if not delivery.is_test:
            _note_health(parcel.endpoint_id, outcome, now)
        settle([delivery.message_id], now)
    if outcome.is_gone:
        return WhyOff.GONE
    lost = WebhookEndpoint.objects.enabled().filter(pk=parcel.endpoint_id, failures__gte=MOST_ATTEMPTS)
    return WhyOff.FAILING if lost.filter(failing_since__lte=now - FAILS_FOR).exists() else None


def let_go(token: UUID) -> int:
    """Free what was held by a sender that died, so that it is sent again at once; give how many that was."""
    return Delivery.objects.pending().filter(token=token).update(lease_until=None, token=None)


def is_anything_due(now: datetime) -> bool:
    """Whether anything could be sent now."""
    return Delivery.objects.due(now).exists()


def _endpoints_due(now: datetime) -> Iterator[tuple[UUID, bool]]:
    """The endpoints with something due: those that work first, then by whose turn has waited longest."""
    due = Delivery.objects.due(now).values_list("endpoint_id", "endpoint__failures")
    rows = due.annotate(first=Min("next_attempt_at")).order_by("first")
    counts = Delivery.objects.held().values_list("endpoint_id").annotate(many=Count("pk")).order_by()
    held: dict[UUID, int] = dict(counts)
    for endpoint_id, failures, _ in sorted(rows, key=lambda row: row[1] > 0):
        if held.get(endpoint_id, 0) < (AT_ONCE_WHILE_FAILING if failures else AT_ONCE):
            yield endpoint_id, failures > 0


def _claim(endpoint_id: UUID, token: UUID, now: datetime, free: int) -> list[Parcel]:
    with transaction.atomic():
        # Writing its row makes others who would claim for this endpoint wait, so that their counts are true.
        WebhookEndpoint.objects.filter(pk=endpoint_id).update(failures=F("failures"))
        endpoint = WebhookEndpoint.objects.get(pk=endpoint_id)
        most = AT_ONCE_WHILE_FAILING if endpoint.failures else AT_ONCE
        held = Delivery.objects.held().filter(endpoint=endpoint_id).count()
        due = Delivery.objects.due(now).filter(endpoint=endpoint_id).select_related("message")
        chosen = list(due.order_by("next_attempt_at", "id")[: max(min(most - held, free), 0)])
        return [parcel for delivery in chosen if (parcel := _take(delivery, endpoint, token, now))]


def _take(delivery: Delivery, endpoint: WebhookEndpoint, token: UUID, now: datetime) -> Parcel | None:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
    if not Delivery.objects.pending().filter(free, pk=delivery.pk).update(token=token, lease_until=Now() + LEASE):
        return None
    older = (endpoint.older_secret,) if endpoint.older_until and endpoint.older_until > now else ()
    return Parcel(
        delivery.pk,
        token,
        endpoint.pk,
        delivery.message_id,
        endpoint.url,
        bytes(delivery.message.body),
        (endpoint.secret, *older),
        endpoint.failures > 0,
    )


def _read(answered: Answered, seconds: float) -> Outcome:
    ok = HTTPStatus.OK <= answered.status < HTTPStatus.MULTIPLE_CHOICES
    leads = HTTPStatus.MULTIPLE_CHOICES <= answered.status < HTTPStatus.BAD_REQUEST
    reason = "" if ok else Unsent.REDIRECTED if leads else Unsent.STATUS
    said = clean_text(answered.begins.decode("utf-8", "replace")).text[:LONGEST_ANSWER]
    return Outcome(seconds, answered.status, str(reason), said, "" if ok else answered.retry_after)


def _left(delivery: Delivery, outcome: Outcome, now: datetime, chance: random.Random) -> dict[str, Any]:
    """How the attempt leaves its delivery."""
    attempts = delivery.attempts + 1
    said = {"last_status": outcome.status, "last_reason": outcome.reason, "last_answer": outcome.answer}
    left = {**said, "attempts": attempts, "lease_until": None, "token": None}
    if outcome.is_sent:
        return {**left, "state": DeliveryState.SENT, "ended_at": now}
    gap = None if outcome.is_gone or delivery.is_test else gap_after(attempts, chance)
    if gap is None:
        return {**left, "state": DeliveryState.GIVEN_UP, "ended_at": now}
    return {**left, "next_attempt_at": max(now + gap, read_rest(outcome.retry_after, now) or now)}


def _note_health(endpoint_id: UUID, outcome: Outcome, now: datetime) -> None:
    endpoint = WebhookEndpoint.objects.filter(pk=endpoint_id)
    if outcome.is_sent:
        endpoint.update(failures=0, failing_since=None, paused_until=None, last_sent_at=now)
        return
    rest = read_rest(outcome.retry_after, now)
    paused = {"paused_until": rest} if rest else {}
    endpoint.update(failures=F("failures") + 1, failing_since=Coalesce("failing_since", now), **paused)
