"""How much a content asks a desk to check it."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from ..annotations import Act, Quote
from ..lexicon import read_groups
from ..segment import tag_text
from .hedges import is_hedged
from .reading import Utterance
from .rules import classify_act

if TYPE_CHECKING:
    from ..encoder import Model

_SHORTEST_CHECKED: Final = 5
_FIRST_WORDS: Final = 400
_FIRST_CHARACTERS: Final = 10_000
_WORTH_A_CHECK: Final = 2  # behind "not factual" and "factual, and not worth it"
_BASE: Final = {
    Act.ASSERTION: 0.5, Act.DENIAL: 0.55, Act.ACCUSATION: 0.55, Act.PLEDGE: 0.45, Act.PREDICTION: 0.35,
    Act.REFUSAL: 0.3,
    Act.DEMAND: 0.15, Act.OPINION: 0.1, Act.QUESTION: 0.05,
}  # fmt: skip


def score_checkworthiness(content: str, act: Act, *, hedged: bool) -> float:
    """How much a content asks to be checked, 0 to 1: factual acts, figures, dates, names (Hassan et al. 2017)."""
    words = tag_text(content[:_FIRST_WORDS])
    figures = any(word.tag == "CD" for word in words)
    names = any(word.tag == "NNP" for word in words[1:])
    named = read_groups("time_words")
    times = any(word.lower in named["days"] or word.lower in named["months"] for word in words)
    past = any(word.tag == "VBD" for word in words)
    personal = bool({word.lower for word in words} & {"i", "my", "me"})
    score = _BASE[act] + 0.2 * figures + 0.08 * names + 0.1 * times + 0.08 * past - 0.12 * personal - 0.08 * hedged
    if len(words) < _SHORTEST_CHECKED:
        score -= 0.15
    return round(min(1.0, max(0.0, score)), 2)


def score_sentence(text: str, model: Model | None) -> float:
    """How much a sentence that stands alone asks to be checked, 0 to 1; by rule where there is no model.

    The model gives the chance that people would call it a factual claim worth a check, not just a factual sentence or
    none at all (Arslan et al. 2020). Text without a letter or figure claims nothing. What goes beyond the model's
    window is not read.
    """
    sentence = text[:_FIRST_CHARACTERS]
    if not any(character.isalnum() for character in sentence):
        return 0.0
    return _by_rule(sentence) if model is None else _by_model(sentence, model)


def _by_rule(sentence: str) -> float:
    act = classify_act(Utterance(sentence, Quote.NONE, Act.ASSERTION, ""))
    return score_checkworthiness(sentence, act, hedged=is_hedged(sentence))


def _by_model(sentence: str, model: Model) -> float:
    scores = model.summarize(sentence) @ model.heads["worth_weight"] + model.heads["worth_bias"]
    weights = [exp(float(score - scores.max())) for score in scores]
    return round(weights[_WORTH_A_CHECK] / sum(weights), 4)
