import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections

ATTEMPTS, PAUSE = 5, 3.0


class Command(Migrate):
    """Django's own, but a step that would wait for a lock gives up after two seconds and is tried again.

    PostgreSQL lets everybody queue behind a schema change that waits; without this, one long query and one waiting
    migration would stop all pages. A step may think for longer than an installation lets a change stand still.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = 0")
        for attempt in range(1, ATTEMPTS + 1):
            try:
                super().handle(*args, **options)
                break
            except OperationalError as error:
                _wait_or_give_up(error, attempt)
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout; RESET idle_in_transaction_session_timeout")


def _wait_or_give_up(error: OperationalError, attempt: int) -> None:
    if "lock timeout" not in str(error):
        raise error
    if attempt == ATTEMPTS:
        raise CommandError("A table stayed in use, so the migration did not start. Run migrate again.") from error
    time.sleep(PAUSE)
