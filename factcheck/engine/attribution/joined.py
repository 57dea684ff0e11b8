"""What goes on behind a cue in the middle: "It was late, she said, and the shops had closed"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..segment import Clause, leads_clause, word_at
from .drafts import Draft, Scene
from .extents import may_attribute

JOINED: Final = "joined"
_WEIGHT: Final = 0.9
_LONGEST_OCCASION: Final = 12
_FEWEST_WORDS: Final = 3


def find_joined(scene: Scene, after: int, told: Draft) -> Iterator[Draft]:
    """The statement that "and", "but" or a colon adds behind a cue and its source, which end at `after`.

    What a clause with a subject of its own adds is still said; one without may be what the speaker does ("she said,
    and left"), unless its verb has an auxiliary or stands in the present.
    """
    start = _start(scene, after)
    if start is None:
        return
    end = next((index for index in range(start, len(scene.words)) if _ends(scene, index)), len(scene.words))
    if end - start >= _FEWEST_WORDS:
        parts = (scene.span(start, end),)
        yield replace(told, parts=parts, frame=JOINED, confidence=told.confidence * _WEIGHT)


def _start(scene: Scene, after: int) -> int | None:
    """Where what is added begins; None where nothing is."""
    mark = _mark(scene, after)
    if mark is None or mark + 2 >= len(scene.words):
        return None
    if scene.words[mark].text == ":":
        return mark + 1 if leads_clause(scene.words, mark + 1) else None
    if scene.words[mark].text != "," or scene.words[mark + 1].lower not in {"and", "but"}:
        return None
    return mark + 2 if _is_added(scene, mark + 2) else None


def _mark(scene: Scene, after: int) -> int | None:
    """The next comma, colon or semicolon, past the words for when and where."""
    ahead = range(after, min(len(scene.words), after + _LONGEST_OCCASION))
    return next((index for index in ahead if scene.words[index].text in _MARKS), None)


_MARKS: Final = frozenset(",:;")


def _is_added(scene: Scene, start: int) -> bool:
    clause = next((clause for clause in scene.clauses if _begins(clause, start)), None)
    return clause is not None and _is_said(scene, clause)


def _begins(clause: Clause, start: int) -> bool:
    return clause.kind == "coordinate" and clause.verb is not None and clause.start in {start, start + 1}


def _is_said(scene: Scene, clause: Clause) -> bool:
    group = clause.verb
    if group is None or may_attribute(scene, group):
        return False
    return not clause.shared or not group.is_bare or scene.words[group.head].tag in {"VBZ", "VBP"}


def _ends(scene: Scene, index: int) -> bool:
    word = scene.words[index]
    if word.text in {";", ".", ":"} or word.tag == "QUOTE":
        return True
    return word.text == "," and word_at(scene.words, index + 1).tag == "VBG"
