"""Figures on both sides: of one unit, of one thing counted, the same or another."""

from __future__ import annotations

import math
from itertools import product
from typing import Final

from ...normalize import Quantity
from ..sides import Pair, Side

_TIME: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})

_FEW: Final = 2
_BARE: Final = 5


def read_figures(pair: Pair) -> dict[str, float]:
    """Signs of figures that clash or agree, each 0 to 1."""
    a, b = pair.a.reading.quantities, pair.b.reading.quantities
    couples = [
        (one, other) for one, other in product(a, b) if _of_one_unit(one, other) or _leaves_unit(pair, one, other)
    ]
    apart = [couple for couple in couples if couple[0].differs_from(couple[1])]
    return _read_apart(pair, apart) | {
        "figures": float(bool(a and b)),
        "one_figure": float(bool(a) != bool(b)),
        "same_figure": float(any(one.value == other.value for one, other in couples)),
        "lists": float(max(len(a), len(b)) > _FEW),
    }


def _read_apart(pair: Pair, apart: list[tuple[Quantity, Quantity]]) -> dict[str, float]:
    """Signs of two figures of one unit that are not the same."""
    alone = len(pair.a.reading.quantities) == len(pair.b.reading.quantities) == 1
    return {
        "apart": float(bool(apart)),
        "apart_measured": float(any(_is_measured(one) for one, _ in apart)),
        "apart_counted": float(any(_counts_one_thing(one, other) for one, other in apart)),
        "apart_open": float(any(_counts_openly(one, other) for one, other in apart)),
        "apart_alone": bool(apart) * float(alone),
        "ratio": _ratio(apart),
        "times_apart": float(any(one.unit in _TIME for one, _ in apart)),
        "bare_figure": bool(apart) * float(min(len(pair.a.words), len(pair.b.words)) <= _BARE),
        "moved_on": bool(apart) * float(_moved_on(pair.b)),
    }


def _of_one_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit:
        return False
    return bool(one.unit) or one.noun == other.noun or "" in {one.noun, other.noun}


def _leaves_unit(pair: Pair, one: Quantity, other: Quantity) -> bool:
    """Whether one of two figures, close by and on the same scale, leaves out the unit."""
    scales = [side.text[q.start : q.end].split()[-1:] for side, q in ((pair.a, one), (pair.b, other))]
    return pair.near and (one.is_bare or other.is_bare) and scales[0] == scales[1] and not scales[0][0][0].isdigit()


def _is_measured(one: Quantity) -> bool:
    return bool(one.unit) and one.unit not in _TIME


def _counts_one_thing(one: Quantity, other: Quantity) -> bool:
    return not one.unit and bool(one.noun) and one.noun == other.noun and 1 not in {one.value, other.value}


def _counts_openly(one: Quantity, other: Quantity) -> bool:
    """Whether one of two counts leaves out what it counts."""
    return not one.unit and "" in {one.noun, other.noun}


def _ratio(apart: list[tuple[Quantity, Quantity]]) -> float:
    """How near the nearest two figures are in size: 1 alike, 0 from a hundredfold on."""
    sizes = [abs(math.log10(one.value / other.value)) for one, other in apart if one.value > 0 and other.value > 0]
    return max(0.0, 1 - min(sizes) / 2) if sizes else 0.0


def _moved_on(side: Side) -> bool:
    return not {"now", "risen", "rose", "fallen", "fell", "climbed", "dropped", "since"}.isdisjoint(
        {*side.words, *side.opening}
    )
