"""The tables of claims."""

from factcheck.claims.models.claim import Appearance, Assignment, Claim, ClaimState, Stance
from factcheck.claims.models.evidence import Bearing, Evidence
from factcheck.claims.models.rating import Rating, RatingScale, Tone
from factcheck.claims.models.verdict import Approval, Verdict, VerdictAuthor, VerdictState

__all__ = [
    "Appearance",
    "Approval",
    "Assignment",
    "Bearing",
    "Claim",
    "ClaimState",
    "Evidence",
    "Rating",
    "RatingScale",
    "Stance",
    "Tone",
    "Verdict",
    "VerdictAuthor",
    "VerdictState",
]
