"""A pair's score on its desk: the engine's own, corrected by what the desk has decided.

The engine's score is one sign among the raw signals that are stored with a pair. So a calibration says how far to
believe the engine here, works for whichever engine and model found the pair, and rescores without running any.
"""

import math
from collections.abc import Mapping
from typing import Any

from factcheck import engine
from factcheck.corpus.models import CalibrationVersion, PairStatus
from factcheck.engine import ConflictKind, Weights

ENGINE = "engine"  # the sign that is the engine's own score, in log odds
BAR = engine.MIN_SCORE  # from here on a pair is suggested
KEPT = 0.3  # from here on it is kept all the same: another calibration may raise it
_SUREST = 0.999
OWN_WEIGHTS = Weights(constant=0.0, signs={ENGINE: 1.0}, spread={ENGINE: 1.0})


def signs_of(signals: Mapping[str, Any], engine_score: float) -> dict[str, float]:
    """The figures that a pair is scored by: its raw signals, and the engine's own score in log odds."""
    figures = {name: float(value) for name, value in signals.items() if isinstance(value, int | float)}
    share = min(max(engine_score, 1 - _SUREST), _SUREST)
    return {**figures, ENGINE: math.log(share / (1 - share))}


def weights_of(calibration: CalibrationVersion | None) -> Weights | None:
    """The weights of a calibration; None where the engine's own scores hold."""
    return Weights.from_dict(calibration.weights) if calibration else None


def rate(signals: Mapping[str, Any], engine_score: float, kind: ConflictKind, weights: Weights | None) -> float:
    """The probability, 0 to 1, that an editor of the desk confirms such a pair."""
    return engine_score if weights is None else engine.rescore(signs_of(signals, engine_score), kind, weights)


def waits_as(score: float) -> PairStatus:
    """Whether a pair of this score waits for a decision, or is kept back."""
    return PairStatus.SUGGESTED if score >= BAR else PairStatus.HELD
