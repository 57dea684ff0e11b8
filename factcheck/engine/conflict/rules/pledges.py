"""A promise against what was then done, or not done."""

from __future__ import annotations

from typing import Final

from ...annotations import Act, ConflictKind
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
    marks_a = (*mark_cue(pair.a), *mark_terms(pair.a, shared))
    return Finding(ConflictKind.BROKEN_PLEDGE, min(score, 0.95), reason, marks_a, mark_terms(pair.b, shared))


def _done_anyway(pair: Pair, shared: frozenset[str]) -> Finding | None:
    """`no missiles would be fired` against `two missiles were launched`."""
    if not pair.a.reading.polarity.leading or pair.b.negative or pair.same_side:
        return None
    clash = pair.a.reading.polarity.denied & shared
    deed = pair.a.verbs & pair.b.verbs & clash
    matter = len(clash) > 1
    if not clash & pair.a.predicate or not _tells_past(pair.b) or not (deed or (matter and not pair.narrated)):
        return None
    score = 0.3 + 0.5 * pair.share(clash, pair.a.terms) + 0.2 * matter + 0.2 * bool(deed)
    return _finding(pair, score, "what was promised not to happen is reported to have happened", clash)


def _tells_past(side: Side) -> bool:
    return any(word.tag in {"VBD", "VBN"} for word in side.reading.words)


def _not_done(pair: Pair, shared: frozenset[str]) -> Finding | None:
    """`to mend the roof by Easter` against `the roof was not mended`."""
    if not _may_be_missed(pair):
        return None
    things = shared - pair.a.verbs - time_terms()
    by_nobody = bool(things) and _none_of(pair.b)
    if not by_nobody and not (_takes_up(pair, shared, things) and _undoes(pair.b, shared)):
        return None
    deed = by_nobody or bool(pair.a.verbs & pair.b.verbs & shared)
    score = 0.3 + 0.4 * pair.share(shared, pair.b.terms) + 0.15 * deed + _commitment(pair.a) + 0.15 * pair.near
    return _finding(pair, score, "what was promised is reported as not done", shared)


def _undoes(report: Side, shared: frozenset[str]) -> bool:
    """Whether the negation is on what was promised, not on something said beside it; "still" and "yet" need none."""
    denied = report.reading.polarity.denied
    return not report.negative or bool({"still", "yet"} & set(report.words)) or bool(denied & shared)


def _may_be_missed(pair: Pair) -> bool:
    """Whether something was promised to be done and is not, in time to tell; a denial far off means another."""
    elsewhere = pair.b.statement.act is Act.DENIAL and pair.b.statement.cue is not None and not pair.near
    return not pair.a.negative and _is_undone(pair.b) and not _too_early(pair) and not elsewhere


def _takes_up(pair: Pair, shared: frozenset[str], things: frozenset[str]) -> bool:
    """Whether a report is about what was promised: a thing of it, "it", or whatever stands close by."""
    pronoun = any(word.tag == "PRP" for word in pair.b.reading.words[:1])
    return bool(shared & pair.a.predicate) and (bool(things) or pronoun or pair.near)


def _commitment(pledge: Side) -> float:
    """How far a pledge can be held against somebody: most with a day set, least for a plain "would"."""
    if pledge.reading.times.deadline is not None:
        return 0.12
    return 0.0 if pledge.cue_terms & BINDING else -0.12


def _is_undone(side: Side) -> bool:
    """Whether a past or present state is negated, or something is still as it was."""
    told = any(word.tag in {"VBD", "VBN", "VBZ"} for word in side.reading.words)
    waiting = bool({"still", "yet"} & set(side.words)) and "would" not in side.words
    return told and (waiting or side.negative or _none_of(side))


def _none_of(side: Side) -> bool:
    """`none of the drivers had`, `not one had`: nobody at all."""
    words = side.words[:2]
    return words[:1] in {("none",), ("nobody",)} or words == ("not", "one")


def _too_early(pair: Pair) -> bool:
    """Whether the report is older than the deadline of the pledge."""
    deadline, told = pair.a.reading.times.deadline, pair.b.statement.said_day
    return deadline is not None and told is not None and told < deadline


def _done_in_part(pair: Pair, shared: frozenset[str]) -> Finding | None:
    """`every roof would be mended` against `a third of the roofs were mended`."""
    partial = any(q.unit == "percent" and q.value < _WHOLE for q in pair.b.reading.quantities)
    partial = partial or not {"half", "few"}.isdisjoint(pair.b.words)
    if _ALL.isdisjoint(pair.a.words) or not partial or len(shared) < _THING_AND_DEED or _too_early(pair):
        return None
    return _finding(pair, 0.55 + 0.3 * pair.overlap, "what was promised for all is reported for a part", shared)
