"""What a speaker does with a content, how firmly, and whether a desk should check it."""

from .checkworthiness import score_checkworthiness, score_sentence
from .cues import CueReading, settle_act, suggest_act
from .hedges import find_hedge, is_hedged
from .reading import Utterance
from .rules import classify_act

__all__ = [
    "CueReading",
    "Utterance",
    "classify_act",
    "find_hedge",
    "is_hedged",
    "score_checkworthiness",
    "score_sentence",
    "settle_act",
    "suggest_act",
]
