"""Pronouns: candidates are ranked by gender, number, distance and prominence (after Lappin and Leass 1994), or nobody is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...annotations import Span, SpeakerKind
from .roster import Entity, Sighting

_GENDERS: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_NEUTER: Final = frozenset({"it", "its"})
_PLURAL: Final = frozenset({"they", "their", "them", "both"})
PRONOUNS: Final = frozenset({*_GENDERS, *_NEUTER, *_PLURAL, "i", "we", "you", "who", "himself", "herself", "itself"})

_FARTHEST_PARAGRAPHS: Final = 3
_PARAGRAPH_COST: Final = 30
_SENTENCE_COST: Final = 10
_SUBJECT_GAIN: Final = 15
_SPEAKER_GAIN: Final = 22
_GENDER_GAIN: Final = 25
_DOUBT_COST: Final = 20


def resolve_pronoun(
    pronoun: str,
    at: Sighting,
    entities: Sequence[Entity],
    *,
    inside: Sequence[Span] = (),
    last_speaker: Entity | None = None,
) -> Entity | None:
    """Who a pronoun means, or None.

    Mentions inside the statement's own content do not count: nobody calls himself by name ("Lima would go, he said").
    """
    ranked: list[tuple[int, int, Entity]] = []
    for number, entity in enumerate(entities):
        fit = _fit(pronoun, entity)
        prominence = _prominence(entity, at, inside, is_last=entity is last_speaker)
        if fit is not None and prominence is not None:
            ranked.append((prominence + fit, -number, entity))
    if not ranked:
        return None
    best = max(ranked, key=lambda rank: rank[:2])[2]
    best.gender = best.gender or _GENDERS.get(pronoun, "")
    return best


def _fit(pronoun: str, entity: Entity) -> int | None:
    """How well an entity fits a pronoun by kind and gender; None when it cannot."""
    if pronoun in _GENDERS:
        wanted = _GENDERS[pronoun]
        if not entity.is_person or (entity.gender and entity.gender != wanted):
            return None
        if entity.gender:
            return _GENDER_GAIN
        return _ending_hint(entity, wanted)
    if pronoun in _NEUTER:
        return 0 if entity.kind is SpeakerKind.ORGANISATION else None
    if pronoun in _PLURAL:
        return {SpeakerKind.GROUP: _SPEAKER_GAIN, SpeakerKind.ORGANISATION: 0}.get(entity.kind)
    return None


def _ending_hint(entity: Entity, wanted: str) -> int:
    """A given name in -a is a woman's more often than not; as a hint it only tips a balance."""
    feminine = len(entity.tokens) > 1 and entity.tokens[0].endswith(("a", "ia", "ie"))
    return _DOUBT_COST // 2 if feminine == (wanted == "f") else -_DOUBT_COST // 2


def _prominence(entity: Entity, at: Sighting, inside: Sequence[Span], *, is_last: bool) -> int | None:
    scores = [
        _distance_score(seen, at)
        for seen in entity.sightings
        if seen.span.start < at.span.start
        and at.paragraph - seen.paragraph <= _FARTHEST_PARAGRAPHS
        and not any(span.contains(seen.span) for span in inside)
    ]
    if not scores:
        return None
    return max(scores) + (_SPEAKER_GAIN if is_last else 0)


def _distance_score(seen: Sighting, at: Sighting) -> int:
    paragraphs = at.paragraph - seen.paragraph
    sentences = at.sentence - seen.sentence
    return 100 - _PARAGRAPH_COST * paragraphs - _SENTENCE_COST * min(sentences, 4) + _SUBJECT_GAIN * seen.subject
