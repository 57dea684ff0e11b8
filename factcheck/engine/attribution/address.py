"""Past those who are told, and the words for when and where, to what is told: "told / reporters on Friday / that"."""

from __future__ import annotations

from typing import Final

from ..lexicon import find_cue_verbs, read_groups, read_words
from ..segment import is_time_phrase, noun_phrase_end, word_at
from .drafts import Scene


def skip_address(scene: Scene, start: int, *, recipient: bool) -> int:
    """Past those who are told and the words for when and how: "told / reporters on Friday / that"."""
    index = start
    if recipient:
        index = _skip_recipient(scene, index)
    while index < len(scene.words):
        following = _skip_adverbial(scene, index)
        if following == index:
            following = skip_parenthesis(scene, index)
        if following == index:
            break
        index = following
    return index


def skip_parenthesis(scene: Scene, index: int) -> int:
    """Past a reporting clause between commas: "told her / , she says, / that"; the index itself where none stands."""
    words = scene.words
    if word_at(words, index).text != ",":
        return index
    verb = next((clause.verb for clause in scene.clauses if clause.trailing and clause.start == index + 1), None)
    if verb is None or not find_cue_verbs(words[verb.head].lower):
        return index
    ahead = range(verb.end, min(len(words), verb.end + _LONGEST_ASIDE))
    return next((at + 1 for at in ahead if words[at].text == ","), index)


# `, she told the court, `: a comma closes a reporting clause within so many words.
_LONGEST_ASIDE: Final = 4


def _skip_recipient(scene: Scene, start: int) -> int:
    words = scene.words
    if start >= len(words) or words[start].tag in {"IN", "PU", "QUOTE"}:
        return start
    if (
        words[start].tag == "PRP"
        or words[start].lower in _OBJECT_PRONOUNS
        or words[start].lower in read_words("audiences")
    ):
        return start + 1
    end = noun_phrase_end(words, start)
    if (
        end - start > 1
        and words[end - 1].tag == "NNP"
        and end < len(words)
        and words[end].tag in {"VBD", "VBZ", "MD", "VBP"}
    ):
        return _before_subject(scene, start, end)
    return max(end, start)


_OBJECT_PRONOUNS: Final = frozenset({"him", "her", "them", "me", "us", "you", "it"})


def _before_subject(scene: Scene, start: int, end: int) -> int:
    """`told Lima Norland is ready`: the last name before the verb is the subject of what Lima was told."""
    first = end - 1
    while first > start + 1 and scene.words[start].tag != "NNP" and scene.words[first - 1].tag == "NNP":
        first -= 1
    return first


def _skip_adverbial(scene: Scene, index: int) -> int:
    words = scene.words
    word = words[index]
    if _is_adverb(scene, index):
        return index + 1
    end = noun_phrase_end(words, index)
    if end > index and is_time_phrase(words, index, end) and word.tag != "CD":
        return end
    if word.tag in {"IN", "TO"} and word.lower != "that" and index + 1 < len(words):
        return _skip_occasion(scene, index)
    return index


def _is_adverb(scene: Scene, index: int) -> bool:
    """`late on Friday`, `angrily`; not words that belong to what is told: `not`, `about`."""
    word = scene.words[index]
    if word.lower in {"late", "early"} and word_at(scene.words, index + 1).tag in {"IN", "NNP"}:
        return True
    return word.tag == "RB" and word.lower not in {"not", "no", "only", "never", "more", "about"}


def _skip_occasion(scene: Scene, index: int) -> int:
    """Past "on Thursday", "in a statement", "to reporters"."""
    words = scene.words
    end = noun_phrase_end(words, index + 1)
    if end <= index + 1:
        return index
    heads = {word.lower for word in words[index + 1 : end]}
    groups = read_groups("time_words")
    timely = heads & (groups["days"] | groups["deictics"]) or is_time_phrase(words, index + 1, end)
    return end if timely or heads & read_words("message_nouns") else index
