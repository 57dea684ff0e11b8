"""The score of a pair: a logistic model one can read over the pair's signs, and how a desk's decisions correct it.

Pure functions over stored figures: a pair can be scored again, with other weights, without reading its texts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ..annotations import ConflictKind

# How many decisions' worth of doubt hold the weights where they were: all at once, all alike, and one by one.
_HOLD_SLOPE: Final = 40.0
_HOLD_CONSTANT: Final = 4.0
_HOLD_KIND: Final = 8.0
_HOLD_SIGN: Final = 25.0
_SWEEPS: Final = 60
_SETTLED: Final = 1e-6
_STEEPEST: Final = 30.0
_DIGITS: Final = 3
_CROSS: Final = "*"


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over signs: `constant` plus each sign's weight times its figure, plus what the kind adds.

    A name like `near*denies` is the product of two signs. `spread` is how far each sign varies in the pairs that
    the weights were learned from (one standard deviation): what a change of its weight is measured by.
    """

    constant: float
    signs: Mapping[str, float]
    spread: Mapping[str, float] = field(default_factory=dict)
    kinds: Mapping[str, float] = field(default_factory=dict)
    _factors: tuple[tuple[float, str, tuple[str, ...]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Names are taken apart once: a pair is weighed thousands of times.
        split = [(weight, *name.partition(_CROSS)[::2]) for name, weight in self.signs.items()]
        factors = tuple((weight, first, tuple(rest.split(_CROSS)) if rest else ()) for weight, first, rest in split)
        object.__setattr__(self, "_factors", factors)

    def total(self, signals: Mapping[str, float]) -> float:
        """The constant plus each sign's weight times its figure; signs that are not there cost nothing."""
        total = self.constant
        for weight, first, others in self._factors:
            value = signals.get(first)
            if value:
                for other in others:
                    value *= signals.get(other, 0.0)
                total += weight * value
        return total

    def probability(self, signals: Mapping[str, float], kind: ConflictKind | None = None) -> float:
        """The probability, 0 to 1, that a pair with these signs, of this kind, is a conflict an editor confirms."""
        of_kind = self.kinds.get(kind.value, 0.0) if kind else 0.0
        return round(_probability(self.total(signals) + of_kind), _DIGITS)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as JSON takes them."""
        return {
            "constant": self.constant,
            "signs": dict(self.signs),
            "spread": dict(self.spread),
            "kinds": dict(self.kinds),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Weights:
        """The weights of plain values.

        Raises:
            ValueError: the values are not those of `as_dict`.
        """
        try:
            tables = {
                name: {str(key): float(value) for key, value in values[name].items()}
                for name in ("signs", "spread", "kinds")
            }
            return cls(float(values["constant"]), **tables)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"no weights of pairs ({type(error).__name__}: {error})") from error


def sign_value(signals: Mapping[str, float], name: str) -> float:
    """The figure of a sign, or of a product of signs; 0 for one that is not there."""
    value = 1.0
    for part in name.split(_CROSS):
        value *= signals.get(part, 0.0)
    return value


def rescore(signals: Mapping[str, float], kind: ConflictKind, weights: Weights) -> float:
    """The probability, 0 to 1, that a pair with these signs is a conflict an editor confirms. Runs no model."""
    return weights.probability(signals, kind)


def fit(
    rows: Sequence[tuple[Mapping[str, float], bool]],
    prior: Weights,
    kinds: Sequence[ConflictKind] = (),
) -> Weights:
    """The weights that decided pairs ask for: their signs, and whether the pair was confirmed.

    A logistic recalibration (Platt 1999) held to `prior`: few decisions move the constant and the slope a little, many
    move single signs as well; none give `prior` back. With `kinds`, one for each row, each kind moves too.
    """
    steps = [_step(signals, prior, kinds[number] if kinds else None) for number, (signals, _) in enumerate(rows)]
    base = [prior.total(signals) + _of_kind(prior, kinds, number) for number, (signals, _) in enumerate(rows)]
    moved = _descend(steps, base, [confirmed for _, confirmed in rows], prior)
    slope = 1 + moved.get("slope", 0.0)
    return Weights(
        constant=prior.constant * slope + moved.get("constant", 0.0),
        signs={name: weight * slope + moved.get(f"sign {name}", 0.0) for name, weight in prior.signs.items()},
        spread=dict(prior.spread),
        kinds={
            kind.value: prior.kinds.get(kind.value, 0.0) * slope + moved.get(f"kind {kind.value}", 0.0)
            for kind in ConflictKind
        },
    )


def _probability(total: float) -> float:
    return 1 / (1 + math.exp(-max(-_STEEPEST, min(_STEEPEST, total))))


def _of_kind(prior: Weights, kinds: Sequence[ConflictKind], number: int) -> float:
    return prior.kinds.get(kinds[number].value, 0.0) if kinds else 0.0


def _step(signals: Mapping[str, float], prior: Weights, kind: ConflictKind | None) -> dict[str, float]:
    """By what each movable part of the weights moves the sum of one pair."""
    step = {f"sign {name}": value for name in prior.signs if (value := sign_value(signals, name))}
    step["slope"] = prior.total(signals) + (prior.kinds.get(kind.value, 0.0) if kind else 0.0)
    step["constant"] = 1.0
    return step | ({f"kind {kind.value}": 1.0} if kind else {})


def _hold(name: str, prior: Weights) -> float:
    """How strongly a part of the weights is held."""
    what, _, sign = name.partition(" ")
    if what == "sign":
        return _HOLD_SIGN * max(prior.spread.get(sign, 1.0), 0.01) ** 2
    return {"slope": _HOLD_SLOPE, "constant": _HOLD_CONSTANT, "kind": _HOLD_KIND}[what]


def _descend(
    steps: Sequence[Mapping[str, float]], base: Sequence[float], confirmed: Sequence[bool], prior: Weights
) -> dict[str, float]:
    """The moves that make the decisions most likely, each held to 0: one part after the other, by Newton's method."""
    names = sorted({name for step in steps for name in step})
    columns = {name: [(number, step[name]) for number, step in enumerate(steps) if name in step] for name in names}
    descent = _Descent(dict.fromkeys(names, 0.0), list(base), confirmed)
    for _ in range(_SWEEPS):
        changes = [descent.move(name, columns[name], _hold(name, prior)) for name in names]
        if max(changes, default=0.0) < _SETTLED:
            break
    return descent.moved


@dataclass(frozen=True, slots=True)
class _Descent:
    """How far each part has moved, and what the sum of each pair has become."""

    moved: dict[str, float]
    sums: list[float]
    confirmed: Sequence[bool]

    def move(self, name: str, column: Sequence[tuple[int, float]], hold: float) -> float:
        """Take one step of one part; how far it went."""
        slope, bend = hold * self.moved[name], hold
        for number, step in column:
            probability = _probability(self.sums[number])
            slope += (probability - self.confirmed[number]) * step
            bend += probability * (1 - probability) * step * step
        change = max(-1.0, min(1.0, -slope / bend))
        self.moved[name] += change
        for number, step in column:
            self.sums[number] += change * step
        return abs(change)
