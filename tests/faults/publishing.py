"""Clients of the race: each publishes every approved verdict as soon as it is told to go. Prints JSON.

`careless` is the usual design: it looks whether the claim is published, and inserts. `late` is another usual design: it
publishes, and writes the message about it when that is done.
"""

import json
import os
import sys
import time
from collections import Counter
from typing import Any

import django

from tests.faults.crowd import Wait, together

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def publish_all(wait: Wait, way: str) -> dict[str, Any]:
    """Publish all, in one order, beside the others."""
    from django.utils import timezone

    from factcheck.claims.models import Verdict
    from factcheck.ledger.errors import Refusal
    from factcheck.newsroom.models import User
    from factcheck.publishing import services

    lea, outcomes, took = User.objects.get(username="lea"), Counter[str](), []
    verdicts = list(
        Verdict.objects.select_related("claim__desk", "claim__pair", "rating__scale").order_by("created_seq")
    )
    previews = [services.preview_review(verdict, timezone.now()).mark for verdict in verdicts]
    look = _made_careless(services) if way == "careless" else None
    tell = _made_late(services) if way == "late" else list
    wait()
    for verdict, mark in zip(verdicts, previews, strict=True):
        started = time.monotonic()
        try:
            if look is None or not look(verdict):
                services.publish_review(verdict, mark, lea, timezone.now())
                outcomes["published"] += 1
                tell()
        except Refusal as refusal:
            outcomes[refusal.code] += 1
        took.append(time.monotonic() - started)
    return {"outcomes": outcomes, "took": took}


def _say_ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def _made_careless(services: Any) -> Any:
    """Look, then insert: what the service asks of the database is asked before, and is old when it acts."""
    find = services.find_publication
    services.find_publication = lambda claim: None

    def look(verdict: Any) -> bool:
        found = find(verdict.claim) is not None
        time.sleep(0.005)  # what checking a form takes
        return found

    return look


def _made_late(services: Any) -> Any:
    """Publish, then tell: the message is written in a transaction of its own, after the review's."""
    from django.utils import timezone

    from factcheck.ledger.changes import record_change

    address, waiting = services.address, list[tuple[Any, ...]]()
    services.address = lambda _change, *said: waiting.append(said)

    def tell() -> None:
        time.sleep(0.02)  # what asking a broker takes
        with record_change(actor=None, now=timezone.now()) as change:
            address(change, *waiting.pop())

    return tell


def main(way: str, count: int) -> None:
    """So many clients who start together, or one that starts when it is told to."""
    django.setup()
    print(json.dumps(together(publish_all, [(way,)] * count) if count else publish_all(_say_ready, way)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
