"""The control: a sender that marks a message as sent, and then sends it. Killed in between, it loses what it marked."""

import os
import time
from uuid import uuid4

import django


def main() -> None:
    """Mark and send until killed, or until the worker that started it is gone."""
    django.setup()
    from django.utils import timezone

    from factcheck.publishing.models import Delivery
    from factcheck.publishing.webhooks.sending import claim_due, deliver, make_client

    parent, client = os.getppid(), make_client()
    while os.getppid() == parent:
        for parcel in claim_due(uuid4(), timezone.now(), 8, 1):
            marked = {"state": "sent", "ended_at": timezone.now(), "lease_until": None, "token": None}
            Delivery.objects.filter(pk=parcel.delivery_id).update(**marked)
            deliver(parcel, client, timezone.now())
        time.sleep(0.05)


if __name__ == "__main__":
    main()
