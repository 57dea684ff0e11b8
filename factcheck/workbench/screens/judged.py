"""A verdict as it is read: what it says and rests on, who wrote it, by which guidelines, who approved."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.models import Claim, Evidence, Reply, Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with all that hangs on it."""

    verdict: Verdict
    evidence: Sequence[Evidence]
    replies: Sequence[Reply]
    authors: Sequence[str]
    approvers: Sequence[str]
    needed: int


def judged_of(verdict: Verdict, claim: Claim) -> Judged:
    """Gather a verdict."""
    return Judged(
        verdict=verdict,
        evidence=list(verdict.evidence.all()),
        replies=list(verdict.replies.all()),
        authors=[str(row.person) for row in verdict.authors.select_related("person").order_by("pk")],
        approvers=[str(row.person) for row in verdict.approvals.select_related("person").order_by("pk")],
        needed=claim.desk.approvals_needed,
    )
