"""Pronouns: candidates ranked by gender, number, distance and prominence (after Lappin and Leass 1994), or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...annotations import Span, SpeakerKind
from .roster import Entity, Roster, Sighting

_GENDERS: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_NEUTER: Final = frozenset({"it", "its"})
_PLURAL: Final = frozenset({"they", "their", "them", "both"})
_OTHERS: Final = frozenset({"i", "we", "you", "who", "himself", "herself", "itself"})
PRONOUNS: Final = frozenset({*_GENDERS, *_NEUTER, *_PLURAL, *_OTHERS})

_FARTHEST_PARAGRAPHS: Final = 3
# Weights chosen on our own events, and checked on GAP (Webster et al. 2018), some of whose texts they were chosen on.
_PARAGRAPH_COST: Final = 40
_SENTENCE_COST: Final = 10
_MOST_SENTENCES: Final = 4
_SUBJECT_GAIN: Final = 25
_SPEAKER_GAIN: Final = 30
_GENDER_GAIN: Final = 25
_GROUP_GAIN: Final = 22
_DESCRIBED_COST: Final = 10
_HINT: Final = 10
_NAMELESS_COST: Final = 40


def resolve_pronoun(
    pronoun: str,
    at: Sighting,
    roster: Roster,
    *,
    inside: Sequence[Span] = (),
    last_speaker: Entity | None = None,
) -> Entity | None:
    """Who a pronoun means, or None.

    Whoever the statement's own content names is out: nobody calls himself by name ("Lima would go, he said").
    """
    scores: dict[Entity, int] = {}
    for entity, seen in _candidates(at, roster, inside):
        fit = _fit(pronoun, entity)
        if fit is not None:
            score = fit + _closeness(seen, at) + _prominence(entity, last_speaker)
            scores[entity] = max(score, scores.get(entity, score))
    best = max(scores, key=lambda entity: scores[entity], default=None)
    if best is not None:
        best.gender = best.gender or _GENDERS.get(pronoun, "")
    return best


def _candidates(at: Sighting, roster: Roster, inside: Sequence[Span]) -> list[tuple[Entity, Sighting]]:
    """Who was mentioned shortly before, but for those named inside some spans."""
    window = list(roster.look_back(at.paragraph, _FARTHEST_PARAGRAPHS, at.span.start))
    named = {entity for entity, seen in window if any(span.contains(seen.span) for span in inside)}
    return [(entity, seen) for entity, seen in window if entity not in named]


def _fit(pronoun: str, entity: Entity) -> int | None:
    """How well an entity fits a pronoun by kind and gender; None when it cannot."""
    if pronoun in _GENDERS:
        return _fit_gender(entity, _GENDERS[pronoun])
    if pronoun in _PLURAL:
        return _PLURAL_FITS.get(entity.kind)
    return _NEUTER_FITS.get(entity.kind) if pronoun in _NEUTER else None


def _fit_gender(entity: Entity, wanted: str) -> int | None:
    if not entity.may_be_person or entity.gender not in {"", wanted}:
        return None
    if not entity.is_person:
        return -_NAMELESS_COST
    return _GENDER_GAIN if entity.gender else _ending_hint(entity, wanted)


# "They" are a group or a body, "it" is a body.
_PLURAL_FITS: Final = {SpeakerKind.GROUP: _GROUP_GAIN, SpeakerKind.ORGANISATION: 0}
_NEUTER_FITS: Final = {SpeakerKind.ORGANISATION: 0}


def _ending_hint(entity: Entity, wanted: str) -> int:
    """A given name in -a is a woman's more often than not; as a hint it only tips a balance."""
    feminine = len(entity.tokens) > 1 and entity.tokens[0].endswith(("a", "ie"))
    return _HINT if feminine == (wanted == "f") else -_HINT


def _prominence(entity: Entity, last_speaker: Entity | None) -> int:
    """Who spoke last is likelier meant, somebody without a name less."""
    return _SPEAKER_GAIN * (entity is last_speaker) - _DESCRIBED_COST * entity.described


def _closeness(seen: Sighting, at: Sighting) -> int:
    paragraphs = at.paragraph - seen.paragraph
    sentences = min(at.sentence - seen.sentence, _MOST_SENTENCES)
    return 100 - _PARAGRAPH_COST * paragraphs - _SENTENCE_COST * sentences + _SUBJECT_GAIN * seen.subject
