"""What a model of pairs reads in both directions; nothing where none is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sides import Pair
from ..voice import voice

if TYPE_CHECKING:
    from ..inference import PairReader


def read_inference(pair: Pair, reader: PairReader) -> dict[str, float]:
    """Signs of entailment and contradiction between the two voiced statements, each 0 to 1."""
    first, second = voice(pair.a.statement), voice(pair.b.statement)
    there, back = reader(first, second), reader(second, first)
    contradicts = there.inference.contradiction, back.inference.contradiction
    entails = there.inference.entailment, back.inference.entailment
    return {
        "read": 1.0,
        "clash": round((there.clash + back.clash) / 2, 4),
        "contradicts": max(contradicts),
        "contradicts_both": min(contradicts),
        "entails": max(entails),
        "entails_both": min(entails),
    }
