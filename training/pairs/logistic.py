"""A logistic regression with a ridge, by Newton's method with halved steps (Boyd and Vandenberghe 2004, 9.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
STEPS = 15
SETTLED = 0.02
RAREST = 0.1
STEEPEST = 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """What was learned: a weight for each column, the constant, and how far each column varies."""

    weights: Array
    constant: float
    spread: Array

    def probabilities(self, known: Array, given: Array) -> Array:
        """The probability of each row, on top of a sum that is given."""
        sums = known @ self.weights + self.constant + given
        result: Array = 1 / (1 + np.exp(-np.clip(sums, -STEEPEST, STEEPEST)))
        return result


def learn(known: Array, right: Array, counts: Array, ridge: float, given: Array | None = None) -> Line:
    """Learn from rows that each stand for `counts` of their like; the ridge holds standardized weights down.

    `given` is a sum for each row that is not learned but added.
    """
    total = counts.sum()
    mean = (known * counts[:, None]).sum(0) / total
    # A rare sign varies little; it shall not be believed without end for that.
    spread = np.maximum(np.sqrt(((known - mean) ** 2 * counts[:, None]).sum(0) / total), RAREST)
    scaled = np.hstack([(known - mean) / spread, np.ones((len(known), 1))])
    held = np.append(np.full(known.shape[1], ridge), 1e-3)
    task = _Task(scaled, right, counts, held, np.zeros(len(known)) if given is None else given)
    weights = np.zeros(scaled.shape[1])
    weights[-1] = np.log((counts * right).sum() / (counts * (1 - right)).sum())
    for _ in range(STEPS):
        before = task.loss(weights)
        weights = task.improve(weights, before)
        if before - task.loss(weights) < SETTLED:
            break
    own = weights[:-1] / spread
    return Line(own, float(weights[-1] - (mean * own).sum()), spread)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be learned from: standardized figures, answers, how much each row counts, how each weight is held."""

    scaled: Array
    right: Array
    counts: Array
    held: Array
    given: Array

    def sums(self, weights: Array) -> Array:
        """The sum of each row."""
        result: Array = self.scaled @ weights + self.given
        return result

    def loss(self, weights: Array) -> float:
        """How unlikely the answers are, and how far the weights have moved."""
        sums = self.sums(weights)
        unlikely = (self.counts * (np.logaddexp(0, sums) - self.right * sums)).sum()
        return float(unlikely + (self.held * weights**2).sum() / 2)

    def improve(self, weights: Array, before: float) -> Array:
        """One step of Newton's, halved until it helps."""
        chance = 1 / (1 + np.exp(-np.clip(self.sums(weights), -STEEPEST, STEEPEST)))
        slope = self.scaled.T @ (self.counts * (chance - self.right)) + self.held * weights
        bend = (self.scaled * (self.counts * chance * (1 - chance))[:, None]).T @ self.scaled + np.diag(self.held)
        step, size = np.linalg.solve(bend, slope), 1.0
        while self.loss(weights - size * step) > before and size > SETTLED:
            size /= 2
        result: Array = weights - size * step
        return result
