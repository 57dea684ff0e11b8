"""A small typed client of a Factcheck workbench."""

from factcheck_client.client import Factcheck
from factcheck_client.errors import (
    AnalysisFailed,
    FactcheckError,
    Gone,
    InTheWay,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Refused,
    TookTooLong,
    TooManyRequests,
    Unavailable,
    Unfit,
    Unreachable,
)
from factcheck_client.shapes import Article, Changes, Job, Match, Review

__all__ = [
    "AnalysisFailed",
    "Article",
    "Changes",
    "Factcheck",
    "FactcheckError",
    "Gone",
    "InTheWay",
    "Job",
    "Match",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "Refused",
    "Review",
    "TooManyRequests",
    "TookTooLong",
    "Unavailable",
    "Unfit",
    "Unreachable",
]
