"""The tables of claims."""

from factcheck.claims.models.assessment import Assessment, AssessmentState, BlindReview
from factcheck.claims.models.assignment import ArticleCheck, Assignment, Piece, Purpose
from factcheck.claims.models.claim import Appearance, Claim, ClaimState, Stance
from factcheck.claims.models.evidence import Bearing, Evidence
from factcheck.claims.models.rating import Rating, RatingScale, Tone
from factcheck.claims.models.verdict import Approval, Verdict, VerdictAuthor, VerdictState

__all__ = [
    "Appearance",
    "Approval",
    "ArticleCheck",
    "Assessment",
    "AssessmentState",
    "Assignment",
    "Bearing",
    "BlindReview",
    "Claim",
    "ClaimState",
    "Evidence",
    "Piece",
    "Purpose",
    "Rating",
    "RatingScale",
    "Stance",
    "Tone",
    "Verdict",
    "VerdictAuthor",
    "VerdictState",
]
