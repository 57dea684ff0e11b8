"""Candidates → signals → ConflictPair with kind, score, the words that clash and a sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from ..annotations import ConflictKind, ConflictPair, Statement
from .calibration import Weights, fit, rescore
from .candidates import pick_candidates
from .findings import Finding
from .sides import Pair, Side, prepare_sides, term_weights
from .signals import SIGNALS
from .wording import explain

__all__ = ["Weights", "find_conflicts", "fit", "rescore"]

_TOLD_EVERY: Final = 500


def find_conflicts(
    statements: Sequence[Statement],
    *,
    candidates: Iterable[tuple[str, str]] | None,
    min_score: float,
    progress: Callable[[float], None] | None = None,
) -> tuple[ConflictPair, ...]:
    """The pairs that conflict, best first; see `pair` in the engine's public face."""
    sides = prepare_sides(statements)
    weights = term_weights(sides)
    pairs = pick_candidates(sides, weights) if candidates is None else _given(sides, candidates)
    found: list[ConflictPair] = []
    for number, (first, second) in enumerate(pairs):
        conflict = _weigh(Pair(sides[first], sides[second], weights))
        if conflict is not None and conflict.score >= min_score:
            found.append(conflict)
        if progress is not None and number % _TOLD_EVERY == 0:
            progress(number / len(pairs))
    if progress is not None:
        progress(1.0)
    return tuple(sorted(found, key=lambda conflict: (-conflict.score, conflict.a, conflict.b)))


def _given(sides: Sequence[Side], candidates: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    index = {side.statement.id: number for number, side in enumerate(sides)}
    pairs = {tuple(sorted((index[a], index[b]))) for a, b in candidates if a in index and b in index and a != b}
    return sorted((first, second) for first, second in pairs)


def _weigh(pair: Pair) -> ConflictPair | None:
    if pair.told_twice or pair.goes_on:
        return None
    findings = [finding for signal in SIGNALS if (finding := signal(pair)) is not None]
    if pair.narrated:
        findings = [_less_sure(finding) for finding in findings if finding.kind in _AGAINST_NARRATION]
    if not findings:
        return None
    return _conflict(pair, max(findings, key=lambda finding: finding.score))


# The article's own figures and outlooks are mostly other figures and outlooks than a speaker's.
_AGAINST_NARRATION: Final = frozenset({ConflictKind.BROKEN_PLEDGE, ConflictKind.CONTRADICTION, ConflictKind.DENIAL})
_NARRATION_WEIGHT: Final = 0.88


def _less_sure(finding: Finding) -> Finding:
    return replace(finding, score=finding.score * _NARRATION_WEIGHT)


def _conflict(pair: Pair, finding: Finding) -> ConflictPair:
    return ConflictPair(
        a=pair.a.statement.id,
        b=pair.b.statement.id,
        kind=finding.kind,
        score=round(finding.score, 3),
        why=explain(pair, finding),
        signals=finding.signals,
        marks_a=finding.marks_a,
        marks_b=finding.marks_b,
    )
