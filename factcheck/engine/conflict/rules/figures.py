"""Two figures for one quantity at one time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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
    if not _comparable(pair) or _is_update(pair) or _agree(pair) or _of_others(pair):
        return None
    found = [
        (score, one, other)
        for one in pair.a.reading.quantities
        for other in pair.b.reading.quantities
        if one.differs_from(other) and (score := _likeness(_Figures(pair, one, other))) > 0
    ]
    if not found:
        return None
    score, one, other = max(found, key=lambda row: (_of_one_noun(*row[1:]), row[0], -row[1].start, -row[2].start))
    return _finding(pair, score, one, other)


def _of_one_noun(one: Quantity, other: Quantity) -> bool:
    return bool(one.noun) and one.noun == other.noun


def _comparable(pair: Pair) -> bool:
    """Whether both measure, firmly and at one time; a plan gives figures against a report only right beside it."""
    beside = pair.distance == 1 and pair.acts <= _ACTS | _PLANS and not pair.acts.isdisjoint(_ACTS)
    measured = pair.acts <= _ACTS or beside
    return measured and pair.firm and not pair.other_moment and not pair.goes_on


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


@dataclass(frozen=True)
class _Figures:
    """A figure of each side of a pair, and what they share apart from what is counted."""

    pair: Pair
    one: Quantity
    other: Quantity

    @cached_property
    def shared(self) -> frozenset[str]:
        """The terms both contents have, without the nouns counted."""
        return self.pair.shared - {self.one.noun, self.other.noun, "percent", term("people")}

    @property
    def is_list(self) -> bool:
        """Whether a side gives more than two figures of the unit."""
        return max(_same_unit(self.pair.a, self.one), _same_unit(self.pair.b, self.other)) > _TWO

    @property
    def noun_left_out(self) -> bool:
        """Whether a side does not say what it counts, or only that it counts people."""
        return not {"", term("people")}.isdisjoint({self.one.noun, self.other.noun})

    @property
    def unit_left_out(self) -> bool:
        """Whether the second figure, right behind the first, leaves out what it measures: it is the same."""
        return self.pair.distance == 1 and "" in {self.one.noun, self.other.noun} and self.one.unit != "money"

    @property
    def may_measure_one(self) -> bool:
        """Whether both have one unit, but for spans of time, or one leaves it out."""
        unit = self.one.unit
        return unit not in _DURATIONS and (unit == self.other.unit or self.leaves_unit)

    @property
    def measures_other(self) -> bool:
        """Whether one measures a thing that the other does not speak of: tons of fuel, and tons brought in."""
        one, other = self.one, self.other
        apart = {one.noun} - self.pair.b.terms | {other.noun} - self.pair.a.terms
        return one.unit not in {"", "percent", "money"} and bool(apart - {""})

    @property
    def leaves_unit(self) -> bool:
        """Whether one figure, close by and on the same scale, leaves out the unit: 1.2 million dinars, 2.6 million."""
        return (self.one.is_bare or self.other.is_bare) and self.pair.near and self.same_scale

    @property
    def same_scale(self) -> bool:
        """Whether both are told in millions, or both in thousands."""
        first = self.pair.a.text[self.one.start : self.one.end].split()
        second = self.pair.b.text[self.other.start : self.other.end].split()
        return len(first) > 1 and len(second) > 1 and first[-1].lower() == second[-1].lower()

    @property
    def is_bare(self) -> bool:
        """Whether the second side, right behind, is little more than its figure, or one on the same scale."""
        return self.pair.distance == 1 and (self.same_scale or len(self.pair.b.reading.words) <= _BARE)

    @property
    def is_taken_up(self) -> bool:
        """Whether they stand close and share something, or the second leaves out what the first told."""
        return self.pair.near and (bool(self.shared) or self.unit_left_out)


def _likeness(figures: _Figures) -> float:
    """How likely both figures measure one thing; 0 when they do not."""
    if not figures.may_measure_one or figures.measures_other:
        return 0.0
    if len(figures.shared) < _SHARED_FAR and figures.is_list:
        return 0.0  # which of them is which cannot be told
    if figures.one.unit == figures.other.unit == "":
        return _count_likeness(figures)
    return min(0.9, 0.62 + 0.1 * len(figures.shared)) if figures.is_taken_up else _far_likeness(figures)


def _same_unit(side: Side, quantity: Quantity) -> int:
    return sum(other.unit == quantity.unit for other in side.reading.quantities)


def _far_likeness(figures: _Figures) -> float:
    shared = len(figures.shared)
    if shared < _SHARED_FAR and not (shared > 1 and figures.pair.overlap >= _MUCH):
        return 0.0
    return min(0.9, 0.35 + 0.12 * shared)


def _count_likeness(figures: _Figures) -> float:
    """Plain counts need the same noun, or a word for it left out, and something else in common."""
    if 1 in {figures.one.value, figures.other.value}:
        return 0.0  # "one" is a pronoun more often than a count
    if not figures.noun_left_out:
        return _noun_likeness(figures) if figures.one.noun == figures.other.noun else 0.0
    if figures.pair.near and (figures.shared or figures.is_bare):
        return min(0.85, 0.62 + 0.1 * len(figures.shared))
    return _far_likeness(figures)


def _noun_likeness(figures: _Figures) -> float:
    """How likely two counts of one noun are of the same things."""
    pair, shared = figures.pair, figures.shared
    alike = pair.near or (bool(shared) and (pair.same_side or pair.overlap >= _MUCH))
    return min(0.92, 0.5 + 0.1 * pair.near + 0.1 * len(shared)) if alike else 0.0
