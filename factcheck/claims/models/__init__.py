"""The tables of claims."""

from factcheck.claims.models.assessment import Assessment, AssessmentState, BlindReview
from factcheck.claims.models.assignment import ArticleCheck, Assignment, Piece, Purpose
from factcheck.claims.models.claim import Appearance, Claim, ClaimState, SourceChange, Stance
from factcheck.claims.models.comment import Comment, Mention
from factcheck.claims.models.evidence import Bearing, Evidence
from factcheck.claims.models.guideline import Guideline
from factcheck.claims.models.imported import ImportedReview, ImportState, ReviewImport, RowProblem
from factcheck.claims.models.known import KnownClaim, unread_claims, unread_imports
from factcheck.claims.models.presence import Presence
from factcheck.claims.models.rating import Rating, RatingScale, Tone
from factcheck.claims.models.reply import Outcome, Reply
from factcheck.claims.models.tag import Tag, Tagging
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
    "Comment",
    "Evidence",
    "Guideline",
    "ImportState",
    "ImportedReview",
    "KnownClaim",
    "Mention",
    "Outcome",
    "Piece",
    "Presence",
    "Purpose",
    "Rating",
    "RatingScale",
    "Reply",
    "ReviewImport",
    "RowProblem",
    "SourceChange",
    "Stance",
    "Tag",
    "Tagging",
    "Tone",
    "Verdict",
    "VerdictAuthor",
    "VerdictState",
    "unread_claims",
    "unread_imports",
]
