"""A promise against what was then done, or not done."""

from __future__ import annotations

from typing import Final

from ...annotations import Act, ConflictKind
from ...normalize import word_term
from ..findings import Finding, mark_cue, mark_terms
from ..sides import BINDING, Pair, Side, time_terms

_WHOLE: Final = 100
_THING_AND_DEED: Final = 2
_REPORTS: Final = frozenset({Act.ASSERTION, Act.ACCUSATION, Act.DENIAL})
_ALL: Final = frozenset({"every", "all", "each", "everyone", "everybody"})


def find_broken_pledge(pair: Pair) -> Finding | None:
    """A pledge, and a report that it was not kept in time, not by all, or that what it excluded was done."""
    pledge, report = pair.a, pair.b
    if pledge.statement.act is not Act.PLEDGE or report.statement.act not in _REPORTS:
        return None
    if not (pair.same_article or pair.later) or pledge.conditional or not report.firm:
        return None
    shared = pair.shared | (report.terms & pledge.cue_terms)
    if not shared:
        return None
    return _done_anyway(pair, shared) or _not_done(pair, shared) or _done_in_part(pair, shared)


def _finding(pair: Pair, score: float, reason: str, shared: frozenset[str]) -> Finding:
    signals = {"pledge": round(score, 3), "overlap": round(pair.overlap, 3), "distance": float(pair.distance)}
    marks_a = (*mark_cue(pair.a), *mark_terms(pair.a, shared))
    return Finding(ConflictKind.BROKEN_PLEDGE, min(score, 0.95), reason, marks_a, mark_terms(pair.b, shared), signals)


def _done_anyway(pair: Pair, shared: frozenset[str]) -> Finding | None:
    """`no missiles would be fired` against `two missiles were launched`."""
    if not pair.a.reading.polarity.leading or pair.b.reading.polarity.negative:
        return None
    clash = pair.a.reading.polarity.denied & shared
    past = any(word.tag in {"VBD", "VBN"} for word in pair.b.reading.words)
    verbs = _verbs(pair.a) & _verbs(pair.b) & clash
    if (
        not clash & pair.a.predicate
        or not past
        or pair.same_side
        or not (verbs or (len(clash) > 1 and not pair.narrated))
    ):
        return None
    score = 0.3 + 0.5 * pair.weight(clash) / (pair.weight(pair.a.terms) or 1.0) + (0.2 if len(clash) > 1 else 0.0)
    score += 0.2 if verbs else 0.0
    return _finding(pair, score, "what was promised not to happen is reported to have happened", clash)


def _verbs(side: Side) -> frozenset[str]:
    return frozenset(word_term(word) for word in side.reading.words if word.tag.startswith("V")) - {""}


def _not_done(pair: Pair, shared: frozenset[str]) -> Finding | None:
    """`to mend the roof by Easter` against `the roof was not mended`."""
    if pair.a.reading.polarity.negative or not _is_undone(pair.b) or _too_early(pair):
        return None
    if pair.b.statement.act is Act.DENIAL and pair.b.statement.cue is not None and not pair.near:
        return None
    things = shared - _verbs(pair.a) - time_terms()
    pronoun = any(word.tag == "PRP" for word in pair.b.reading.words[:1])
    none_of = _none_of(pair.b) and bool(things)
    if not (shared & pair.a.predicate and (things or pronoun or pair.near)) and not none_of:
        return None
    part = pair.weight(shared) / (pair.weight(pair.b.terms) or 1.0)
    verb = 0.15 if _verbs(pair.a) & _verbs(pair.b) & shared else 0.0
    due = 0.12 if pair.a.reading.times.deadline is not None else 0.0
    verb = max(verb, 0.15 if none_of else 0.0)
    bound = 0.0 if due or pair.a.cue_terms & BINDING else -0.12
    score = 0.3 + 0.4 * part + verb + due + bound + (0.15 if pair.near else 0.0)
    return _finding(pair, score, "what was promised is reported as not done", shared)


def _is_undone(side: Side) -> bool:
    """Whether a past or present state is negated, or something is still as it was."""
    words = [word.lower for word in side.reading.words]
    told = any(word.tag in {"VBD", "VBN", "VBZ"} for word in side.reading.words)
    waiting = bool({"still", "yet"} & set(words)) and "would" not in words
    return told and (waiting or side.reading.polarity.negative or _none_of(side))


def _none_of(side: Side) -> bool:
    """`none of the drivers had`, `not one had`: nobody at all."""
    words = [word.lower for word in side.reading.words[:2]]
    return words[:1] == ["none"] or words == ["not", "one"] or words[:1] == ["nobody"]


def _too_early(pair: Pair) -> bool:
    """Whether the report is older than the deadline of the pledge."""
    deadline, told = pair.a.reading.times.deadline, pair.b.statement.published
    return deadline is not None and told is not None and told.date() < deadline


def _done_in_part(pair: Pair, shared: frozenset[str]) -> Finding | None:
    """`every roof would be mended` against `a third of the roofs were mended`."""
    promised = {word.lower for word in pair.a.reading.words}
    partial = any(q.unit == "percent" and q.value < _WHOLE for q in pair.b.reading.quantities)
    partial = partial or bool({word.lower for word in pair.b.reading.words} & {"half", "few"})
    if not promised & _ALL or not partial or len(shared) < _THING_AND_DEED or _too_early(pair):
        return None
    return _finding(pair, 0.55 + 0.3 * pair.overlap, "what was promised for all is reported for a part", shared)
