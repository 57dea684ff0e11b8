"""One speaker, two times: first so, then otherwise."""

from __future__ import annotations

from typing import Final

from ...annotations import Act, ConflictKind
from ...normalize import term
from ..findings import Finding, mark_cue, mark_terms
from ..sides import Pair

_MUCH: Final = 0.4
_SOME: Final = 0.3
_THING_AND_DEED: Final = 2
_CONCESSIONS: Final = frozenset(
    {term(word) for word in ("admit", "admitted", "concede", "conceded", "acknowledge", "acknowledged", "confess")}
)
_TURNS: Final = ("no longer", "not longer", "anymore", "any more")


def find_reversal(pair: Pair) -> Finding | None:
    """A later statement of one speaker that takes back an earlier one: a concession, an end, a refusal undone."""
    if not pair.same_side or not pair.later:
        return None
    return _conceded(pair) or _no_longer(pair) or _undone(pair)


def _finding(pair: Pair, score: float, reason: str) -> Finding:
    marks = [(*mark_cue(side), *mark_terms(side, pair.shared)) for side in (pair.a, pair.b)]
    return Finding(ConflictKind.REVERSAL, min(score, 0.95), reason, marks[0], marks[1])


def _conceded(pair: Pair) -> Finding | None:
    concedes = bool(pair.b.cue_terms & _CONCESSIONS) and not pair.a.cue_terms & _CONCESSIONS
    against = pair.a.reading.polarity.negative != pair.b.reading.polarity.negative
    factual = pair.a.statement.act in {Act.ASSERTION, Act.DENIAL}
    if not concedes or not factual or not pair.shared or not (against or pair.overlap >= _MUCH):
        return None
    return _finding(pair, 0.55 + 0.4 * pair.overlap, "the speaker concedes what was put otherwise before")


def _no_longer(pair: Pair) -> Finding | None:
    words = " ".join(pair.b.words)
    if not any(turn in words for turn in _TURNS) or not pair.shared:
        return None
    return _finding(pair, 0.6 + 0.3 * pair.overlap, "the speaker no longer holds to it")


def _undone(pair: Pair) -> Finding | None:
    """Ruled out first, announced later; promised first, refused later; denied first, told later."""
    turns = {
        (Act.REFUSAL, Act.PLEDGE),
        (Act.PLEDGE, Act.REFUSAL),
        (Act.DENIAL, Act.ASSERTION),
        (Act.DENIAL, Act.PLEDGE),
    }
    acts = (pair.a.statement.act, pair.b.statement.act)
    if acts not in turns or not pair.shared or (pair.b.reading.polarity.leading and acts[1] is not Act.REFUSAL):
        return None
    deed = pair.a.verbs | pair.b.verbs
    if len(pair.shared) < _THING_AND_DEED and pair.overlap < _SOME and not pair.shared & deed:
        return None
    return _finding(pair, 0.5 + 0.4 * pair.overlap, "first it is ruled out, then it is so")
