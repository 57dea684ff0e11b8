from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..annotations import ConflictKind, Span
from ..normalize import word_term
from .sides import Side


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a pair: the kind, how strong, why, and the words that clash on each side."""

    kind: ConflictKind
    score: float
    reason: str
    marks_a: tuple[Span, ...] = ()
    marks_b: tuple[Span, ...] = ()


def mark_terms(side: Side, terms: Iterable[str]) -> tuple[Span, ...]:
    """The words of a side that have one of the terms, as spans of its article."""
    wanted = set(terms)
    spans = [side.span(word.start, word.end) for word in side.reading.words if word_term(word) in wanted]
    return tuple(spans[:6])


def mark_cue(side: Side) -> tuple[Span, ...]:
    """The words of a side's cue."""
    return (side.statement.cue,) if side.statement.cue is not None else ()


def mark_stand(side: Side, shared: Iterable[str]) -> tuple[Span, ...]:
    """The words that say where a side stands: its cue, with what both speak of or else what it says of its subject."""
    return (*mark_cue(side), *(mark_terms(side, shared) or mark_terms(side, side.predicate or side.terms)))
