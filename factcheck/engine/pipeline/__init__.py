"""The steps in order; the only module that knows the order."""

from .analysis import analyze, encode, merge_speakers, pair, pair_given
from .building import VERSION, find_digests, name_build
from .entailment import TextPair, infer_pairs, read_text_pairs
from .exchange import Json, analysis_document, read_statements, statement_row
from .extraction import Progress, extract
from .sentences import Sentence, read_sentences, score_sentences
from .stating import mark, state
from .thresholds import DESK_MODELS, MIN_CONFIDENCE, MIN_SCORE

__all__ = [
    "DESK_MODELS",
    "MIN_CONFIDENCE",
    "MIN_SCORE",
    "VERSION",
    "Json",
    "Progress",
    "Sentence",
    "TextPair",
    "analysis_document",
    "analyze",
    "encode",
    "extract",
    "find_digests",
    "infer_pairs",
    "mark",
    "merge_speakers",
    "name_build",
    "pair",
    "pair_given",
    "read_sentences",
    "read_statements",
    "read_text_pairs",
    "score_sentences",
    "state",
    "statement_row",
]
