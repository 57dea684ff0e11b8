"""A writer of the lock test: reads, then writes, in one transaction, as fast as it can. Prints its errors as JSON."""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(name: str, count: int) -> None:
    """Rename an outlet so many times through one change each: look at it, lock the head, write, append to the audit."""
    django.setup()
    from django.db import OperationalError
    from django.utils import timezone

    from factcheck.corpus.models import Outlet
    from factcheck.ledger.changes import record_change
    from factcheck.ledger.errors import StaleVersion
    from factcheck.newsroom.models import Desk

    desk, errors, took = Desk.objects.get(slug="city"), [], []
    print("ready", flush=True)
    sys.stdin.readline()  # until the other is: a busy machine may start one when the other has ended
    for number in range(count):
        started = time.monotonic()
        try:
            with record_change(actor=None, now=timezone.now()) as change:
                known = Outlet.objects.filter(desk=desk).count()
                title = f"{name} {number} of {known}"
                outlet = Outlet.objects.create(desk=desk, name=title, name_key=Outlet.key_of(title))
                change.touch(outlet)
                change.audit("add_outlet", outlet, desk_id=desk.pk)
        except (OperationalError, StaleVersion) as error:
            errors.append(str(error))
        took.append(time.monotonic() - started)
    print(json.dumps({"errors": errors, "took": took}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
