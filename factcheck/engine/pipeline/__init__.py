"""The steps in order; the only module that knows the order."""

from .analysis import VERSION, analyze, encode, merge_speakers, pair, pair_given
from .exchange import Json, analysis_document, read_statements, statement_row
from .extraction import Progress, extract
from .thresholds import MIN_CONFIDENCE, MIN_SCORE

__all__ = [
    "MIN_CONFIDENCE",
    "MIN_SCORE",
    "VERSION",
    "Json",
    "Progress",
    "analysis_document",
    "analyze",
    "encode",
    "extract",
    "merge_speakers",
    "pair",
    "pair_given",
    "read_statements",
    "statement_row",
]
