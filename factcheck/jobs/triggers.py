"""What starts what: the whole wiring from something that committed to the work that follows."""

from celery import current_app
from django.conf import settings

from factcheck.jobs.bell import Bell
from factcheck.jobs.schedule import beats
from factcheck.ledger.signals import job_queued

_bell = Bell()


def connect() -> None:
    """Ring on commit where a broker is shared; an embedded worker's own relay looks often enough."""
    current_app.conf.beat_schedule = beats()
    if settings.REDIS_URL:
        job_queued.connect(_bell.ring_soon, dispatch_uid="ring")
