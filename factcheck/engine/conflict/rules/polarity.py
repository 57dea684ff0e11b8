"""One affirms what the other negates; by one speaker at two times that is a reversal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from ...annotations import Act, ConflictKind
from ...normalize import Stretch
from ..findings import Finding, mark_terms
from ..opposites import opposites_of
from ..sides import FACTUAL, Pair, Side

_LEAST: Final = 2
_ENOUGH: Final = 0.4


def find_contradiction(pair: Pair) -> Finding | None:
    """Opposite polarity over the same terms, or words that exclude each other, at the same time."""
    if not _comparable(pair):
        return None
    return _negated(pair, pair.a, pair.b) or _negated(pair, pair.b, pair.a) or _antonyms(pair)


def _comparable(pair: Pair) -> bool:
    told = not pair.a.unsaid and not pair.b.unsaid
    return pair.acts <= FACTUAL and pair.firm and told and not pair.other_moment and not pair.goes_on


def _kind(pair: Pair) -> ConflictKind:
    if pair.same_side:
        return ConflictKind.REVERSAL
    return ConflictKind.DENIAL if Act.DENIAL in pair.acts else ConflictKind.CONTRADICTION


def _negated(pair: Pair, negative: Side, other: Side) -> Finding | None:
    """A negated stretch against an affirmed one with its terms, a verb among them or a thing that there was none of."""
    polarity = negative.reading.polarity
    if polarity.double or not polarity.leading or _speaks_of_self(pair, negative, other):
        return None
    if polarity.denied & other.reading.polarity.denied:
        return None
    found = [(pair.share(clash, terms), sorted(clash)) for clash, terms in _find_clashes(negative, other)]
    part, terms = max(found, default=(0.0, []))
    if part < _ENOUGH:
        return None
    marks = (mark_terms(pair.a, terms), mark_terms(pair.b, terms))
    return Finding(_kind(pair), min(0.95, 0.35 + 0.6 * part), "what one negates the other affirms", *marks)


def _find_clashes(negative: Side, other: Side) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The terms that one side denies in a stretch and the other affirms in one, and all terms of what is denied."""
    denials = [stretch for stretch in negative.reading.polarity.stretches if stretch.negated]
    affirmed = [stretch for stretch in other.reading.polarity.stretches if not stretch.negated]
    for denied, told in product(denials, affirmed):
        clash = denied.terms & told.terms
        if _clashes(clash, denied, told):
            yield clash, denied.terms


def _clashes(clash: frozenset[str], denied: Stretch, affirmed: Stretch) -> bool:
    verbs = denied.verbs & affirmed.terms or denied.terms & affirmed.verbs
    return len(clash) >= _LEAST and bool(clash & verbs) and bool(clash & denied.heads)


def _speaks_of_self(pair: Pair, negative: Side, other: Side) -> bool:
    """`I have never voted` contradicts only what is said of the one who speaks, or right beside it."""
    personal = any(word.lower in {"i", "my", "we", "our"} for word in negative.reading.words[:4])
    name = negative.statement.speaker.name.casefold().split()[-1]
    return personal and not pair.near and name not in other.terms


def _antonyms(pair: Pair) -> Finding | None:
    """Words that exclude each other while the rest is shared."""
    if pair.a.reading.polarity.negative or pair.b.reading.polarity.negative:
        return None
    clash = opposites_of(pair)
    if not clash or len(pair.shared) < _LEAST or pair.overlap < _ENOUGH:
        return None
    one, other = clash[0]
    score = min(0.9, 0.35 + 0.6 * pair.overlap)
    reason = "the words exclude each other"
    return Finding(_kind(pair), score, reason, mark_terms(pair.a, {one}), mark_terms(pair.b, {other}))
