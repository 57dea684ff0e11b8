"""How it is put: hedged, on a condition, as a question, in a comparison; how long it is."""

from __future__ import annotations

from typing import Final

from ...annotations import Act, Quote
from ..sides import Pair, Side

_LONG: Final = 25
_NOT_SAID: Final = ("did not say", "did not mean", "have not said", "has not said", "not because", "does not mean")


def read_manner(pair: Pair) -> dict[str, float]:
    """Signs of how both are put, each 0 to 1."""
    a, b = pair.a, pair.b
    return {
        **_either("hedge", [a.hedged, b.hedged]),
        "condition": float(a.conditional or b.conditional),
        "question": float(Act.QUESTION in pair.acts),
        **_either("asks", [_asks(a), _asks(b)]),
        "comparison": float(" than " in a.lower or " than " in b.lower),
        "not_said": float(_is_not_said(a) or _is_not_said(b)),
        "short": 1 - min(len(a.words), len(b.words), _LONG) / _LONG,
        "long": min(max(len(a.words), len(b.words)), 2 * _LONG) / (2 * _LONG),
        "both_quoted": float(a.statement.quote is b.statement.quote is Quote.DIRECT),
        "no_matter": float(not a.terms or not b.terms),
        "unsure": 1 - min(a.statement.confidence, b.statement.confidence),
        "concluding": float(_reasons(a) or _reasons(b)),
    }


def _either(name: str, stands: list[bool]) -> dict[str, float]:
    """Whether a sign stands on either side, and whether on both."""
    return {name: float(any(stands)), f"{name}_both": float(all(stands))}


def _asks(side: Side) -> bool:
    return side.text.rstrip().endswith("?")


def _is_not_said(side: Side) -> bool:
    return any(phrase in side.lower for phrase in _NOT_SAID)


def _reasons(side: Side) -> bool:
    return any(f" {word} " in side.lower for word in ("because", "so", "therefore", "since"))
