"""Contents that are two statements: "said that the bridge was safe and that it would open in May"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ..annotations import Span
from ..segment import FINITE, Word, leads_clause, word_at
from .drafts import Draft, Scene

_FEWEST_WORDS: Final = 2


def split_coordinated(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, a content with a second that-clause of the same source as one draft a clause."""
    split = (each for draft in drafts for each in _split(scenes[draft.sentence], draft))
    return sorted(split, key=lambda draft: (draft.span.start, draft.span.end))


def _split(scene: Scene, draft: Draft) -> Iterator[Draft]:
    if draft.direct or len(draft.parts) > 1 or draft.cue is None:
        yield draft
        return
    part = draft.parts[0]
    for start, end in _pieces(scene, part):
        yield replace(draft, parts=(Span(start, end),))


def _pieces(scene: Scene, part: Span) -> Iterator[tuple[int, int]]:
    """Where the clauses of a content begin and end."""
    words = [word for word in scene.words if part.start <= word.start and word.end <= part.end]
    start = part.start
    for index in range(_FEWEST_WORDS, len(words) - _FEWEST_WORDS):
        another = _begins_another(words, index) or _turns_ahead(words, index)
        if another and not _is_quoted(scene, words[index]):
            yield start, _last_word(words, index).end
            start = words[index + 1].start
    yield start, part.end


def _begins_another(words: Sequence[Word], index: int) -> bool:
    """`and that nobody was hurt`; not `and that bridge was closed`."""
    joined = words[index].lower in {"and", "but"} and word_at(words, index + 1).lower == "that"
    told = any(word.tag in FINITE for word in words[:index])
    return joined and told and (leads_clause(words, index + 2) or word_at(words, index + 2).tag in {"EX", "IN", "WRB"})


def _turns_ahead(words: Sequence[Word], index: int) -> bool:
    """`it had been paid and / would be on the field`: behind what was stands what will be."""
    ahead = word_at(words, index + 1)
    told = {word.lower for word in words[:index] if word.tag in FINITE}
    return words[index].lower in {"and", "but"} and ahead.lower in _FUTURE and bool(told) and told.isdisjoint(_FUTURE)


_FUTURE: Final = frozenset({"will", "would", "won't", "wouldn't", "'ll"})


def _last_word(words: Sequence[Word], index: int) -> Word:
    """The word before a conjunction, past a comma."""
    return words[index - 2] if words[index - 1].text == "," else words[index - 1]


def _is_quoted(scene: Scene, word: Word) -> bool:
    return any(quotation.span.start <= word.start < quotation.span.end for quotation in scene.sentence.quotations)
