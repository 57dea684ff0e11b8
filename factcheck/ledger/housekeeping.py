"""The ledger's routine: the audit chain is verified round the clock, by a job whose outcome is the answer."""

from factcheck.intake.wording import worded
from factcheck.ledger.chain import verify_chain
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import ChainBroken
from factcheck.ledger.jobs import WorkInHand, finish_job

VERIFY = "verify"


def verify_audit(hand: WorkInHand) -> None:
    """Verify the whole chain.

    Raises:
        ChainBroken: with the first break in words; the job fails with them.
    """
    hand.progress(worded("verifying the audit chain"), 0.0)
    report = verify_chain()
    if report.problems:
        raise ChainBroken(f"The audit chain is broken: {report.problems[0]}. Run manage.py verify_audit.")
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
