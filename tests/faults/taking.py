"""Reviewers who take the next pair and decide it, again and again, all at once. Prints which pairs each got.

The careless way is the control: it looks for a pair that nobody has and writes the name on it, without a unique key.
"""

import json
import os
import sys
import time

import django

from tests.faults.crowd import Wait, together

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def take_all(wait: Wait, name: str, way: str) -> dict[str, object]:
    """Take what there is, from the same moment on as everybody else."""
    from django.utils import timezone

    from factcheck.claims.services.assignments import take_following_pair, take_next_pair
    from factcheck.claims.services.queues import free_pairs
    from factcheck.corpus.models import ConflictPair, Decision
    from factcheck.corpus.services.conflicts import decide_conflict
    from factcheck.newsroom.models import User

    person = User.objects.get(username=name)
    got: list[str] = []
    took: list[float] = []

    def take(done: ConflictPair | None) -> ConflictPair | None:
        now = timezone.now()
        if way == "careless":
            free = free_pairs(person).first()  # look ...
            if free is not None:
                ConflictPair.objects.filter(pk=free.pk).update(status="obsolete")  # ... then write
            return free
        if done is None:
            return take_next_pair(person, now)
        decide_conflict(done, Decision.CONFLICT, done.version, person, now=now)
        return take_following_pair(done, person, now)

    wait()
    pair: ConflictPair | None = None
    while True:
        began = time.monotonic()
        pair = take(pair)
        took.append(time.monotonic() - began)
        if pair is None:
            break
        got.append(str(pair.pk))
    return {"got": got, "took": took}


def main(way: str, count: int) -> None:
    """So many reviewers, in the same way."""
    django.setup()
    print(json.dumps(together(take_all, [(f"r{number}", way) for number in range(count)])))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
