"""The words that clash, on each side, and the reason in words: what a rule found, else what the signs show."""

from __future__ import annotations

from itertools import product
from typing import Final

from ..annotations import ConflictKind, Span
from .findings import Finding, mark_cue, mark_terms
from .opposites import opposites_of
from .sides import Pair, Side
from .signs.polarity import NEGATIONS

_MOST: Final = 6
_REASONS: Final = {
    ConflictKind.DENIAL: "one denies what the other says",
    ConflictKind.CONTRADICTION: "both accounts cannot be true",
    ConflictKind.FIGURE: "they give different figures",
    ConflictKind.BROKEN_PLEDGE: "what was promised is not what is reported",
    ConflictKind.POSITION: "both cannot have what they ask for",
    ConflictKind.FORECAST: "they expect what cannot both come",
    ConflictKind.REVERSAL: "the same speaker put it otherwise before",
}


def explain_kind(pair: Pair, kind: ConflictKind, found: list[Finding]) -> Finding:
    """The strongest finding of a kind; without one, what the signs of the pair show."""
    strongest = next((finding for finding in found if finding.kind is kind), None)
    if strongest is not None and strongest.marks_a and strongest.marks_b:
        return strongest
    return _figures(pair, kind) or _opposites(pair, kind) or _plain(pair, kind)


def _figures(pair: Pair, kind: ConflictKind) -> Finding | None:
    """Two figures of one unit that differ."""
    couples = [
        (one, other)
        for one, other in product(pair.a.reading.quantities, pair.b.reading.quantities)
        if one.differs_from(other) and (one.unit == other.unit or one.is_bare or other.is_bare)
    ]
    if kind not in {ConflictKind.FIGURE, ConflictKind.FORECAST, ConflictKind.REVERSAL} or not couples:
        return None
    one, other = couples[0]
    first, second = pair.a.text[one.start : one.end], pair.b.text[other.start : other.end]
    reason = f"{_REASONS[kind]}, {first} and {second}"
    return Finding(kind, 0.0, reason, (pair.a.span(one.start, one.end),), (pair.b.span(other.start, other.end),))


def _opposites(pair: Pair, kind: ConflictKind) -> Finding | None:
    """Two words that exclude each other."""
    couples = opposites_of(pair)
    if not couples:
        return None
    marks = [mark_terms(side, {word}) for side, word in zip((pair.a, pair.b), couples[0], strict=True)]
    words = [_spoken(side, spans[0]) for side, spans in zip((pair.a, pair.b), marks, strict=True) if spans]
    if len(words) < len(marks):
        return None
    return Finding(kind, 0.0, f"{_REASONS[kind]}, “{words[0]}” against “{words[1]}”", marks[0], marks[1])


def _spoken(side: Side, span: Span) -> str:
    return side.statement.passage.slice(span)


def _plain(pair: Pair, kind: ConflictKind) -> Finding:
    """What both speak of, and what either says of it."""
    return Finding(kind, 0.0, _REASONS[kind], _mark(pair, pair.a), _mark(pair, pair.b))


def _mark(pair: Pair, side: Side) -> tuple[Span, ...]:
    """The shared words of a side and those that negate; else what it says of its subject; else its cue or all."""
    negated = tuple(side.span(word.start, word.end) for word in side.reading.words if word.lower in NEGATIONS)
    shared = mark_terms(side, pair.shared)
    told = mark_terms(side, side.predicate or side.terms)
    marks = (*negated, *(shared or told)) or mark_cue(side) or (side.statement.parts[0],)
    return tuple(sorted(set(marks)))[:_MOST]
