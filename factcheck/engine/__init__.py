"""The language engine: text in, statements and conflict pairs out. Plain Python, no state, no clock, no network."""

from .annotations import (
    Act,
    Analysis,
    Article,
    ConflictKind,
    ConflictPair,
    Encoding,
    Extraction,
    Passage,
    Quote,
    Relay,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from .errors import AnalysisStopped, EngineError, UnreadableArticle
from .pipeline import VERSION, analyze, encode, extract, pair
from .segment import read_article

__all__ = [
    "VERSION",
    "Act",
    "Analysis",
    "AnalysisStopped",
    "Article",
    "ConflictKind",
    "ConflictPair",
    "Encoding",
    "EngineError",
    "Extraction",
    "Passage",
    "Quote",
    "Relay",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Statement",
    "UnreadableArticle",
    "analyze",
    "encode",
    "extract",
    "pair",
    "read_article",
]
