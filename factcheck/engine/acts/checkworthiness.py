"""How much a content asks a desk to check it."""

from __future__ import annotations

from typing import Final

from ..annotations import Act
from ..lexicon import read_groups
from ..segment import split_words, tag_words

_SHORTEST_CHECKED: Final = 5
_FIRST_WORDS: Final = 400
_BASE: Final = {
    Act.ASSERTION: 0.5, Act.DENIAL: 0.55, Act.ACCUSATION: 0.55, Act.PLEDGE: 0.45, Act.PREDICTION: 0.35,
    Act.REFUSAL: 0.3,
    Act.DEMAND: 0.15, Act.OPINION: 0.1, Act.QUESTION: 0.05,
}  # fmt: skip


def score_checkworthiness(content: str, act: Act, *, hedged: bool) -> float:
    """How much a content asks to be checked, 0 to 1: factual acts, figures, dates, names (Hassan et al. 2017)."""
    words = tag_words(split_words(content[:_FIRST_WORDS], 0, min(len(content), _FIRST_WORDS)))
    figures = any(word.tag == "CD" for word in words)
    names = any(word.tag == "NNP" for word in words[1:])
    times = any(word.lower in read_groups("time_words")["days"] | read_groups("time_words")["months"] for word in words)
    past = any(word.tag == "VBD" for word in words)
    personal = bool({word.lower for word in words} & {"i", "my", "me"})
    score = _BASE[act] + 0.2 * figures + 0.08 * names + 0.1 * times + 0.08 * past - 0.12 * personal - 0.08 * hedged
    if len(words) < _SHORTEST_CHECKED:
        score -= 0.15
    return round(min(1.0, max(0.0, score)), 2)
