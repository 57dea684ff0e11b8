"""What the article tells in its own voice and a desk may want to check: states not come about, facts with figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..annotations import Act
from ..lexicon import read_groups
from ..segment import Clause
from .drafts import Draft, Scene

_UNDONE: Final = frozenset({"still", "yet", "remained", "remains"})
_FEWEST_WORDS: Final = 5
_LIKELY: Final = 0.6
_STATE: Final = 0.65


def find_narration(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The first clause of each sentence that nobody else tells, when it negates a state or gives a figure or a date."""
    taken = {number for draft in drafts for number in (draft.sentence, draft.last_sentence)}
    for scene in scenes:
        if scene.sentence.headline or scene.sentence.number in taken:
            continue
        clause = next((c for c in scene.clauses if c.kind == "main" and c.subject is not None and not c.trailing), None)
        if clause is not None and not any(word.tag == "QUOTE" or word.text == "?" for word in scene.words):
            yield from _told(scene, clause)


def _told(scene: Scene, clause: Clause) -> Iterator[Draft]:
    end = _clause_end(scene, clause)
    words = scene.words[:end]
    lower = {word.lower for word in words}
    negated = clause.verb is not None and clause.verb.negated and clause.verb.modal not in {"would", "could"}
    past = any(word.tag in {"VBD", "VBN"} for word in words)
    dated = lower & (read_groups("time_words")["days"] | read_groups("time_words")["months"])
    measured = any(word.tag == "CD" for word in words) or bool(dated)
    if end < _FEWEST_WORDS or not past:
        return
    if negated or lower & _UNDONE:
        confidence = _STATE
    elif measured:
        confidence = _LIKELY
    else:
        return
    content = scene.span(0, end)
    yield Draft(scene.sentence.number, None, None, (content,), Act.ASSERTION, "narration", confidence)


def _clause_end(scene: Scene, clause: Clause) -> int:
    """Where the first clause ends: before a coordinate clause with a subject of its own, or the closing stop."""
    words = scene.words
    starts = [other.start for other in scene.clauses if other.kind == "coordinate" and not other.shared]
    end = min((start for start in starts if start > clause.start), default=len(words))
    for index in range(_FEWEST_WORDS, min(end, len(words) - 1)):
        joined = words[index].text == "," and words[index + 1].lower in {"and", "but", "while", "as", "though"}
        if words[index].text == ";" or joined:
            end = index
            break
    while end > 1 and words[end - 1].tag in {"PU", "CC"}:
        end -= 1
    return end
