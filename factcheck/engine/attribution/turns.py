"""Conversations printed with speaker labels: `HOST: Whose are they?` is a statement of the one the label names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from ..annotations import Act, Span
from ..segment import Document, Sentence
from .drafts import SET_ON, Draft
from .edges import trim_edges

# Before the name or behind it transcripts tell the time: "[00:01:12] MR SMITH: ", "Ana Lima (01:12): ".
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_TURN = re.compile(
    rf"(?:{_TIME}[ \t]{{1,3}}(?:[-–—][ \t]{{1,3}})?)?(?P<label>[A-Z][^\W\d_][^:\n!?“”\"\[\]]{{0,70}}?)"
    rf"(?:[ \t]{{1,3}}{_TIME})?:[ \t]+(?=\S)"
)
_SEAT = re.compile(r"[ \t]*\((?P<inner>[^()]+)\)$")
_FULL_STOP = re.compile(r"\.(?!\s[A-Z])|\w{6,}\.")
# Two people, two turns each: fewer may be any sentence with a colon.
_FEWEST_TURNS: Final = 4
_FEWEST_LABELS: Final = 2
_MOST_LABEL_WORDS: Final = 6
_CONFIDENCE: Final = 0.9
# From here on somebody else's words in a turn are a statement of their own.
_SURE: Final = 0.5
_OWN_WORDS: Final = frozenset({"i", "we", "me", "us"})
_SMALL: Final = frozenset({"of", "the", "and", "for", "de", "al"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of a conversation: who speaks, and what is said."""

    paragraph: int
    label: Span
    words: Span


def find_turns(document: Document) -> list[Turn]:
    """The turns of a conversation, in order; none where labels do not come back."""
    turns = list(_labelled(document))
    labels = [turn.label.of(document.text) for turn in turns]
    times = Counter(labels)
    again = [label for label in labels if times[label] > 1]
    if len(again) < _FEWEST_TURNS or len(set(again)) < _FEWEST_LABELS:
        return []
    named = zip(turns, labels, strict=True)
    return [turn for turn, label in named if times[label] > 1 or _names_somebody(label)]


def _names_somebody(label: str) -> bool:
    """Whether a label can be a name or an office by its capitals: in a conversation it need not come back."""
    words = label.split()
    return len(words) <= _MOST_LABEL_WORDS and all(word[0].isupper() or word in _SMALL for word in words)


def _labelled(document: Document) -> Iterator[Turn]:
    for number, paragraph in enumerate(document.paragraphs):
        match = _TURN.match(document.text, paragraph.span.start, paragraph.span.end)
        words = trim_edges(document.text, Span(match.end(), paragraph.span.end)) if match else None
        label = _naming(document.text, Span(*match.span("label"))) if match else None
        if label and words and not paragraph.headline:
            yield Turn(number, label, words)


def _naming(text: str, label: Span) -> Span | None:
    """The part of a label that names: "Ana Lima (Port)", "The Minister for Roads (Ana Lima)"; None for a sentence."""
    words = label.of(text)
    if _FULL_STOP.search(words):
        return None
    seat = _SEAT.search(words)
    if seat is None:
        return label
    if words.startswith("The "):
        return Span(label.start + seat.start("inner"), label.start + seat.end("inner"))
    return Span(label.start, label.start + seat.start())


def with_turns(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of an article and those of its turns; what a turn tells of others is relayed by its speaker.

    A sentence that passes somebody else's words on is theirs alone: a turn is what its speaker says beside it.
    """
    turns = {turn.paragraph: turn for turn in find_turns(document)}
    if not turns:
        return list(drafts)
    kept = [relayed for draft in drafts if (relayed := _inside(document, draft, turns)) is not None]
    passed_on = {draft.sentence for draft in kept if draft.confidence >= _SURE and draft.frame != "narration"}
    own = [draft for turn in turns.values() for draft in _drafted(document, turn, passed_on)]
    return sorted([*kept, *own], key=lambda draft: draft.span.start)


def _inside(document: Document, draft: Draft, turns: dict[int, Turn]) -> Draft | None:
    """A draft outside turns as it is, one inside as relayed; None where the turn itself says it."""
    turn = turns.get(document.sentences[draft.sentence].paragraph)
    if turn is None:
        return draft
    if draft.source is None or draft.source.start < turn.words.start or draft.frame in _TOLD_BY_SPEAKER:
        return None
    if draft.source.of(document.text).lower() in _OWN_WORDS or _is_asked(document.sentences[draft.sentence], draft):
        return None
    relay = draft.relay_source
    own = relay is None or relay.of(document.text).lower() in _OWN_WORDS
    return replace(draft, relay_source=turn.label) if own else draft


# What the article would tell in its own voice, the turn's speaker tells.
_TOLD_BY_SPEAKER: Final = frozenset({"narration", SET_ON})


def _is_asked(sentence: Sentence, draft: Draft) -> bool:
    """`Was the minister told that P?`, `Can she say how many?`: the one who asks says so, nobody else."""
    first = min((span for span in (draft.source, draft.cue) if span is not None), key=lambda span: span.start)
    before = [word.lower for word in sentence.words if word.start <= first.start]
    return any(word.text == "?" for word in sentence.words[-2:]) and not _INVERTED.isdisjoint(before[-2:])


_INVERTED: Final = frozenset(
    {"can", "could", "will", "would", "did", "does", "do", "has", "have", "had", "was", "were", "is", "are"}
)


def _drafted(document: Document, turn: Turn, passed_on: AbstractSet[int]) -> Iterator[Draft]:
    """What a turn's speaker says: its sentences, but for those that pass on what others say."""
    numbers = _sentences_of(document, turn.paragraph)
    for _, group in groupby(numbers, key=lambda number: number in passed_on):
        run = list(group)
        start = max(turn.words.start, document.sentences[run[0]].span.start)
        end = min(turn.words.end, document.sentences[run[-1]].span.end)
        words = trim_edges(document.text, Span(start, end)) if run[0] not in passed_on and start < end else None
        if words is not None:
            yield _said(turn, words, run)


def _sentences_of(document: Document, paragraph: int) -> range:
    """The numbers of a paragraph's sentences."""
    first = bisect_left(document.sentences, paragraph, key=_paragraph_of)
    return range(first, bisect_right(document.sentences, paragraph, lo=first, key=_paragraph_of))


def _paragraph_of(sentence: Sentence) -> int:
    return sentence.paragraph


def _said(turn: Turn, words: Span, sentences: Sequence[int]) -> Draft:
    return Draft(
        sentence=sentences[0],
        source=turn.label,
        cue=None,
        parts=(words,),
        act=Act.ASSERTION,
        frame="turn",
        confidence=_CONFIDENCE,
        direct=True,
        last_sentence=sentences[-1],
    )
