"""Sentences → drafts of statements: source, cue and content spans, who is committed, who relays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from ..annotations import Span
from ..segment import Document
from .clausal import find_clausal
from .coordination import split_coordinated
from .direct import find_direct
from .drafts import LEARNED, Draft, Scene, set_scene
from .edges import balance_marks
from .joined import JOINED
from .linking import link_quotations
from .narration import find_narration
from .phrases import find_phrasal
from .provenance import nest_learned, settle_provenance
from .relays import find_relays
from .speakers import resolve_speakers
from .turns import with_turns

if TYPE_CHECKING:
    from ..encoder import Model
    from .learned import Perception

__all__ = [
    "LEARNED",
    "Draft",
    "Scene",
    "find_attributions",
    "perceive",
    "resolve_speakers",
    "set_scenes",
    "split_coordinated",
]


def set_scenes(document: Document) -> list[Scene]:
    """The scenes of a document's sentences, in order."""
    return [set_scene(document.text, sentence) for sentence in document.sentences]


# More than a sentence of 5,000 characters holds in earnest; each is compared with each.
_MOST_IN_SENTENCE: Final = 30


# Less likely cues are not looked at.
_LEAST: Final = 0.1


def perceive(document: Document, model: Model) -> Perception:
    """What a model makes of an article."""
    from . import learned  # numpy, only where a model reads

    return learned.perceive(document, model, _LEAST)


def find_attributions(document: Document, scenes: Sequence[Scene], perception: Perception | None = None) -> list[Draft]:
    """The attributions of an article in reading order: those of the rules, joined with what a model sees.

    The same words are stated once: of several cues for them the surest counts.
    """
    drafts = find_by_rule(document, scenes)
    if perception is not None:
        from .learned import merge_drafts  # numpy, only where a model reads

        drafts = nest_learned(scenes, merge_drafts(document, drafts, perception))
    return _stated_once(with_turns(document, find_relays(scenes, split_coordinated(scenes, drafts))))


def _stated_once(drafts: Sequence[Draft]) -> list[Draft]:
    surest: dict[Span, Draft] = {}
    for draft in drafts:
        best = surest.setdefault(draft.span, draft)
        if draft.confidence > best.confidence:
            surest[draft.span] = draft
    return [draft for draft in drafts if surest[draft.span] is draft]


def find_by_rule(document: Document, scenes: Sequence[Scene]) -> list[Draft]:
    """The attributions that the rules find, in reading order: found, then settled, then linked."""
    found: list[Draft] = []
    for scene in scenes:
        reported = chain(find_clausal(scene), find_phrasal(scene)) if not scene.sentence.headline else ()
        drafts = list(islice(reported, _MOST_IN_SENTENCE))
        direct = list(find_direct(scene))
        settled = settle_provenance(scene, _without_doubles(_not_quoting(drafts, direct)))
        found.extend(sorted([*settled, *direct], key=lambda draft: draft.span.start))
    linked = link_quotations(document, found)
    told = list(find_narration(scenes, linked))
    balanced = [_balanced(document, draft) for draft in (*linked, *told)]
    return sorted(balanced, key=lambda draft: (draft.span.start, draft.span.end))


def _balanced(document: Document, draft: Draft) -> Draft:
    """A draft whose content keeps the quotation marks that it opens."""
    if draft.direct:
        return draft
    quotations = document.sentences[draft.sentence].quotations
    parts = tuple(balance_marks(document.text, part, quotations) for part in draft.parts)
    return draft if parts == draft.parts else replace(draft, parts=parts)


def _without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Of drafts with the same cue, or with the same content, the surest."""
    best: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: -draft.confidence):
        if not any(_is_double(draft, other) for other in best):
            best.append(draft)
    return sorted(best, key=lambda draft: draft.span.start)


def _is_double(draft: Draft, other: Draft) -> bool:
    goes_on = {draft.frame, other.frame} & {"semicolon", JOINED}
    same_cue = draft.cue is not None and draft.cue == other.cue and not goes_on
    return same_cue or draft.span == other.span


def _not_quoting(drafts: Sequence[Draft], direct: Sequence[Draft]) -> list[Draft]:
    """Drafts whose cue a direct quotation has taken are no statements of their own."""
    cues = {draft.cue for draft in direct if draft.cue is not None}
    return [draft for draft in drafts if draft.cue not in cues]
