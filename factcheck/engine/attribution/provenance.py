"""Statements inside statements: who is committed, and who passes it on.

"Lima said the board had promised that P": P is the board's, reported by Lima. "Lima said she had promised that P"
is Lima's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..annotations import Act, Span
from ..lexicon import find_cue_verbs
from ..segment import tag_text
from .drafts import LEARNED, SET_ON, Draft, Scene
from .passive import PASSIVE
from .speakers.naming import read_naming

_PRONOUNS: Final = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "that"})
_GENDERED: Final = frozenset({"he", "she"})
# What somebody is said to think or want is still the teller's statement.
_ATTITUDES: Final = frozenset(
    {
        "think", "believe", "expect", "want", "hope", "fear", "see", "find", "show", "know", "plan", "intend", "doubt",
        "suspect", "worry", "count", "list", "be", "reason", "resolve",
    }
)  # fmt: skip
_ACTS: Final = frozenset({"agree"})


_CLAUSAL: Final = frozenset("TZW")


def settle_provenance(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of one sentence with each nested pair made one: the inner one, relayed, or the outer one alone."""
    kept: list[Draft] = []
    replaced: set[int] = set()
    for inner in drafts:
        outer = _enclosing(inner, drafts)
        if outer is None:
            kept.append(inner)
            continue
        settled = _settle(scene, outer, inner)
        if settled is not None:
            kept.append(settled)
            replaced.add(id(outer))
    return [draft for draft in kept if id(draft) not in replaced]


def nest_learned(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of an article with what only a model sees inside another's content relayed by that other.

    A model that learned from outer statements alone thinks little of inner ones: such a draft is as sure as its outer
    one nearly is, and the outer one is kept below the desk's threshold.
    """
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    return [nested for number, rows in by_sentence.items() for nested in _nest(scenes[number], rows)]


def _nest(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    sure = [draft for draft in drafts if draft.confidence >= _SURE and draft.relay_source is None]
    settled: dict[int, Draft] = {}
    for inner in filter(_may_nest, drafts):
        outer = _enclosing(inner, sure)
        nested = _settle(scene, outer, inner) if outer is not None else None
        if outer is not None and nested is not None and nested.relay_source is not None:
            settled |= {id(inner): nested, id(outer): replace(outer, confidence=_DOUBTFUL * outer.confidence)}
    return [settled.get(id(draft), draft) for draft in drafts]


def _may_nest(draft: Draft) -> bool:
    """Whether a draft is a model's alone, of a cue that is listed."""
    return draft.frame == LEARNED and bool(draft.lemma) and not draft.direct and draft.relay_source is None


_SURE: Final = 0.5
_DOUBTFUL: Final = 0.49


# Who concedes what somebody else said is committed to it.
_CONCESSIONS: Final = frozenset({"admit", "concede", "acknowledge", "confess", "deny", "doubt"})
_TELLING_FRAMES: Final = frozenset({"T", "Z", "W", "according", "trailing", "view", "semicolon", "joined"})


def _enclosing(inner: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The narrowest draft whose content holds the inner one's cue."""
    cue = inner.cue
    if cue is None:
        return None
    around = [
        draft
        for draft in drafts
        if draft is not inner and not draft.direct and any(part.contains(cue) for part in draft.parts)
    ]
    return min(around, key=lambda draft: draft.span.end - draft.span.start, default=None)


def _settle(scene: Scene, outer: Draft, inner: Draft) -> Draft | None:
    """The inner draft as relayed by the outer one; None when the outer one stands for both."""
    if not _tells(outer):
        return inner if inner.frame == "noun" else None
    if outer.lemma in _CONCESSIONS or not _is_told(scene, outer, inner) or _is_whole_agreement(outer, inner):
        return None
    if _is_agreement(inner) and outer.lemma == "according":
        return replace(_relayed(outer, outer), committed=inner.source, act=Act.PLEDGE, lemma=inner.lemma)
    confidence = max(min(outer.confidence, inner.confidence), outer.confidence * 0.8) * 0.97
    return replace(_relayed(_within(inner, outer), outer), confidence=confidence)


def _within(inner: Draft, outer: Draft) -> Draft:
    """The inner draft without what runs over the end of what is told: "..., said his daughter"."""
    end = outer.span.end
    parts = tuple(Span(part.start, min(part.end, end)) for part in inner.parts if part.start < end)
    return replace(inner, parts=parts) if parts else inner


def _tells(draft: Draft) -> bool:
    """Whether a draft tells a clause; of one that no pattern found, its verb decides."""
    if draft.frame != LEARNED:
        return draft.frame in _TELLING_FRAMES
    return draft.lemma == "according" or any(verb.frames & _CLAUSAL for verb in find_cue_verbs(draft.lemma))


def _relayed(draft: Draft, outer: Draft) -> Draft:
    return replace(draft, relay_source=outer.source, relay_cue=outer.cue)


def _is_agreement(inner: Draft) -> bool:
    """`agreed to P`."""
    return inner.lemma in _ACTS and inner.frame == "I"


def _is_whole_agreement(outer: Draft, inner: Draft) -> bool:
    """`Both sides agreed to P, she said`: what she tells is that they agreed."""
    return _is_agreement(inner) and outer.frame == "trailing" and len(outer.parts) == 1


def _is_told(scene: Scene, outer: Draft, inner: Draft) -> bool:
    """Whether the inner statement is what the outer one says first of all, and somebody else's."""
    if inner.source is None or outer.source is None or not _is_statement(outer, inner):
        return False
    if inner.frame == PASSIVE:
        return True
    source, teller = inner.source.of(scene.text).lower(), outer.source.of(scene.text)
    if source in _PRONOUNS:
        return source in _GENDERED and _is_somebody_else(source, teller)
    start = next((part.start for part in outer.parts if part.contains(inner.source)), None)
    return start is not None and _opens_content(scene, start, inner.source.start)


def _is_somebody_else(source: str, teller: str) -> bool:
    """`he had complained that P, she said`, `..., his father said`: the teller is not whom the pronoun means."""
    opposed = {read_naming(tag_text(teller)).gender, _SHOWN[source]} == {"m", "f"}
    first = teller.lower().split(maxsplit=1)[0]
    return opposed or (teller.lower() in _GENDERED and source != teller.lower()) or first in {"his", "her"}


_SHOWN: Final = {"he": "m", "she": "f"}


def _is_statement(outer: Draft, inner: Draft) -> bool:
    """Whether the inner one states something by itself: no bare noun, no attitude that the teller ascribes."""
    if inner.frame == SET_ON:
        return False
    if inner.frame in "NFD" and inner.act not in {Act.PLEDGE, Act.DENIAL, Act.DEMAND, Act.REFUSAL}:
        return False
    return inner.lemma not in _ATTITUDES or outer.lemma == "according" or outer.frame == "trailing"


def _opens_content(scene: Scene, start: int, end: int) -> bool:
    """Whether a source is the subject of what is told, first or after "and", not of a clause further inside."""
    between = [word for word in scene.words if start <= word.start < end]
    if between and between[-1].lower in {"and", "that", "but"}:
        return True
    if [word.lower for word in between[:2]] == ["it", "was"]:
        return True  # a cleft: "it was Lima who suggested that"
    return not any(word.tag in {"VBD", "VBZ", "VBP", "MD"} for word in between)
