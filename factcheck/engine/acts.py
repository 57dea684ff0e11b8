"""What a speaker does with a content, how firmly, and whether a desk should check it.

The classes follow Searle (1976), cut to what desks need; the rules read the cue's default act and the first
clauses of the content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .annotations import Act, Quote
from .lexicon import has_tag, read_groups, read_words
from .segment import Clause, Word, find_clauses, split_words, tag_words

_FEW: Final = 3
_NEARLY_HALF: Final = 0.4
_SHORTEST_CHECKED: Final = 5
_FIRST_WORDS: Final = 400
_PERSONAL: Final = frozenset({"i", "we", "he", "she", "they"})
_FUTURE: Final = frozenset({"will", "would", "shall", "'ll", "won't", "wouldn't", "shan't"})
_MOSTLY: Final = 0.5
_MAYBE: Final = frozenset({"may", "might", "could"})
_DUTY: Final = frozenset({"must", "should", "ought"})
_NOBODY: Final = frozenset({"no", "nobody", "none", "nothing", "neither", "never"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the rules of acts read: the content, how it was quoted, and the act that the cue alone suggests."""

    content: str
    quote: Quote
    cue_act: Act
    lemma: str
    quoted_share: float = 0.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of a content and its first clause."""

    words: tuple[Word, ...]
    clause: Clause | None
    lower: tuple[str, ...]

    @property
    def subject(self) -> tuple[str, ...]:
        """The subject of the first clause, in small letters."""
        if self.clause is None or self.clause.subject is None:
            return ()
        start, end = self.clause.subject
        return self.lower[start:end]

    @property
    def verb(self) -> tuple[str, ...]:
        """The verb group of the first clause, in small letters."""
        if self.clause is None or self.clause.verb is None:
            return ()
        return self.lower[self.clause.verb.start : self.clause.verb.end]


def classify_act(utterance: Utterance) -> Act:
    """The act of an utterance; the cue's own where it is telling, else what the content shows."""
    if utterance.cue_act not in {Act.ASSERTION, Act.OPINION}:
        return utterance.cue_act
    first, second = _read_sentences(utterance.content)
    act = _apply(utterance, first) or utterance.cue_act
    if act is Act.OPINION and utterance.quote is Quote.DIRECT and second.words:
        later = _apply(utterance, second)
        return later if later in {Act.PREDICTION, Act.REFUSAL, Act.DENIAL} else act
    return act


def _apply(utterance: Utterance, reading: _Reading) -> Act | None:
    return next((act for rule in _RULES if (act := rule(utterance, reading)) is not None), None)


def _read_sentences(content: str) -> tuple[_Reading, _Reading]:
    """The first two sentences of a content."""
    text = content[:_FIRST_WORDS]
    marks = '“”‘«»"'
    words = [word for word in tag_words(split_words(text, 0, len(text))) if word.text not in marks]
    end = next((index for index, word in enumerate(words) if word.text in _STOPS), len(words))
    rest = words[end + 1 :]
    second = next((index for index, word in enumerate(rest) if word.text in _STOPS), len(rest))
    return _read(words[:end]), _read(rest[:second])


def _read(words: Sequence[Word]) -> _Reading:
    start = 1 if words and words[0].lower in _OPENERS else 0
    sentence = tuple(words[start:])
    clauses = find_clauses(sentence)
    main = next((c for c in clauses if c.kind in {"main", "coordinate"}), clauses[0] if clauses else None)
    return _Reading(sentence, main, tuple(word.lower for word in sentence))


_STOPS: Final = frozenset({".", "!", "?", ";"})
_OPENERS: Final = frozenset({"that", "but", "and", "so", "because", "yet"})


def _question(utterance: Utterance, reading: _Reading) -> Act | None:
    asked = utterance.content.rstrip("”’\"' ").endswith("?")
    return Act.QUESTION if asked and utterance.quote is Quote.DIRECT and len(reading.words) >= _FEW else None


def _attitude(utterance: Utterance, reading: _Reading) -> Act | None:
    """`he hoped to`, `it feared a delay`: the content's own verb tells the act."""
    del utterance
    if reading.clause is None or reading.clause.verb is None or not set(reading.subject) & (_PERSONAL | {"it"}):
        return None
    verb = reading.lower[reading.clause.verb.head]
    return next((Act(act) for act, verbs in read_groups("attitude_verbs").items() if verb in verbs), None)


def _denial(utterance: Utterance, reading: _Reading) -> Act | None:
    """`no such order was given`, `he never met them`, `we paid nobody`, `there is no plan`."""
    lower, subject, verb = reading.lower, reading.subject, reading.verb
    if ("no", "such") in pairwise(lower[:8]) or (" of any kind" in " ".join(lower) and "no" in lower):
        return Act.DENIAL
    if "never" in verb or ("never" in lower[:8] and set(subject) & _PERSONAL):
        return None if set(verb) & _FUTURE else Act.DENIAL
    if set(verb) & _FUTURE or (utterance.quote is Quote.MIXED and utterance.quoted_share > _MOSTLY):
        return None
    passive = reading.clause is not None and reading.clause.verb is not None and reading.clause.verb.passive
    if subject[:1] == ("no",) and passive:
        return Act.DENIAL
    if subject[:1] == ("there",) and "no" in lower[:5] and set(lower) & read_words("denied_nouns"):
        return Act.DENIAL
    return Act.DENIAL if set(subject) & {"i", "we"} and _object_negated(reading) and _is_past(reading) else None


def _object_negated(reading: _Reading) -> bool:
    if reading.clause is None or reading.clause.verb is None:
        return False
    end = reading.clause.verb.end
    return bool(set(reading.lower[end : end + 2]) & {"no", "nobody", "nothing", "none"})


def _is_past(reading: _Reading) -> bool:
    if reading.clause is None or reading.clause.verb is None:
        return False
    verb = reading.clause.verb
    perfect = verb.end - verb.start > 1 and bool(set(reading.verb) & {"have", "has"})
    return perfect or any(word.tag == "VBD" for word in reading.words[verb.start : verb.end])


def _refusal(utterance: Utterance, reading: _Reading) -> Act | None:
    """`she would not step down`, `there would be no rerun`, `not a line would change`."""
    negated = reading.clause is not None and reading.clause.verb is not None and reading.clause.verb.negated
    if not set(reading.verb) & _FUTURE and not (negated and "could" in reading.verb):
        return None
    nothing = bool(set(reading.subject) & {"no", "not", "nothing"}) or reading.lower[:1] == ("not",)
    there = reading.subject[:1] == ("there",) and _object_negated(reading) and utterance.cue_act is not Act.OPINION
    indirect_it = "it" in reading.subject and utterance.quote is not Quote.DIRECT
    willing = bool(set(reading.subject) & _PERSONAL) or indirect_it or not reading.subject
    if nothing and reading.verb[-1] in read_words("harm_verbs"):
        return Act.PLEDGE  # "not a single job will be lost"
    if there or nothing or (negated and (willing or _names_somebody(reading))):
        return Act.REFUSAL
    return None


def _names_somebody(reading: _Reading) -> bool:
    return bool(set(reading.subject) & read_groups("organisation_heads")["generic"])


def _outlook(utterance: Utterance, reading: _Reading) -> Act | None:
    """What will happen is a pledge where somebody will do it, else a prediction."""
    verb = set(reading.verb)
    timed = bool(set(reading.lower) & {"before", "until"})
    if verb & _MAYBE or (timed and verb & {"can", "cannot", "can't"}):
        return Act.PREDICTION
    if not verb & _FUTURE:
        return None
    changes = reading.verb[-1] in read_words("change_verbs")
    impersonal = bool(set(reading.subject) & {"it", "there"})
    if (changes and not set(reading.subject) & _PERSONAL) or (impersonal and utterance.quote is Quote.DIRECT):
        return Act.PREDICTION
    return Act.PREDICTION if "there" in reading.subject or utterance.cue_act is Act.OPINION else Act.PLEDGE


def _duty(utterance: Utterance, reading: _Reading) -> Act | None:
    if set(reading.verb[:1]) & _DUTY:
        return Act.DEMAND
    return Act.DEMAND if utterance.quote is Quote.DIRECT and _is_imperative(reading) else None


def _is_imperative(reading: _Reading) -> bool:
    """`Open the gate`: a base form first, an object behind it, no verb of its own."""
    if len(reading.words) < _FEW or not has_tag(reading.lower[0], "VB"):
        return False
    return reading.words[1].tag in {"DT", "PRP$"} and (reading.clause is None or reading.clause.opener != "")


def _judgment(utterance: Utterance, reading: _Reading) -> Act | None:
    """Quoted words in the present tense without figures say what somebody thinks."""
    if any(word.tag == "CD" and word.lower not in {"one", "two"} for word in reading.words):
        return None
    if utterance.quote is Quote.MIXED:
        return Act.OPINION if utterance.quoted_share >= _NEARLY_HALF else None
    if utterance.quote is Quote.DIRECT and reading.words:
        return None if _is_past(reading) else Act.OPINION
    return None


_RULES: Final = (_question, _attitude, _denial, _refusal, _outlook, _duty, _judgment)


def is_hedged(content: str, cue: str = "") -> bool:
    """Whether the content, or its cue, leaves the speaker room: may, could, reportedly (after CoNLL-2010)."""
    lower = {word.lower for word in split_words(content, 0, len(content)) if word.text != "May"}
    text = f" {content.lower()} "
    return (
        bool(lower & read_words("hedges"))
        or any(f" {phrase} " in text for phrase in _HEDGE_PHRASES)
        or cue.lower() in _SOFT_CUES
    )


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
