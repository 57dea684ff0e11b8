"""How sure a candidate is: a logistic model one can read, over what rules and reader say and what the words show.

From one half up a confidence is the probability that an editor would mark the statement; below, candidates stand in
the order in which the reader believes in their cues, for those who count every attribution.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...annotations import Act, Span
from ...lexicon import CueVerb, find_cue_verbs
from ...segment import Document, Sentence, Word
from ..drafts import SET_ON, Draft
from .perception import Perception, Sighting

_HALF: Final = 0.5
_SHORT: Final = 4
_LONG: Final = 12
_NOBODY: Final = frozenset({"nobody", "none", "neither", "no", "nothing"})
_UNREAL: Final = frozenset({"would", "could", "should", "might", "may", "not", "n't", "never", "if", "whether"})
# Frames of cues that take more than a bare phrase: "put the toll at 40".
_OBJECTS: Final = frozenset("PAXGCSDFJ")
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD", "QUOTE"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft with what it comes from: a rule's own draft, a sighting, or both."""

    draft: Draft
    rule: Draft | None
    sighting: Sighting | None


def rate(document: Document, candidate: Candidate, perception: Perception) -> float:
    """The confidence of a candidate, 0 to 1."""
    weights = perception.confidence
    if _only_asks(document, candidate.draft):
        return _HALF * _cue_probability(candidate, perception)
    score = sum(weights.get(name, 0.0) * value for name, value in features(document, candidate, perception))
    probability = 1 / (1 + math.exp(-score))
    return probability if probability >= _HALF else _HALF * _cue_probability(candidate, perception)


def _only_asks(document: Document, draft: Draft) -> bool:
    """`Asked whether it would rain, she laughed`: a question that nobody is said to have asked."""
    return draft.source is None and draft.cue is not None and draft.cue.of(document.text) == "Asked"


def features(document: Document, candidate: Candidate, perception: Perception) -> Iterator[tuple[str, float]]:
    """What is known of a candidate, by name; the names are those of the manifest's weights."""
    yield "always", 1.0
    yield from _believed(candidate, perception)
    yield from _worded(document, candidate.draft)


def _believed(candidate: Candidate, perception: Perception) -> Iterator[tuple[str, float]]:
    rule, sighting = candidate.rule, candidate.sighting
    yield "cue", _logit(_cue_probability(candidate, perception))
    yield "content", _logit(sighting.content_probability) if sighting else 0.0
    yield "unseen", float(sighting is None)
    yield "alone", float(rule is None)
    yield "rule", rule.confidence if rule else 0.0
    yield "quoted", float(candidate.draft.direct)
    yield "relayed", float(candidate.draft.relay_cue is not None)
    yield "noun", float(rule is not None and rule.frame in {"N", "noun"})
    yield "framed", float(rule is not None and _is_framed(rule))
    yield "infinitival", float(rule is not None and rule.frame in {"I", "O", "U"})
    yield "phrasal", float(rule is not None and rule.frame in {"according", "view", "for"})
    yield "loose", float(rule is not None and rule.frame in {"continued", "colon"})


def _is_framed(rule: Draft) -> bool:
    """Whether more than a bare phrase follows; `has refused to leave` counts, "declined to comment" does not."""
    refuses = rule.frame == "I" and rule.act is Act.REFUSAL and rule.confidence >= _HALF
    return rule.frame in _OBJECTS or refuses


def _worded(document: Document, draft: Draft) -> Iterator[tuple[str, float]]:
    sentence = document.sentences[draft.sentence]
    cue, content = _words_at(sentence, draft.cue), _words_at(sentence, *draft.parts)
    yield "headline", float(sentence.headline)
    yield from _of_source(draft, _words_at(sentence, draft.source))
    yield "unreal", float(draft.frame != SET_ON and not _UNREAL.isdisjoint(word.lower for word in cue))
    yield "listed", max((verb.weight for word in cue for verb in _telling(word, draft)), default=0.0)
    yield "clause", float(draft.direct or not _FINITE.isdisjoint(word.tag for word in content))
    yield "infinitive", float([word.lower for word in content[:1]] == ["to"])
    yield from _of_length(document, draft)
    yield from _of_figures(content)
    yield "no comment", float(_says_nothing(cue, content))


def _telling(word: Word, draft: Draft) -> Iterator[CueVerb]:
    """The rows of a cue's verb; those of records and of ultimatums only there."""
    return (verb for verb in find_cue_verbs(word.lower) if not verb.frames <= _ODD or draft.frame in _ODD)


_ODD: Final = frozenset("DU")


def _of_figures(content: Sequence[Word]) -> Iterator[tuple[str, float]]:
    """Whether figures stand in a content, and whether they are all there is: "203 names"."""
    tags = {word.tag for word in content}
    yield "figure", float("CD" in tags)
    yield "counted", float("CD" in tags and _FINITE.isdisjoint(tags))


def _words_at(sentence: Sentence, *spans: Span | None) -> list[Word]:
    return [word for word in sentence.words if any(span is not None and _meets(word, span) for span in spans)]


def _of_source(draft: Draft, source: Sequence[Word]) -> Iterator[tuple[str, float]]:
    yield "nameless", float(draft.source is None)
    yield "nobody", float(any(word.lower in _NOBODY for word in source[:1]))
    yield "relative", float(any(word.tag == "WH" for word in source[:1]))


def _of_length(document: Document, draft: Draft) -> Iterator[tuple[str, float]]:
    length = sum(len(part.of(document.text).split()) for part in draft.parts)
    yield "short", float(length < _SHORT)
    yield "long", float(length > _LONG)


def _says_nothing(cue: Sequence[Word], content: Sequence[Word]) -> bool:
    """`declined to comment`."""
    words = {word.lower for word in content[:4]}
    refused = any(verb.act is Act.REFUSAL for word in cue for verb in find_cue_verbs(word.lower))
    return (refused or any(word.lower == "not" for word in cue)) and not words.isdisjoint(
        {"comment", "discuss", "elaborate", "answer", "drawn"}
    )


def _meets(word: Word, span: Span) -> bool:
    return word.start < span.end and span.start < word.end


def _cue_probability(candidate: Candidate, perception: Perception) -> float:
    if candidate.sighting is not None:
        return candidate.sighting.cue_probability
    return perception.cue_probability(candidate.draft.cue) if candidate.draft.cue is not None else _HALF


def _logit(probability: float) -> float:
    kept = min(max(probability, 0.01), 0.99)
    return math.log(kept / (1 - kept))
