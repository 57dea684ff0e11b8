"""What a model of pairs reads in both directions; nothing where none is loaded."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ..sides import Pair
from ..voice import voice

if TYPE_CHECKING:
    from ..inference import PairReader


_RAREST: Final = 1 / 150


def read_inference(pair: Pair, reader: PairReader) -> dict[str, float]:
    """Signs of entailment and contradiction between the two voiced statements, each 0 to 1."""
    first, second = voice(pair.a.statement), voice(pair.b.statement)
    there, back = reader(first, second), reader(second, first)
    contradicts = there.inference.contradiction, back.inference.contradiction
    entails = there.inference.entailment, back.inference.entailment
    clash = (there.clash + back.clash) / 2
    return {
        "read": 1.0,
        "clash_odds": round(_odds(clash), 4),
        "clash": round(clash, 4),
        "contradicts": max(contradicts),
        "contradicts_both": min(contradicts),
        "entails": max(entails),
        "entails_both": min(entails),
    }


def _odds(chance: float) -> float:
    """The logarithm of the odds, -1 to 1 for chances from 1 in 150 to 149 in 150."""
    kept = min(max(chance, _RAREST), 1 - _RAREST)
    return math.log(kept / (1 - kept)) / math.log((1 - _RAREST) / _RAREST)
