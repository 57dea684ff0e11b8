from __future__ import annotations

from typing import Any, Final

from .shelf import Match

_MUCH_THE_SAME: Final = 0.7
_SAME_MATTER: Final = 0.5


def explain(match: Match[Any]) -> str:
    """In one sentence, why a stored claim may be what a text says: something that an editor can check."""
    named = _listed([f"“{word}”" for word in match.words])
    if match.meaning is None:
        return (
            f"Both have {named}; what the claim means is not read yet." if named else "They share common words alone."
        )
    if not named:
        joined = "but" if match.meaning >= _SAME_MATTER else "and"
        return f"They share no telling word, {joined} {_nearness(match.meaning)}."
    joined = "and" if match.meaning >= _SAME_MATTER else "but"
    return f"Both have {named}, {joined} {_nearness(match.meaning)}."


def _nearness(meaning: float) -> str:
    if meaning >= _MUCH_THE_SAME:
        return f"mean much the same ({meaning:.2f} of 1)"
    if meaning >= _SAME_MATTER:
        return f"are about the same matter ({meaning:.2f} of 1)"
    return f"mean little alike ({meaning:.2f} of 1)"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
