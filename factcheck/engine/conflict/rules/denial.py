"""Somebody says it, somebody else denies it."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ...annotations import Act, ConflictKind
from ...lexicon import read_groups
from ...normalize import term, word_term
from ..findings import Finding, mark_cue, mark_terms
from ..sides import BINDING, Pair, Side

_DENIABLE: Final = frozenset({Act.ASSERTION, Act.ACCUSATION, Act.PLEDGE, Act.DEMAND})
_NEAR: Final = 2
_ENOUGH: Final = 2


def find_denial(pair: Pair) -> Finding | None:
    """A denial against what another speaker says: it takes it up, shares its terms, or stands right behind it."""
    if pair.same_side:
        return None
    for denial, other in ((pair.b, pair.a), (pair.a, pair.b)):
        if denial.statement.act is Act.DENIAL and not denial.unsaid and other.statement.act in _DENIABLE:
            found = _taken_up(pair, denial, other)
            if not pair.narrated:
                found = _anaphoric(pair, denial, other) or found or _right_behind(pair, denial, other)
            if found is not None:
                return found
    return None


def _finding(pair: Pair, denial: Side, score: float, reason: str, terms: frozenset[str] | set[str]) -> Finding:
    marks = {id(side): mark_terms(side, terms) for side in (pair.a, pair.b)}
    marks[id(denial)] = (*mark_cue(denial), *marks[id(denial)])
    return Finding(ConflictKind.DENIAL, score, reason, marks[id(pair.a)], marks[id(pair.b)])


def _anaphoric(pair: Pair, denial: Side, other: Side) -> Finding | None:
    """`denied any such order`, `no such agreement`: what was said just before, by somebody else."""
    noun = next((noun for such, noun in pairwise(denial.words) if such == "such"), None)
    if noun is None or denial is pair.a or pair.distance > _NEAR:
        return None
    fits = _names_matter(pair, noun, other)
    if not fits and (pair.distance > 1 or _names_another_act(noun, other)):
        return None
    score, reason = 0.92 if fits else 0.78, f"“such {noun}” takes up what was said just before"
    return _finding(pair, denial, score, reason, {term(noun)})


def _names_matter(pair: Pair, noun: str, other: Side) -> bool:
    """Whether a noun is the other side's own, or names what that side does right before."""
    return term(noun) in other.terms | other.cue_terms or (pair.distance == 1 and _names_act(noun, other))


def _names_act(noun: str, other: Side) -> bool:
    """Whether a noun names what the other side does: an assurance for a pledge, an order for a demand."""
    acts = read_groups("act_nouns")
    return noun in acts.get(other.statement.act.value, frozenset())


def _names_another_act(noun: str, other: Side) -> bool:
    """Whether a noun names what one does with words, and not what the other side does: no order for an assertion."""
    acts = read_groups("act_nouns")
    return not _names_act(noun, other) and any(noun in nouns for nouns in acts.values())


def _taken_up(pair: Pair, denial: Side, other: Side) -> Finding | None:
    """The denied content repeats the other one's terms."""
    if other.statement.act is Act.DEMAND:
        return None
    shared = pair.shared | ((denial.terms & other.cue_terms) - {""})
    if _denies_promise(denial, other):
        return _never_promised(pair, denial, other, shared) or _repeated(pair, denial, other, shared)
    return _repeated(pair, denial, other, shared) if not pair.other_moment else None


def _denies_promise(denial: Side, other: Side) -> bool:
    return other.statement.act is Act.PLEDGE and bool(other.cue_terms & BINDING) and _denies_commitment(denial)


def _never_promised(pair: Pair, denial: Side, other: Side, shared: frozenset[str]) -> Finding | None:
    """`made no commitment to P` against `had promised that P`."""
    if other.conditional or not (shared or pair.distance == 1):
        return None
    reason = "what one says was promised, the other says never was"
    return _finding(pair, denial, 0.8 if shared else 0.62, reason, shared)


def _repeated(pair: Pair, denial: Side, other: Side, shared: frozenset[str]) -> Finding | None:
    """A good part of what is denied is affirmed, something of what is said of the subject with it."""
    part = pair.share(shared, denial.terms)
    told = (shared - other.names) & denial.predicate
    if len(shared) < _ENOUGH or part < _HALF or not told or _tell_one_story(pair, denial, other):
        return None
    score = 0.4 + 0.5 * part + 0.1 * (pair.distance <= _NEAR)
    return _finding(pair, denial, min(score, 0.95), "one affirms what the other denies", shared)


def _tell_one_story(pair: Pair, denial: Side, other: Side) -> bool:
    """Whether both can hold: both negate it, the denial is of one's own part, or one tells when it began."""
    both_negative = other.negative and denial.negative
    return both_negative or _speaks_of_self(pair, denial, other) or _same_start(denial, other)


def _speaks_of_self(pair: Pair, denial: Side, other: Side) -> bool:
    """`I never voted` denies only what is said of the one who speaks, or right beside it."""
    personal = any(word.lower in {"i", "my"} for word in denial.reading.words[:4])
    return personal and not pair.near and denial.statement.speaker.name.casefold().split()[-1] not in other.terms


def _same_start(denial: Side, other: Side) -> bool:
    """`briefed before March` denied and `first learned in March` said are one story."""
    return "before" in denial.words and "first" in other.words


_HALF: Final = 0.34


def _denies_commitment(denial: Side) -> bool:
    nouns = read_groups("act_nouns")["pledge"]
    denied = denial.terms if denial.cue_terms & _DENIES else denial.reading.polarity.denied
    return any(word.lower in nouns and word_term(word) in denied for word in denial.reading.words)


def _right_behind(pair: Pair, denial: Side, other: Side) -> Finding | None:
    """`We paid nobody,` she replied: an answer, or a denial in so many words, right behind what it meets."""
    if not _may_meet(pair, denial, other):
        return None
    shared = pair.shared | (denial.terms & other.cue_terms)
    accused = _is_accusation_before(pair, other)
    if _answers(pair, denial) and (shared or accused):
        return _finding(pair, denial, 0.8, "the denial answers what was said just before", shared)
    if denial.cue_terms & _DENIES and (shared & denial.predicate or accused):
        score = 0.66 - 0.06 * (pair.distance - 1)
        return _finding(pair, denial, score, "the denial stands right behind what it meets", shared)
    return None


def _is_accusation_before(pair: Pair, other: Side) -> bool:
    return pair.distance == 1 and other.statement.act is Act.ACCUSATION


def _may_meet(pair: Pair, denial: Side, other: Side) -> bool:
    """Whether a denial comes close behind something put firmly, that is not but asked for."""
    firm = not other.statement.hedged and other.statement.act is not Act.DEMAND
    return firm and pair.near and denial is not pair.a


def _answers(pair: Pair, denial: Side) -> bool:
    return pair.distance == 1 and bool(denial.cue_terms & _ANSWERS)


_DENIES: Final = frozenset({term("deny"), term("denied")})
_ANSWERS: Final = frozenset({term("replied"), term("answered"), term("responded"), term("retorted"), term("countered")})
