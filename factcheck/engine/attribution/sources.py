"""The words that name a source: the subject of a cue with what belongs to it, or what stands after an inverted cue."""

from __future__ import annotations

from typing import Final

from ..annotations import Span
from ..lexicon import read_words
from ..segment import Clause, is_time_phrase, noun_phrase_end
from .drafts import Scene

_LINKS: Final = frozenset(
    {"of", "at", "from", "in", "for", "with", "on", "to", "by", "between", "within", "behind", "near"}
)
_RELATIVES: Final = frozenset({"who", "whose", "which", "that"})
_LONGEST_SOURCE: Final = 40


def subject_source(scene: Scene, clause: Clause) -> Span | None:
    """The subject of a cue's clause with its prepositional phrases, appositions and relative clause."""
    if clause.subject is None or clause.verb is None:
        return None
    start = clause.subject[0]
    if clause.shared or clause.kind == "relative" or start >= clause.verb.start:
        return scene.span(start, _phrase_end(scene, start, clause.subject[1]))
    return scene.span(start, source_end(scene, start, clause.verb.start))


def inverted_source(scene: Scene, start: int) -> tuple[Span, int] | None:
    """The source that follows an inverted cue ("said Ana Lima, the mayor") and the index after it."""
    if start >= len(scene.words) or scene.words[start].tag == "IN" or noun_phrase_end(scene.words, start) <= start:
        return None
    if is_time_phrase(scene.words, start, noun_phrase_end(scene.words, start)):
        return None
    end = source_end(scene, start, min(len(scene.words), start + _LONGEST_SOURCE))
    return scene.span(start, end), end


def source_end(scene: Scene, start: int, limit: int) -> int:
    """Where the source that begins at `start` ends, before `limit`."""
    end = _phrase_end(scene, start, noun_phrase_end(scene.words, start))
    while end < limit:
        following = _extension(scene, end, limit)
        if following <= end:
            break
        end = following
    return min(end, limit)


def _phrase_end(scene: Scene, start: int, end: int) -> int:
    """Past the prepositional phrases that belong to a noun phrase: "researchers / at the lab"; not "on Thursday"."""
    words = scene.words
    end = max(end, start + 1)
    while end + 1 < len(words):
        if words[end].lower == "and" and words[end - 1].tag == words[end + 1].tag == "NNP":
            end = noun_phrase_end(words, end + 1)
            continue
        after = noun_phrase_end(words, end + 1)
        if words[end].lower not in _LINKS or after <= end + 1 or _is_aside(scene, end, after):
            break
        end = after
    return end


def _is_aside(scene: Scene, start: int, end: int) -> bool:
    """Whether a prepositional phrase tells time, occasion or "for its part" and does not name the source."""
    words = scene.words
    heads = {word.lower for word in words[start + 1 : end]}
    if is_time_phrase(words, start + 1, end) or heads & {"turn", "part", "addition", "response"}:
        return True
    return words[start].lower in {"in", "on", "during"} and bool(heads & read_words("message_nouns"))


def _extension(scene: Scene, end: int, limit: int) -> int:
    """Past an apposition or a relative clause after the source; `end` itself when none follows."""
    words = scene.words
    if words[end].lower in _RELATIVES and words[end].tag in {"WH", "IN"}:
        return _relative_end(scene, end, limit)
    if words[end].tag in {"VBN", "VBD"} and end + 2 < limit and words[end + 1].lower == "by":
        return _owner_end(scene, end)  # "a readout released by the palace"
    return _after_comma(scene, end, limit) if words[end].text == "," and end + 1 < limit else end


def _after_comma(scene: Scene, comma: int, limit: int) -> int:
    """Past `, who runs the shop`, `, and whose brother was`, `, of Aurora`, `, the mayor`."""
    words = scene.words
    joined = words[comma + 1].lower == "and" and comma + 2 < limit
    pronoun = comma + 2 if joined else comma + 1
    if words[pronoun].tag == "WH":
        return _relative_end(scene, pronoun, limit)
    if words[comma + 1].lower == "of" and comma + 2 < limit:
        return _owner_end(scene, comma)
    return _apposition_end(scene, comma, limit)


def _owner_end(scene: Scene, index: int) -> int:
    """Past a word, a preposition and who it leads to: `, of Aurora`, `released by the palace`."""
    return _phrase_end(scene, index + 2, noun_phrase_end(scene.words, index + 2))


def _apposition_end(scene: Scene, comma: int, limit: int) -> int:
    """Past `, the mayor of the port` when a comma, a stop or the limit closes it; the comma itself otherwise."""
    words = scene.words
    after = noun_phrase_end(words, comma + 1)
    if after <= comma + 1 or words[comma + 1].tag == "PRP" or is_time_phrase(words, comma + 1, after):
        return comma
    after = _phrase_end(scene, comma + 1, after)
    following = words[after] if after < min(limit, len(words)) else None
    closed = following is None or following.text in {",", ".", ";", ":"} or following.tag in {"QUOTE", "WH"}
    return after if after <= limit and closed else comma


def _relative_end(scene: Scene, start: int, limit: int) -> int:
    """A relative clause ends at its comma or where the cue begins."""
    for index in range(start + 1, limit):
        if scene.words[index].text in {",", "."} or scene.words[index].tag == "QUOTE":
            return index
    return limit
