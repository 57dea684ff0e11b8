"""Statements inside statements: who is committed, and who passes it on.

"Lima said the board had promised that P": P is the board's, reported by Lima. "Lima said she had promised that P" is Lima's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..annotations import Act
from .drafts import Draft

_PRONOUNS: Final = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "that"})
_GENDERED: Final = frozenset({"he", "she"})
# What somebody is said to think or want is still the teller's statement.
_ATTITUDES: Final = frozenset(
    "think believe expect want hope fear see find show know plan intend doubt suspect worry count list be reason resolve".split()
)
_ACTS: Final = frozenset({"agree"})
_NEAR_START: Final = 60


def settle_provenance(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of one sentence with each nested pair made one: the inner one, relayed, or the outer one alone."""
    kept: list[Draft] = []
    replaced: set[int] = set()
    for inner in drafts:
        outer = _enclosing(inner, drafts)
        if outer is None:
            kept.append(inner)
            continue
        settled = _settle(text, outer, inner)
        if settled is not None:
            kept.append(settled)
            replaced.add(id(outer))
    return [draft for draft in kept if id(draft) not in replaced]


def _enclosing(inner: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The narrowest draft whose content holds the inner one's cue."""
    if inner.cue is None:
        return None
    around = [
        draft
        for draft in drafts
        if draft is not inner
        and not draft.direct
        and any(inner.cue is not None and part.contains(inner.cue) for part in draft.parts)
    ]
    return min(around, key=lambda draft: draft.span.end - draft.span.start, default=None)


def _settle(text: str, outer: Draft, inner: Draft) -> Draft | None:
    """The inner draft as relayed by the outer one; None when the outer one stands for both."""
    if inner.source is None or outer.source is None or not _is_told(text, outer, inner):
        return None
    if outer.frame in {"according", "trailing"} and inner.lemma in _ACTS and inner.frame == "I":
        act = Act.PLEDGE
        return replace(
            outer, committed=inner.source, act=act, relay_source=outer.source, relay_cue=outer.cue, lemma=inner.lemma
        )
    return replace(
        inner,
        relay_source=outer.source,
        relay_cue=outer.cue,
        confidence=min(outer.confidence, inner.confidence) * 0.97,
    )


def _is_told(text: str, outer: Draft, inner: Draft) -> bool:
    """Whether the inner statement is what the outer one says first of all, and somebody else's."""
    if inner.source is None or outer.source is None:
        return False
    source, teller = inner.source.of(text).lower(), outer.source.of(text).lower()
    if inner.frame == "N" and inner.act not in {Act.PLEDGE, Act.DENIAL, Act.DEMAND, Act.REFUSAL}:
        return False
    if inner.lemma in _ATTITUDES and outer.frame not in {"according", "trailing"}:
        return False
    if source in _PRONOUNS:
        return source in _GENDERED and teller in _GENDERED and source != teller
    start = next((part.start for part in outer.parts if part.contains(inner.source)), None)
    return start is not None and (
        inner.source.start - start <= _NEAR_START or " and " in text[start : inner.source.start]
    )
