"""What the article tells in its own voice and a desk may want to check: states not come about, facts with figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..annotations import Act
from ..lexicon import read_groups
from ..segment import Clause, Word
from .drafts import Draft, Scene

_UNDONE: Final = frozenset({"still", "yet", "remained", "remains"})
_FEWEST_WORDS: Final = 5
_LIKELY: Final = 0.6
_STATE: Final = 0.65


def find_narration(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The first clause of each sentence that nobody else tells, when it negates a state or gives a figure or a date."""
    taken = {number for draft in drafts for number in (draft.sentence, draft.last_sentence)}
    for scene in scenes:
        if scene.sentence.number not in taken and _may_narrate(scene):
            clause = next((clause for clause in scene.clauses if _is_told_first(clause)), None)
            yield from _told(scene, clause) if clause is not None else ()


def _may_narrate(scene: Scene) -> bool:
    """Whether a sentence can tell a state of things: no headline, no question, no quotation in it."""
    return not scene.sentence.headline and not any(word.tag == "QUOTE" or word.text == "?" for word in scene.words)


def _is_told_first(clause: Clause) -> bool:
    return clause.kind == "main" and clause.subject is not None and not clause.trailing


def _told(scene: Scene, clause: Clause) -> Iterator[Draft]:
    end = _clause_end(scene, clause)
    words = scene.words[:end]
    if end < _FEWEST_WORDS or not any(word.tag in {"VBD", "VBN"} for word in words):
        return
    confidence = _STATE if _is_undone(clause, words) else _LIKELY if _is_measured(words) else 0.0
    if confidence:
        content = scene.span(0, end)
        yield Draft(scene.sentence.number, None, None, (content,), Act.ASSERTION, "narration", confidence)


def _is_undone(clause: Clause, words: Sequence[Word]) -> bool:
    """`the bridge has not opened`, `the road is still shut`; not `would not`."""
    negated = clause.verb is not None and clause.verb.negated and clause.verb.modal not in {"would", "could"}
    return negated or any(word.lower in _UNDONE for word in words)


def _is_measured(words: Sequence[Word]) -> bool:
    """Whether a figure, a day or a month is given."""
    times = read_groups("time_words")
    return any(word.tag == "CD" or word.lower in times["days"] or word.lower in times["months"] for word in words)


def _clause_end(scene: Scene, clause: Clause) -> int:
    """Where the first clause ends: before a coordinate clause with a subject of its own, or the closing stop."""
    words = scene.words
    starts = [other.start for other in scene.clauses if other.kind == "coordinate" and not other.shared]
    limit = min((start for start in starts if start > clause.start), default=len(words))
    within = range(_FEWEST_WORDS, min(limit, len(words) - 1))
    end = next((index for index in within if _breaks_off(words, index)), limit)
    while end > 1 and words[end - 1].tag in {"PU", "CC"}:
        end -= 1
    return end


def _breaks_off(words: Sequence[Word], index: int) -> bool:
    """Whether a semicolon stands here, or a comma before a clause that goes on: ", but"."""
    joined = words[index].text == "," and words[index + 1].lower in {"and", "but", "while", "as", "though"}
    return joined or words[index].text == ";"
