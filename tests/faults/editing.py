"""Editors who add words to claims: each reads one, thinks, saves, again and again. Prints what was acknowledged.

The careless way is the control: it saves the row as it was read, as a plain form does.
"""

import json
import os
import random
import sys
import time

import django

from tests.faults.crowd import Wait, together

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def edit(wait: Wait, name: str, count: int, seed: int, way: str) -> dict[str, object]:
    """Add so many words."""
    from django.utils import timezone

    from factcheck.claims.models import Claim
    from factcheck.claims.services.claims import reword_claim
    from factcheck.ledger.errors import StaleVersion
    from factcheck.newsroom.models import User

    def save(claim: Claim, text: str) -> None:
        if way == "careless":
            claim.text = text
            claim.save()
        else:
            reword_claim(claim, text, claim.version, person, timezone.now())

    person, pick = User.objects.get(username=name), random.Random(seed)
    claims = list(Claim.objects.order_by("created_seq").values_list("pk", flat=True))
    acknowledged: list[list[str]] = []
    stale, took = 0, list[float]()
    wait()
    while len(acknowledged) < count:
        claim = Claim.objects.get(pk=pick.choice(claims))
        word = f"{name}{len(acknowledged)}"
        time.sleep(pick.uniform(0, 0.02))
        started = time.monotonic()
        try:
            save(claim, f"{claim.text} {word}")
        except StaleVersion:
            stale += 1
            continue
        took.append(time.monotonic() - started)
        acknowledged.append([str(claim.pk), word])
    return {"acknowledged": acknowledged, "stale": stale, "took": took}


def main(way: str, seed: int, *shares: int) -> None:
    """An editor for each share of the words."""
    django.setup()
    each = [(f"e{number}", count, seed + number, way) for number, count in enumerate(shares)]
    print(json.dumps(together(edit, each)))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
