"""A demand against a refusal, or against a demand that excludes it."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ...annotations import Act, ConflictKind
from ...normalize import term
from ..findings import Finding, mark_stand
from ..sides import Pair, Side

_ANSWERS: Final = frozenset({term("answer"), term("reply"), term("respond"), term("insist")})
_ASKING: Final = frozenset(
    term(word)
    for word in ("demand", "call", "urge", "ask", "want", "propose", "request", "appeal", "signal", "suggest")
)
_NEAR: Final = 2
_MUCH: Final = 0.5


def find_opposed_positions(pair: Pair) -> Finding | None:
    """What one side asks for, the other side refuses; neighbors, or with the matter shared."""
    if pair.same_side:
        return None
    for demand, refusal in ((pair.a, pair.b), (pair.b, pair.a)):
        if demand.statement.act is not Act.DEMAND or demand.conditional:
            continue
        found = (
            _refused(pair, demand, refusal)
            or _answered(pair, demand, refusal)
            or _less_offered(pair, demand, refusal)
            or _left_as_is(pair, demand, refusal)
        )
        if found is not None:
            return found
    return None


def _finding(pair: Pair, score: float, reason: str) -> Finding:
    marks = [mark_stand(side, pair.shared) for side in (pair.a, pair.b)]
    return Finding(ConflictKind.POSITION, min(score, 0.95), reason, marks[0], marks[1])


def _refused(pair: Pair, demand: Side, refusal: Side) -> Finding | None:
    """What is asked for is refused, right beside it or with much of the matter shared."""
    if refusal.statement.act is not Act.REFUSAL or _want_alike(pair, demand, refusal):
        return None
    if pair.near and (pair.shared or _asks(demand)):
        score = 0.6 + 0.1 * len(pair.shared) - 0.08 * (pair.distance - 1)
        return _finding(pair, score, "what one asks for the other refuses")
    if len(pair.shared) > 1 and pair.overlap >= _MUCH:
        return _finding(pair, 0.4 + 0.5 * pair.overlap, "what one asks for the other refuses")
    return None


def _want_alike(pair: Pair, demand: Side, refusal: Side) -> bool:
    """Whether both are against one thing: that it not be done, that one will not do it."""
    return demand.negative and refusal.negative and bool(pair.shared)


def _asks(demand: Side) -> bool:
    """Whether the cue says that something is asked for, or the article itself does."""
    return demand.statement.cue is None or bool(demand.cue_terms & _ASKING)


def _answered(pair: Pair, demand: Side, answer: Side) -> Finding | None:
    """`The reply was that work would go on`: a plan, right behind a demand, in answer to it."""
    plan = answer.statement.act in {Act.PLEDGE, Act.REFUSAL, Act.PREDICTION}
    if not plan or answer is pair.a or pair.distance != 1 or not answer.cue_terms & _ANSWERS:
        return None
    return _finding(pair, 0.62, "the answer to the demand is another course")


def _less_offered(pair: Pair, demand: Side, offer: Side) -> Finding | None:
    """`ten buses` asked for, `two, and no more` offered."""
    words = " ".join(offer.words)
    capped = "no more" in words or "at most" in words or "nothing more" in words or "not go above" in words
    if not capped or offer is pair.a or pair.distance > _NEAR:
        return None
    if offer.statement.act not in {Act.PLEDGE, Act.REFUSAL, Act.ASSERTION} or not demand.reading.quantities:
        return None
    return _finding(pair, 0.66, "less is offered than is asked for, and no more")


def _left_as_is(pair: Pair, demand: Side, answer: Side) -> Finding | None:
    """`the tax suspended` asked for, `the tax would stay` said right behind."""
    stays = any(one in _FUTURE and other in _STAYING for one, other in pairwise(answer.words))
    if not stays or answer is pair.a or not pair.near or not pair.shared - demand.reading.polarity.denied:
        return None
    return _finding(pair, 0.64 + 0.06 * len(pair.shared), "what one wants changed the other leaves as it is")


_FUTURE: Final = frozenset({"will", "would", "shall", "should", "must"})
_STAYING: Final = frozenset({"stay", "remain", "stand", "continue", "go", "resume", "proceed"})
