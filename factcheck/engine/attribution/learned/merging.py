"""Rules and model together: what both find is one draft, what one finds alone is as sure as the two make it.

Rules are kept where they are certain: who relays whom, quotation marks, the article's own voice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ...annotations import Span
from ...segment import Document
from ..drafts import Draft
from .confidence import Candidate, rate
from .drafting import draft_sighting
from .perception import Perception, Sighting

_SAME_CONTENT: Final = 0.5
_NEARLY_THE_SAME: Final = 0.7
# From here on a draft is a statement for a desk.
_HALF: Final = 0.5
# Frames whose content is a bare phrase.
_PHRASES: Final = frozenset("NFD")
# Below the desk's threshold whatever the model thinks.
_DOUBTFUL: Final = 0.49
# Their spans are the rules' whatever the model sees: the text itself marks them.
_OWN_VOICE: Final = "narration"


def merge_drafts(document: Document, drafts: Sequence[Draft], perception: Perception) -> list[Draft]:
    """The drafts of an article in reading order, each as sure as rules and model make it."""
    told = [draft for draft in drafts if draft.frame == _OWN_VOICE]
    rated = [
        replace(candidate.draft, confidence=rate(document, candidate, perception))
        for candidate in find_candidates(document, drafts, perception)
    ]
    sure = find_absorbed([draft for draft in rated if draft.confidence >= _HALF], perception)
    doubtful = find_absorbed([draft for draft in rated if draft.confidence < _HALF], perception)
    told += [
        replace(whole, confidence=_DOUBTFUL * sighting.cue_probability)
        for sighting in sure
        if (whole := draft_sighting(document, sighting)) is not None
    ]
    # Words that relay what is no statement after all: the whole is their teller's own.
    told += [
        replace(whole, confidence=rate(document, Candidate(whole, None, sighting), perception))
        for sighting in doubtful
        if sighting not in sure and (whole := draft_sighting(document, sighting)) is not None
    ]
    return sorted([*told, *rated], key=lambda draft: (draft.span.start, draft.span.end))


def find_absorbed(drafts: Sequence[Draft], perception: Perception) -> list[Sighting]:
    """What the model sees of words that only relay: "she said he had promised P" as hers.

    It is no statement for a desk; whoever counts every attribution finds it below the desk's threshold.
    """
    seen = _Seen(perception.sightings)
    numbers = {number for draft in drafts for number in _covered(draft, seen)}
    return [perception.sightings[number] for number in sorted(numbers)]


def find_candidates(document: Document, drafts: Sequence[Draft], perception: Perception) -> list[Candidate]:
    """What the rules or the model or both take for a statement; not yet how sure that is."""
    sightings = perception.sightings
    seen = _Seen(sightings)
    found: list[Candidate] = []
    taken: set[int] = set()
    for draft in drafts:
        if draft.frame != _OWN_VOICE:
            number = _match(draft, seen)
            taken |= {*_covered(draft, seen), *([number] if number is not None else [])}
            found.append(_joined(document, draft, sightings[number] if number is not None else None))
    for number, sighting in enumerate(sightings):
        if number not in taken and (alone := draft_sighting(document, sighting)) is not None:
            found.append(Candidate(alone, None, sighting))
    return found


class _Places:
    """Spans by where they begin: those that another one meets are found without a look at all, however many."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._rows = sorted((span.start, span.end, number) for number, span in enumerate(spans))
        self._starts = [start for start, _, _ in self._rows]
        self._longest = max((end - start for start, end, _ in self._rows), default=0)

    def met_by(self, span: Span) -> list[int]:
        """The numbers of those that share a character with a span, in their order."""
        first, last = bisect_right(self._starts, span.start - self._longest), bisect_left(self._starts, span.end)
        return sorted(number for _, end, number in self._rows[first:last] if end > span.start)


class _Seen:
    """What a model sees, with the places of its cues and contents."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self.sightings = sightings
        self.cues = _Places([sighting.cue for sighting in sightings])
        self.contents = _Places([_around(sighting.parts) for sighting in sightings])


def _around(parts: Sequence[Span]) -> Span:
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _match(draft: Draft, seen: _Seen) -> int | None:
    """The sighting of the same statement: the same cue, or else mostly the same content."""
    met = seen.cues.met_by(draft.cue) if draft.cue is not None else []
    if met:
        return met[0]
    near = seen.contents.met_by(draft.span)
    shares = [(_share(draft.parts, seen.sightings[number].parts), number) for number in near]
    best, number = max(shares, default=(0.0, 0))
    return number if best >= _SAME_CONTENT else None


def _covered(draft: Draft, seen: _Seen) -> list[int]:
    """Sightings that a relayed draft stands for: those of the words that relay it."""
    return seen.cues.met_by(draft.relay_cue) if draft.relay_cue is not None else []


def _share(some: Sequence[Span], others: Sequence[Span]) -> float:
    """How much two contents have in common, by characters: intersection over union."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)
    whole = sum(span.end - span.start for span in (*some, *others)) - common
    return common / whole if whole else 0.0


def _joined(document: Document, draft: Draft, sighting: Sighting | None) -> Candidate:
    """The rule's draft, with the model's finer edges where the text itself does not mark them.

    Where the two contents are far apart the rule's is kept: it knows where a clause ends.
    """
    seen = draft_sighting(document, sighting) if sighting is not None else None
    if seen is None or draft.direct or draft.relay_source is not None or draft.committed is not None:
        return Candidate(draft, draft, sighting)
    if _takes_source_for_content(draft, seen):
        return Candidate(seen, draft, sighting)
    return Candidate(_with_edges(document, draft, seen), draft, sighting)


def _with_edges(document: Document, draft: Draft, seen: Draft) -> Draft:
    """A rule's draft with the edges that the model sees, as far as the two agree."""
    joined = replace(draft, source=seen.source or draft.source, cue=seen.cue)
    parts = tuple(part for part in seen.parts if any(part.overlaps(own) for own in draft.parts))
    if _share(draft.parts, parts) >= _NEARLY_THE_SAME or _stops_earlier(document, draft, parts):
        joined = replace(joined, parts=parts, last_sentence=seen.last_sentence)
    return joined


def _takes_source_for_content(draft: Draft, seen: Draft) -> bool:
    """`Lima, in a report of May, expects / a loss`: what a rule took for a content with its cue behind speaks."""
    told = seen.source is not None and any(part.overlaps(seen.source) for part in draft.parts)
    return draft.frame == "trailing" and told and not any(part.overlaps(draft.span) for part in seen.parts)


def _stops_earlier(document: Document, draft: Draft, parts: Sequence[Span]) -> bool:
    """`demanded an apology / , which never came`: of a bare phrase the model sees better where it ends."""
    if (
        draft.frame not in _PHRASES
        or len(draft.parts) != 1
        or len(parts) != 1
        or parts[0].start != draft.parts[0].start
    ):
        return False
    rest = document.text[parts[0].end : draft.parts[0].end].split()
    return bool(rest) and "to" not in rest
