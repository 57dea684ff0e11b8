"""The newsroom's routine: what has expired is removed."""

from django.contrib.sessions.models import Session

from factcheck.intake.wording import worded
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.newsroom.models import PastAct

PURGE = "purge"


def purge_expired(hand: WorkInHand) -> None:
    """Remove the sessions that have run out, and what no key takes back any more."""
    hand.progress(worded("purging what has expired"), 0.0)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        Session.objects.filter(expire_date__lt=hand.now()).delete()
        PastAct.objects.forgotten(hand.now()).delete()
