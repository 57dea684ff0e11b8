"""What somebody was told: "Ana Lima was told by a guard that P" is the guard's statement, hers to pass on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..annotations import Act, Span
from ..lexicon import find_cue_verbs
from ..segment import Clause, VerbGroup, noun_phrase_end, verb_group, word_at
from .address import skip_address
from .contents import CueMatch
from .drafts import Draft, Scene
from .extents import content_end
from .sources import source_end

TOLD: Final = frozenset(
    {
        "told", "informed", "assured", "promised", "warned", "advised", "notified", "reassured", "asked", "ordered",
        "instructed", "urged", "reminded",
    }
)  # fmt: skip
_LONGEST_GAP: Final = 4
_LONGEST_TELLER: Final = 12
_ASKED: Final = frozenset({"whether", "if", "why", "how", "what", "when", "where", "who"})


def find_told(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    """The draft of a passive of telling that names who told: its content is what was told."""
    if scene.words[group.head].lower not in TOLD:
        return
    by = _by_whom(scene, group.end)
    if by is None:
        return
    end = source_end(scene, by + 1, _before_clause(scene, by + 1))
    content = _content_start(scene, end)
    if content is None or _is_asked_to(scene, content):
        return
    verb = next(verb for verb in find_cue_verbs(scene.words[group.head].lower))
    infinitive = scene.words[content].lower in {"to", "not"}
    act = Act.DEMAND if infinitive and verb.act is not Act.PLEDGE else verb.act
    last = content_end(scene, CueMatch(verb, group.start, by + 1, content, "T"))
    yield Draft(
        sentence=scene.sentence.number,
        source=scene.span(by + 1, end),
        cue=scene.span(group.start, by + 1),
        parts=(scene.span(content, max(last, content + 1)),),
        act=act,
        frame=PASSIVE,
        confidence=0.85,
        lemma=verb.base,
        relay_source=_recipient(scene, clause),
    )


def _is_asked_to(scene: Scene, content: int) -> bool:
    """`what to answer`: advice, nothing that was said."""
    return scene.words[content].lower in _ASKED and word_at(scene.words, content + 1).lower == "to"


# The frame of what somebody was told.
PASSIVE: Final = "told"


def _by_whom(scene: Scene, start: int) -> int | None:
    """Where "by" stands behind a passive, past the words for when: "was told in May / by the guard"."""
    words = scene.words
    for index in range(start, min(len(words) - 1, start + _LONGEST_GAP)):
        if words[index].lower == "by" and noun_phrase_end(words, index + 1) > index + 1:
            return index
        if words[index].lower in {"that", "to"}:
            return None
    return None


def _before_clause(scene: Scene, start: int) -> int:
    """Where whoever told is over at the latest: before what was told."""
    words = scene.words
    limit = min(len(words), start + _LONGEST_TELLER)
    return next((index for index in range(start, limit) if words[index].lower in {"that", "to", "whether"}), limit)


def _content_start(scene: Scene, end: int) -> int | None:
    """Where what was told begins, past when and where it was: a clause with "that", a question, an infinitive."""
    words = scene.words
    index: int
    for index in (skip_address(scene, end, recipient=False), *range(end, min(len(words), end + _LONGEST_TELLER))):
        if word_at(words, index).lower in _ASKED | {"that"}:
            return index
        group = verb_group(words, index) if index < len(words) else None
        if group is not None and group.form == "infinitive":
            return index
    return None


def _recipient(scene: Scene, clause: Clause) -> Span | None:
    """Who was told, where that is one: crowds pass nothing on."""
    subject = clause.subject
    one = subject is not None and scene.words[subject[1] - 1].tag in {"PRP", "NNP", "NN"}
    return scene.span(*subject) if subject is not None and one else None
