"""Where the content behind a cue ends: before a new attribution, a semicolon, a pause that ends it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ..lexicon import find_cue_verbs, read_groups
from ..segment import Clause, VerbGroup, Word, leads_clause
from .contents import CueMatch, cue_end
from .drafts import Scene, lower_words


def content_end(scene: Scene, match: CueMatch, *, nested: bool = False) -> int:
    """Where the content of a match ends: before a new attribution, a semicolon or the closing stop.

    A `nested` one ends where its teller goes on: "said the union had complained that A, and that the board told it B".
    """
    words = scene.words
    first = match.content + 1
    stops = _clause_stops(scene, match)
    if match.frame == "U":
        stops |= {index for index in range(first, len(words)) if words[index].text == ","}
    if nested:
        stops |= {index for index in range(first, len(words)) if _begins_another(scene, index)}
    end = next((index for index in range(first, len(words)) if index in stops or _ends_content(scene, index)), None)
    return _before_marks(words, first, max(first, len(words)) if end is None else end)


def _ends_content(scene: Scene, index: int) -> bool:
    word = scene.words[index]
    if word.text in {";", ":"} or word.tag == "QUOTE":
        return True
    return word.text in _PAUSES and _ends_at_pause(scene, index)


_PAUSES: Final = frozenset({",", "—", "–", "-", "--"})


def _before_marks(words: Sequence[Word], first: int, end: int) -> int:
    """An end without the punctuation and conjunctions before it, no earlier than `first`."""
    while end > first and words[end - 1].tag in {"PU", "CC"} and words[end - 1].text not in {"%", ")"}:
        end -= 1
    return end


def _clause_stops(scene: Scene, match: CueMatch) -> frozenset[int]:
    """The first words of clauses that are told by somebody else, or by the writer."""
    later = (clause for clause in scene.clauses if clause.parent is None and clause.start > match.content)
    stops = (_stop_at(scene, match, clause, clause.verb) for clause in later if clause.verb is not None)
    return frozenset(stop for stop in stops if stop is not None)


def _stop_at(scene: Scene, match: CueMatch, clause: Clause, verb: VerbGroup) -> int | None:
    """Where a clause behind the content's first word ends the content; None where it is part of it."""
    attributes = may_attribute(scene, verb)
    if clause.kind == "coordinate":
        return clause.start if attributes or _holds_no_clause(match, clause) else None
    return clause.subject[0] if clause.trailing and attributes and clause.subject is not None else None


def _holds_no_clause(match: CueMatch, clause: Clause) -> bool:
    """Whether the content is a phrase, or an infinitive that a clause with a subject of its own cannot go on."""
    return match.frame in "NPAXCBSD" or (match.frame in "OIGU" and not clause.shared)


def _begins_another(scene: Scene, index: int) -> bool:
    """`..., and that the head had told them`: a second that-clause which tells what somebody else said."""
    if lower_words(scene.words, index, 2) not in (["and", "that"], ["but", "that"]):
        return False
    clause = next((c for c in scene.clauses if c.verb is not None and c.verb.start > index), None)
    told = clause is not None and clause.verb is not None and may_attribute(scene, clause.verb)
    return told and clause is not None and clause.subject is not None and scene.words[clause.subject[0]].tag != "PRP"


def _ends_at_pause(scene: Scene, index: int) -> bool:
    following = scene.words[index + 1] if index + 1 < len(scene.words) else None
    if following is None:
        return True
    if following.lower in _TELLING or (following.lower == "as" and leads_clause(scene.words, index + 2)):
        return True
    return is_time_opening(scene, index + 1)


_TELLING: Final = frozenset(
    {"adding", "saying", "according", "arguing", "insisting", "warning", "noting", "citing", "calling", "stressing"}
)


def is_time_opening(scene: Scene, index: int) -> bool:
    """Whether the writer sets a time: "hours after", "shortly before", "a day after"."""
    ahead = lower_words(scene.words, index, 4)
    units = read_groups("time_words")["units"] | {"shortly", "soon", "just"}
    return any(word in units and following in {"after", "before"} for word, following in pairwise(ahead))


def may_attribute(scene: Scene, group: VerbGroup) -> bool:
    """Whether a verb group is a cue verb with the words that belong to it; not one of records or ultimatums alone."""
    verbs = (verb for verb in find_cue_verbs(scene.words[group.head].lower) if not verb.frames <= _RECORDING)
    return any(cue_end(scene, group, verb) is not None for verb in verbs)


_RECORDING: Final = frozenset("DU")
