"""The control: a sender that marks messages as sent, then sends them. Killed in between, it loses what it marked."""

import os
import time
from uuid import uuid4

import django

AT_ONCE = 20


def main() -> None:
    """Mark and send until killed, or until the worker that started it is gone."""
    django.setup()
    from django.utils import timezone

    from factcheck.publishing.models import Delivery
    from factcheck.publishing.webhooks.sending import Parcel, deliver, make_client

    parent, client = os.getppid(), make_client()
    while os.getppid() == parent:
        waiting = Delivery.objects.pending().select_related("message", "endpoint").order_by("created_at")[:AT_ONCE]
        batch = [
            Parcel(
                one.pk,
                uuid4(),
                one.endpoint_id,
                one.message_id,
                one.endpoint.url,
                bytes(one.message.body),
                (one.endpoint.secret,),
                is_failing=False,
            )
            for one in waiting
        ]
        marked = {"state": "sent", "ended_at": timezone.now()}
        Delivery.objects.filter(pk__in=[parcel.delivery_id for parcel in batch]).update(**marked)
        for parcel in batch:
            deliver(parcel, client, timezone.now())
        time.sleep(0.05)


if __name__ == "__main__":
    main()
