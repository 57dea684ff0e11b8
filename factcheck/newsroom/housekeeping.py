"""The newsroom's routine: what has expired is removed."""

from django.contrib.sessions.models import Session

from factcheck.intake.wording import worded
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import WorkInHand, finish_job

PURGE = "purge"


def purge_expired(hand: WorkInHand) -> None:
    """Remove the sessions that have run out."""
    hand.progress(worded("purging what has expired"), 0.0)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        Session.objects.filter(expire_date__lt=hand.now()).delete()
