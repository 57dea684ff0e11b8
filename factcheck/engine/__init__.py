"""The language engine: text in, statements and conflict pairs out. Plain Python, no state, no clock, no network."""

from .annotations import (
    SHIPPED,
    Act,
    Analysis,
    Article,
    ConflictKind,
    ConflictPair,
    Encoding,
    Extraction,
    Models,
    Passage,
    Quote,
    Relay,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from .conflict import Weights, fit, rescore, shipped_weights
from .errors import AnalysisStopped, EngineError, ModelUnusable, UnreadableArticle
from .pipeline import MIN_SCORE, VERSION, analyze, encode, extract, find_digests, name_build, pair, state
from .retrieval import Entry, rank
from .segment import read_article

__all__ = [
    "MIN_SCORE",
    "SHIPPED",
    "VERSION",
    "Act",
    "Analysis",
    "AnalysisStopped",
    "Article",
    "ConflictKind",
    "ConflictPair",
    "Encoding",
    "EngineError",
    "Entry",
    "Extraction",
    "ModelUnusable",
    "Models",
    "Passage",
    "Quote",
    "Relay",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Statement",
    "UnreadableArticle",
    "Weights",
    "analyze",
    "encode",
    "extract",
    "find_digests",
    "fit",
    "name_build",
    "pair",
    "rank",
    "read_article",
    "rescore",
    "shipped_weights",
    "state",
]
