"""How telling a term is: the fewer matters news has it in, the more. The same in every corpus."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

from ..lexicon import read_rows

_UNHEARD: Final = 2.0
_ALL: Final = 100.0


def weigh_term(term: str) -> float:
    """0 for a term that news on any matter has, 1 for one that the list of common terms does not know."""
    return _common().get(term, 1.0)


def weigh_terms(terms: Iterable[str]) -> float:
    """The summed weight of some terms."""
    return sum(map(weigh_term, sorted(terms)))


@cache
def _common() -> dict[str, float]:
    shares = ((term, max(_UNHEARD, float(share))) for term, share in read_rows("common_terms"))
    return {term: math.log(_ALL / share) / math.log(_ALL / _UNHEARD) for term, share in shares}
