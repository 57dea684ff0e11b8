"""Rules and model together: what both find is one draft, what one finds alone is as sure as the two make it.

Rules are kept where they are certain: who relays whom, quotation marks, the article's own voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ...annotations import Span
from ...segment import Document
from ..drafts import Draft
from .drafting import draft_sighting
from .perception import Perception, Sighting

_SAME_CONTENT: Final = 0.5


def merge_drafts(document: Document, drafts: Sequence[Draft], perception: Perception) -> list[Draft]:
    """The drafts of an article in reading order."""
    sightings = perception.sightings
    merged: list[Draft] = []
    taken: set[int] = set()
    for draft in drafts:
        number = _match(draft, sightings)
        taken |= set(_covered(draft, sightings)) if number is None else {number, *_covered(draft, sightings)}
        merged.append(_joined(document, draft, sightings[number] if number is not None else None))
    for number, sighting in enumerate(sightings):
        if number not in taken and (alone := draft_sighting(document, sighting, sure_alone(sighting))) is not None:
            merged.append(alone)
    return sorted(merged, key=lambda draft: (draft.span.start, draft.span.end))


def _match(draft: Draft, sightings: Sequence[Sighting]) -> int | None:
    """The sighting of the same statement: the same cue, or else mostly the same content."""
    if draft.cue is None and draft.frame == "narration":
        return None
    for number, sighting in enumerate(sightings):
        if draft.cue is not None and draft.cue.overlaps(sighting.cue):
            return number
    shares = [(_share(draft.parts, sighting.parts), number) for number, sighting in enumerate(sightings)]
    best, number = max(shares, default=(0.0, 0))
    return number if best >= _SAME_CONTENT else None


def _covered(draft: Draft, sightings: Sequence[Sighting]) -> Iterator[int]:
    """Sightings that a relayed draft stands for: those of the words that relay it."""
    for number, sighting in enumerate(sightings):
        if draft.relay_cue is not None and draft.relay_cue.overlaps(sighting.cue):
            yield number


def _share(some: Sequence[Span], others: Sequence[Span]) -> float:
    """How much two contents have in common, by characters: intersection over union."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)
    whole = sum(span.end - span.start for span in (*some, *others)) - common
    return common / whole if whole else 0.0


def _joined(document: Document, draft: Draft, sighting: Sighting | None) -> Draft:
    if sighting is None:
        return replace(draft, confidence=sure_by_rule(draft))
    confidence = sure_together(draft, sighting)
    seen = draft_sighting(document, sighting, confidence)
    if seen is None or draft.direct or draft.relay_cue is not None or draft.committed is not None:
        return replace(draft, confidence=confidence)
    return replace(
        draft,
        confidence=confidence,
        source=seen.source or draft.source,
        cue=seen.cue,
        parts=seen.parts,
        last_sentence=seen.last_sentence,
    )


def sure_by_rule(draft: Draft) -> float:
    """How sure a draft is that the model does not see."""
    return draft.confidence * 0.6


def sure_alone(sighting: Sighting) -> float:
    """How sure a sighting is that no rule finds."""
    return sighting.cue_probability * sighting.content_probability * 0.9


def sure_together(draft: Draft, sighting: Sighting) -> float:
    """How sure a draft is that rule and model agree on."""
    return 1 - (1 - draft.confidence) * (1 - sighting.cue_probability)
