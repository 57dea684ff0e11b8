"""Words that exclude each other: what one side says of a matter, and the other says the opposite of."""

from __future__ import annotations

from functools import cache
from typing import Final

from ..lexicon import read_rows
from ..normalize import term
from .sides import Pair

# Two sides of one deed: each is told of another.
_CONVERSE: Final = frozenset(map(term, ("win", "lose", "buy", "sell", "import", "export")))


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Each term to the terms that exclude it."""
    table: dict[str, set[str]] = {}
    for row in read_rows("antonyms"):
        for one, other in ((row[0], row[1]), (row[1], row[0])):
            table.setdefault(term(one), set()).add(term(other))
    return {name: frozenset(found) for name, found in table.items()}


def opposites_of(pair: Pair) -> list[tuple[str, str]]:
    """The terms of one side and the other that exclude each other; what one wins another loses."""
    table = opposites()
    only_a, only_b = pair.a.terms - pair.b.terms, pair.b.terms - pair.a.terms
    found = ((one, other) for one in only_a for other in table.get(one, frozenset()) & only_b)
    of_one = bool(pair.a.subject & pair.b.subject)
    return sorted(couple for couple in found if of_one or not _CONVERSE.issuperset(couple))
