"""Attributions whose cue stands behind its content, and reported speech that goes on behind a semicolon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..annotations import Span
from ..lexicon import CueVerb, find_cue_verbs
from ..segment import Clause, VerbGroup, Word, word_at
from .address import skip_address
from .contents import cue_end
from .drafts import Draft, Scene
from .joined import find_joined
from .sources import inverted_source, subject_source

_WORD_AND_COMMA: Final = 2
_LONGEST_SETTING: Final = 8


def find_trailing(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    """`It was late, she said` and `It was late, said the mayor`, and what goes on behind."""
    verb, start = _trailing_cue(scene, group), _own_start(clause, group)
    if verb is None or start < _WORD_AND_COMMA or scene.words[start - 1].text != ",":
        return
    inverted = start == group.start
    end = cue_end(scene, group, verb) or group.end
    source, after = _trailing_source(scene, clause, verb, end, inverted=inverted)
    if source is None or (inverted and not _tells(scene, start - 1)) or _only_sets(scene, start - 1, after):
        return
    parts = _content_around(scene, start - 1, after, interrupted="R" in verb.frames)
    if parts:
        confidence, cue = verb.weight * _PARTS_WEIGHT[len(parts)], scene.span(group.start, end)
        draft = Draft(scene.sentence.number, source, cue, parts, verb.act, "trailing", confidence, lemma=verb.base)
        yield from _with_more(scene, after, draft, verb)


def _only_sets(scene: Scene, comma: int, after: int) -> bool:
    """`On a call with analysts, Lima said ...`: what is said follows, and the words before set time or place only."""
    start = _content_start(scene, comma)
    follows = word_at(scene.words, after).tag not in {"", "PU", "IN", "TO", "RB"}
    told = any(clause.verb and start <= clause.verb.start < comma for clause in scene.clauses)
    sets = scene.words[start].tag in {"IN", "TO"} or scene.words[start].lower == "according"
    return follows and not told and sets


def _own_start(clause: Clause, group: VerbGroup) -> int:
    """Where a reporting clause begins: at a subject of its own, else at its verb."""
    return clause.subject[0] if clause.subject is not None and not clause.shared else group.start


def _with_more(scene: Scene, after: int, draft: Draft, verb: CueVerb) -> Iterator[Draft]:
    """A draft and what its source goes on to say behind a semicolon, "and" or a colon."""
    yield draft
    yield from find_after_semicolon(scene, after, draft, verb)
    if len(draft.parts) == 1:
        yield from find_joined(scene, after, draft)


def _tells(scene: Scene, comma: int) -> bool:
    """Whether what stands before an inverted cue is a clause or a word or two, no mere subject with its commas."""
    start = _content_start(scene, comma)
    main = (clause for clause in scene.clauses if clause.kind != "relative" and clause.verb is not None)
    return comma - start <= _SHORT or any(clause.verb and start <= clause.verb.start < comma for clause in main)


_SHORT: Final = 4


# A content that its cue cuts in two is found less surely than one in one piece.
_PARTS_WEIGHT: Final = {1: 0.97, 2: 0.9}


def _trailing_cue(scene: Scene, group: VerbGroup) -> CueVerb | None:
    """The cue verb at a group that can stand behind its content."""
    verbs = find_cue_verbs(scene.words[group.head].lower)
    return next((verb for verb in verbs if verb.frames & _BEHIND and cue_end(scene, group, verb)), None)


_BEHIND: Final = frozenset("ZQ")


def _trailing_source(
    scene: Scene, clause: Clause, verb: CueVerb, end: int, *, inverted: bool
) -> tuple[Span | None, int]:
    """The source of a cue behind its content, and where cue and source end; inverted it stands behind the verb."""
    if clause.subject is not None and not inverted:
        return subject_source(scene, clause), end
    return (inverted_source(scene, end) if "V" in verb.frames else None) or (None, end)


def _content_around(scene: Scene, comma: int, after: int, *, interrupted: bool) -> tuple[Span, ...]:
    """The content before a trailing cue, and what goes on behind it: "In May, he said, all left"."""
    start = _content_start(scene, comma)
    if start >= comma or any(word.tag == "QUOTE" for word in scene.words[start:comma]):
        return ()
    before = scene.span(start, comma)
    rest = skip_address(scene, after, recipient=interrupted)
    if not _goes_on_behind(scene, rest):
        return (before,)
    behind = scene.span(rest + 1, _content_stop(scene, rest + 1))
    return (behind,) if _is_setting(scene, start, comma) else (before, behind)


def _goes_on_behind(scene: Scene, comma: int) -> bool:
    """Whether a comma behind the cue leads back into the content."""
    return comma + 2 < len(scene.words) and scene.words[comma].text == "," and not _is_closing(scene, comma)


def _content_stop(scene: Scene, start: int) -> int:
    for index in range(start, len(scene.words)):
        if scene.words[index].text in {";", "."} or scene.words[index].tag == "QUOTE":
            return index
    return len(scene.words)


def _is_closing(scene: Scene, comma: int) -> bool:
    """Whether what follows the comma belongs to the cue: "..., he said, adding that", "..., without saying why"."""
    following = scene.words[comma + 1]
    return following.tag in {"VBG", "CC", "WH", "QUOTE"} or following.lower in {
        "without",
        "as",
        "in",
        "after",
        "while",
        "when",
    }


def _is_setting(scene: Scene, start: int, end: int) -> bool:
    """Whether the words before the cue only set time or place: "By noon", "In January", "When she rang"."""
    first = scene.words[start].tag
    return first == "WRB" or (first in {"IN", "RB"} and end - start <= _LONGEST_SETTING)


def _content_start(scene: Scene, comma: int) -> int:
    for index in range(comma - 1, -1, -1):
        if scene.words[index].text in {";", ":"} or scene.words[index].tag == "QUOTE":
            return index + 1
    return 0


def find_after_semicolon(scene: Scene, after: int, told: Draft, verb: CueVerb) -> Iterator[Draft]:
    """`It was late, she said; the shops had closed.`: what follows the semicolon goes on in reported speech."""
    words = scene.words
    semicolon = next((index for index in range(after, len(words)) if words[index].text == ";"), len(words))
    end = _before_stops(scene, semicolon + 1)
    if semicolon + 2 < len(words) and _is_backshifted(words[semicolon + 1 : end]):
        part = scene.span(semicolon + 1, end)
        number = scene.sentence.number
        weight = verb.weight * 0.85
        yield Draft(number, told.source, told.cue, (part,), verb.act, "semicolon", weight, lemma=verb.base)


def _before_stops(scene: Scene, start: int) -> int:
    """Where the words from `start` on end, without the punctuation at the end of the sentence."""
    end = len(scene.words)
    while end > start and scene.words[end - 1].tag == "PU":
        end -= 1
    return end


def _is_backshifted(words: Sequence[Word]) -> bool:
    """Whether words stand in the tenses of reported speech and hold no quotation (Quirk et al. 1985, 14.31)."""
    shifted = any(word.lower in {"had", "would", "was", "were"} for word in words)
    return shifted and not any(word.tag == "QUOTE" for word in words)
