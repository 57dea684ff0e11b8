"""Conversations printed with speaker labels: `HOST: Whose are they?` is a statement of the one the label names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ..annotations import Act, Span
from ..segment import Document
from .drafts import Draft
from .edges import trim_edges

_TURN = re.compile(r"(?P<label>[A-Z][^\W\d_][^:\n.!?“”\"]{0,58}):[ \t]+(?=\S)")
# Two people, two turns each: fewer may be any sentence with a colon.
_FEWEST_TURNS: Final = 4
_FEWEST_LABELS: Final = 2
_CONFIDENCE: Final = 0.9
_OWN_WORDS: Final = frozenset({"i", "we", "me", "us"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of a conversation: who speaks, and what is said."""

    paragraph: int
    label: Span
    words: Span


def find_turns(document: Document) -> list[Turn]:
    """The turns of a conversation, in order; none where labels do not come back."""
    turns = list(_labelled(document))
    times = Counter(turn.label.of(document.text) for turn in turns)
    kept = [turn for turn in turns if times[turn.label.of(document.text)] > 1]
    labels = {turn.label.of(document.text) for turn in kept}
    if len(kept) < _FEWEST_TURNS or len(labels) < _FEWEST_LABELS:
        return []
    return [turn for turn in turns if turn in kept or turn.label.of(document.text).isupper()]


def _labelled(document: Document) -> Iterator[Turn]:
    for number, paragraph in enumerate(document.paragraphs):
        match = _TURN.match(document.text, paragraph.span.start, paragraph.span.end)
        words = trim_edges(document.text, Span(match.end(), paragraph.span.end)) if match else None
        if match and words and not paragraph.headline:
            yield Turn(number, Span(*match.span("label")), words)


def with_turns(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of an article and those of its turns; what a turn tells of others is relayed by its speaker."""
    turns = {turn.paragraph: turn for turn in find_turns(document)}
    if not turns:
        return list(drafts)
    kept = [relayed for draft in drafts if (relayed := _inside(document, draft, turns)) is not None]
    return sorted([*kept, *(_drafted(document, turn) for turn in turns.values())], key=lambda draft: draft.span.start)


def _inside(document: Document, draft: Draft, turns: dict[int, Turn]) -> Draft | None:
    """A draft outside turns as it is, one inside as relayed; None where the turn itself says it."""
    turn = turns.get(document.sentences[draft.sentence].paragraph)
    if turn is None:
        return draft
    if draft.source is None or draft.source.start < turn.words.start or draft.frame == "narration":
        return None
    if draft.source.of(document.text).lower() in _OWN_WORDS:
        return None
    return draft if draft.relay_source is not None else replace(draft, relay_source=turn.label)


def _drafted(document: Document, turn: Turn) -> Draft:
    numbers = [sentence.number for sentence in document.sentences if sentence.paragraph == turn.paragraph]
    return Draft(
        sentence=numbers[0],
        source=turn.label,
        cue=None,
        parts=(turn.words,),
        act=Act.ASSERTION,
        frame="turn",
        confidence=_CONFIDENCE,
        direct=True,
        last_sentence=numbers[-1],
    )
