"""Whose fault it was: a child that dies alone may have been killed by its work; a worker that dies whole was not.

The main process names each attempt before it hands the message to a child, and the child claims its job under that
name. So when a child is killed, the main process knows which job to put back, at once and with the attempt counted.
A worker that was killed whole says nothing; its lease runs out, and whoever takes over counts an interruption.
"""

from datetime import datetime
from queue import SimpleQueue
from typing import Any
from uuid import UUID, uuid4

from billiard.exceptions import WorkerLostError
from celery import Task
from celery.worker.request import Request

from factcheck.ledger.jobs import take_back_job

NAME = "attempt"
_killed: SimpleQueue[UUID] = SimpleQueue()


class Attempt(Request):  # type: ignore[misc]  # celery ships no types
    """One message in the hands of one child, in the main process."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.token = uuid4()
        self.request_dict[NAME] = str(self.token)

    def on_failure(self, exc_info: Any, *args: Any, **kwargs: Any) -> Any:
        """Note the token of a child that was killed; Celery does the rest."""
        if issubclass(exc_info.type, WorkerLostError):
            _killed.put(self.token)
        return super().on_failure(exc_info, *args, **kwargs)

    def on_timeout(self, soft: bool, timeout: float) -> None:  # noqa: FBT001 -- Celery's signature
        """Note the token of a child that Celery kills, as the soft limit did not stop it."""
        if not soft:
            _killed.put(self.token)
        super().on_timeout(soft, timeout)


class Doorbell(Task):  # type: ignore[misc]  # celery ships no types
    """A task whose attempts have names."""

    Request = f"{__name__}:Attempt"

    @property
    def attempt(self) -> UUID | None:
        """The name of the attempt in hand; None outside a worker."""
        name = self.request.get(NAME)
        return UUID(name) if name else None


def put_back_killed(now: datetime) -> None:
    """Put back what killed children held. If this cannot be written now, the lease runs out all the same."""
    while not _killed.empty():
        take_back_job(_killed.get(), now)
