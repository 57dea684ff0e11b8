"""How near both contents are in meaning, where words do not tell; nothing where no model reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..sides import Pair, Side, same_name

if TYPE_CHECKING:
    from ..meaning import Nearness

# Nearer ones say the same rather than the opposite: from here on nearness tells nothing more.
_NEAREST: Final = 0.6
_FEW: Final = 1


def is_worth_reading(pair: Pair) -> bool:
    """Whether two people speak in words so different that only their meaning can tell of one matter."""
    return len(pair.shared) <= _FEW and not same_name(pair.a.statement, pair.b.statement)


def read_meaning(pair: Pair, near: Nearness) -> dict[str, float]:
    """The sign of a shared meaning in other words, 0 to 0.6; nothing where the words tell."""
    if not is_worth_reading(pair):
        return {}
    found = near(*texts_of(pair))
    return {"meaning": round(min(max(found, 0.0), _NEAREST), 4)}


def texts_of(pair: Pair) -> tuple[str, str]:
    """The two texts that a model reads of a pair, each by itself."""
    return _plain(pair.a), _plain(pair.b)


def _plain(side: Side) -> str:
    return " ".join(side.text.split())
