"""Whether a speaker leaves room: hedges in the content or the cue (after CoNLL-2010)."""

from __future__ import annotations

import re
from typing import Final

from ..lexicon import read_words
from ..segment import split_words, tag_text

_SHORT: Final = 400


def is_hedged(content: str, cue: str = "") -> bool:
    """Whether the content, or its cue, leaves the speaker room: may, could, reportedly (after CoNLL-2010)."""
    # The words of a short content are at hand: whoever reads it reads them too.
    words = tag_text(content) if len(content) <= _SHORT else split_words(content, 0, len(content))
    lower = {word.lower for word in words if word.text != "May"}
    text = f" {content.lower()} "
    return (
        bool(lower & read_words("hedges"))
        or any(f" {phrase} " in text for phrase in _HEDGE_PHRASES)
        or cue.lower() in _SOFT_CUES
    )


def find_hedge(content: str) -> str:
    """The adverb by which the content leaves room, as it stands there: purportedly, allegedly; empty where none does.

    Of the hedges these alone say, on their own, how far a report goes.
    """
    adverbs = (word for word in read_words("hedges") if word.endswith("ly"))
    found = re.search(rf"\b(?:{'|'.join(sorted(adverbs))})\b", content, re.IGNORECASE)
    return found.group() if found else ""


_HEDGE_PHRASES: Final = (
    "so far",
    "as far as",
    "it seems",
    "more or less",
    "if the",
    "in theory",
    "at this stage",
    "appears to",
    "appeared to",
    "appear to",
    "said to be",
)
_SOFT_CUES: Final = frozenset(
    {"suggested", "suggests", "hinted", "fears", "feared", "hopes", "hoped", "suspects", "suspected"}
)
