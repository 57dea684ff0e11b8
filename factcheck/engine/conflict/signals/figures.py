"""Two figures for one quantity at one time."""

from __future__ import annotations

from typing import Final

from ...annotations import Act, ConflictKind
from ...lexicon import read_groups, read_words
from ...normalize import Quantity, term
from ..findings import Finding
from ..sides import Pair, Side

_TWO: Final = 2
_ACTS: Final = frozenset({Act.ASSERTION, Act.ACCUSATION, Act.DENIAL})
_PLANS: Final = frozenset({Act.PLEDGE, Act.PREDICTION})
# Spans of time are terms and delays, not quantities that two speakers measure.
_DURATIONS: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_MUCH: Final = 0.4
_BARE: Final = 3
_SHARED_FAR: Final = 3


def find_figures(pair: Pair) -> Finding | None:
    """Figures of one unit, or of one thing counted, that differ while the rest is shared or they stand side by side."""
    acts = {pair.a.statement.act, pair.b.statement.act}
    if not (acts <= _ACTS or (pair.distance == 1 and acts <= _ACTS | _PLANS and acts & _ACTS)) or not (
        pair.a.firm and pair.b.firm
    ):
        return None
    if pair.other_moment or (pair.same_side and not pair.later) or _is_update(pair) or _agree(pair):
        return None
    if _of_others(pair):
        return None
    found = [
        (score, one, other)
        for one in pair.a.reading.quantities
        for other in pair.b.reading.quantities
        if one.differs_from(other) and (score := _likeness(pair, one, other)) > 0
    ]
    if not found:
        return None
    score, one, other = max(found, key=lambda row: (row[0], -row[1].start, -row[2].start))
    return _finding(pair, score, one, other)


def _of_others(pair: Pair) -> bool:
    """Whether the two measure different bodies: each names some, and none in common."""
    names = [frozenset(w.lower for w in side.reading.words[1:] if w.tag == "NNP") for side in (pair.a, pair.b)]
    days = read_groups("time_words")["days"] | read_groups("time_words")["months"]
    return bool(names[0] - days and names[1] - days) and not names[0] & names[1]


def _agree(pair: Pair) -> bool:
    """Whether they give one figure alike."""
    pairs = ((one, other) for one in pair.a.reading.quantities for other in pair.b.reading.quantities)
    return any(one.value == other.value and one.unit == other.unit for one, other in pairs)


def _finding(pair: Pair, score: float, one: Quantity, other: Quantity) -> Finding:
    kind = ConflictKind.REVERSAL if pair.same_side else ConflictKind.FIGURE
    first, second = pair.a.text[one.start : one.end], pair.b.text[other.start : other.end]
    return Finding(
        kind,
        score,
        f"{first} and {second} are given for the same quantity",
        (pair.a.span(one.start, one.end),),
        (pair.b.span(other.start, other.end),),
        {"figure": round(score, 3), "overlap": round(pair.overlap, 3), "distance": float(pair.distance)},
    )


def _is_update(pair: Pair) -> bool:
    """A growing count is news in a later article, unless both name the same hour; so is what "now" stands at."""
    if pair.same_article or not pair.later:
        return False
    growing = {term(word) for word in read_words("growing_counts")}
    grows = bool((pair.a.terms | pair.b.terms) & growing)
    moved = _tells_now(pair.b) or any(
        word.lower in {"now", "risen", "rose", "fallen", "fell", "dropped", "climbed"} for word in pair.b.reading.words
    )
    hours = pair.a.reading.times.values("clock") & pair.b.reading.times.values("clock")
    return moved or (grows and not hours)


def _tells_now(side: Side) -> bool:
    """`The agency now puts the number at`: "now" stands beside the cue."""
    cue = side.statement.cue
    passage = side.statement.passage
    return cue is not None and passage.text[: cue.start - passage.start].lower().endswith(("now ", "later "))


def _likeness(pair: Pair, one: Quantity, other: Quantity) -> float:
    """How likely both figures measure one thing; 0 when they do not."""
    if one.unit != other.unit or one.unit in _DURATIONS:
        return 0.0
    nouns = {one.noun, other.noun, "percent", term("people")}
    shared = pair.shared - nouns
    if max(_same_unit(pair.a, one), _same_unit(pair.b, other)) > _TWO and len(shared) < _SHARED_FAR:
        return 0.0  # a list of figures: which of them is which cannot be told
    if one.unit == "":
        return _count_likeness(pair, one, other, shared)
    if pair.near and (shared or _left_out(pair, one, other)):
        return min(0.9, 0.62 + 0.1 * len(shared))
    return _far_likeness(pair, shared)


def _same_unit(side: Side, quantity: Quantity) -> int:
    return sum(other.unit == quantity.unit for other in side.reading.quantities)


def _left_out(pair: Pair, one: Quantity, other: Quantity) -> bool:
    """Whether the second figure, right behind the first, leaves out what it measures: it is the same."""
    return pair.distance == 1 and "" in {one.noun, other.noun} and one.unit != "money"


def _far_likeness(pair: Pair, shared: frozenset[str]) -> float:
    if len(shared) < _SHARED_FAR and not (len(shared) > 1 and pair.overlap >= _MUCH):
        return 0.0
    return min(0.9, 0.35 + 0.12 * len(shared))


def _count_likeness(pair: Pair, one: Quantity, other: Quantity, shared: frozenset[str]) -> float:
    """Plain counts need the same noun, or a word for it left out, and something else in common."""
    people = term("people")
    nouns = [quantity.noun if quantity.noun != people else "" for quantity in (one, other)]
    same = nouns[0] == nouns[1] != ""
    if 1 in {one.value, other.value}:
        return 0.0  # "one" is a pronoun more often than a count
    if same and (shared or pair.near):
        near = 0.1 if pair.near else 0.0
        alike = pair.near or pair.same_side or pair.overlap >= _MUCH
        return min(0.92, 0.5 + near + 0.1 * len(shared)) if alike else 0.0
    bare = pair.distance == 1 and (_same_scale(pair, one, other) or len(pair.b.reading.words) <= _BARE)
    if "" in nouns and pair.near and (shared or bare):
        return min(0.85, 0.62 + 0.1 * len(shared))
    return _far_likeness(pair, shared) if nouns[0] == nouns[1] or "" in nouns else 0.0


def _same_scale(pair: Pair, one: Quantity, other: Quantity) -> bool:
    """Whether both are told in millions, or both in thousands."""
    first, second = pair.a.text[one.start : one.end].split(), pair.b.text[other.start : other.end].split()
    return len(first) > 1 and len(second) > 1 and first[-1].lower() == second[-1].lower()
