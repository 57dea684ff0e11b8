"""Where a typed statement stands elsewhere: what seems to conflict with it, and what else is near."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.corpus.models import Inquiry
from factcheck.corpus.services.inquiries import Finding, findings_of_each
from factcheck.corpus.services.scoring import BAR
from factcheck.ledger.models import Job
from factcheck.newsroom.models import User
from factcheck.workbench.screens.progress import Progress, describe

NEAR_SHOWN = 10


@dataclass(frozen=True, slots=True)
class InquiryScreen:
    """What the page of an inquiry shows."""

    inquiry: Inquiry
    progress: Progress
    conflicts: Sequence[Finding]
    near: Sequence[Finding]


def inquiry_screen(inquiry: Inquiry, person: User) -> InquiryScreen:
    """Gather the page in a fixed number of queries."""
    found = findings_of_each([inquiry], person)[inquiry.pk]
    conflicts = [finding for finding in found if finding.score is not None and finding.score >= BAR]
    near = [finding for finding in found if finding not in conflicts]
    job = Job.objects.about("inquiry", inquiry.pk).first()
    return InquiryScreen(inquiry, describe(job, inquiry, person), conflicts, near[:NEAR_SHOWN])
