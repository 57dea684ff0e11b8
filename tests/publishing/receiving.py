"""A receiver of webhooks for the tests: answers in turn what it is told to, and keeps what it got."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from standardwebhooks import Webhook

from factcheck.ledger.changes import record_change
from factcheck.ledger.models import OutboxMessage
from factcheck.newsroom.models import Desk, User
from factcheck.publishing.events import REVIEW_PUBLISHED
from factcheck.publishing.models import WebhookEndpoint
from factcheck.publishing.webhooks.addressing import address
from factcheck.publishing.webhooks.endpoints import NewWebhook, add_webhook, switch_off_by_itself
from factcheck.publishing.webhooks.sending import claim_due, deliver, make_client, note_outcome
from tests.intake.fetching.serving import Served, serving

TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Receiver:
    """A server, and what it got."""

    served: Served
    answers: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.served.url("/hook")

    @property
    def got(self) -> list[tuple[dict[str, str], bytes]]:
        """The headers and the body of each request."""
        return [_parted(raw) for raw in self.served.asked]

    def verified(self, secret: str) -> list[Any]:
        """What each request said, if its signature is right."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.got]


@contextmanager
def receiving(*answers: bytes) -> Iterator[Receiver]:
    """A receiver that gives these answers in turn, the last one for ever."""
    told = list(answers or (TAKEN,))

    def play(wire: Any) -> None:
        wire.sendall(told.pop(0) if len(told) > 1 else told[0])

    with serving(play) as served:
        before = settings.WEBHOOK_RECEIVERS
        settings.WEBHOOK_RECEIVERS = [*before, ("127.0.0.1", served.port)]
        try:
            yield Receiver(served, told)
        finally:
            settings.WEBHOOK_RECEIVERS = before


def make_webhook(desk: Desk, person: User, url: str, now: datetime, **fields: Any) -> tuple[WebhookEndpoint, str]:
    """A webhook and its secret."""
    return add_webhook(NewWebhook(url, **fields), desk, person, now)


def tell(desk: Desk, now: datetime) -> OutboxMessage:
    """A message to all webhooks of a desk, as publishing writes them."""
    with record_change(actor=None, now=now) as change:
        said = {"id": str(uuid4()), "revision": 1}
        return address(change, REVIEW_PUBLISHED, {"type": REVIEW_PUBLISHED, "data": said}, desk.pk)


def send_due(now: datetime, token: UUID | None = None) -> int:
    """What a sender does in one round; how many it sent, well or not."""
    parcels = claim_due(token or uuid4(), now, 32, 16)
    for parcel in parcels:
        why = note_outcome(parcel, deliver(parcel, make_client(), now), now, Random(7))
        if why is not None:
            switch_off_by_itself(parcel.endpoint_id, why, now)
    return len(parcels)


def _parted(raw: bytes) -> tuple[dict[str, str], bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = [line.partition(":") for line in head.decode().split("\r\n")[1:]]
    return {name.lower(): value.strip() for name, _, value in lines}, body
