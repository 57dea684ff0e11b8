"""What starts what: the whole wiring from something that committed to the work that follows."""

from django.conf import settings

from factcheck.jobs.bell import Bell
from factcheck.ledger.signals import job_queued

_bell = Bell()


def connect() -> None:
    """Ring on commit where a broker is shared; an embedded worker's own relay looks often enough."""
    if settings.REDIS_URL:
        job_queued.connect(_bell.ring_soon, dispatch_uid="ring")
