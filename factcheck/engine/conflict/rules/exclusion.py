"""Accounts of one event that exclude each other: of one's own accord or by order, this one first or that one."""

from __future__ import annotations

from typing import Final

from ...annotations import ConflictKind, Span
from ...lexicon import read_groups
from ...normalize import terms_of, word_term
from ..findings import Finding, mark_terms
from ..sides import FACTUAL, Pair, Side

_WHO: Final = frozenset({"who", "that", "which"})
_CLEFT_REACH: Final = 10
_FAR: Final = 4


def find_exclusion(pair: Pair) -> Finding | None:
    """Excluding phrases over a shared matter, two claims to be first, or a cleft against another account."""
    if not pair.acts <= FACTUAL or not pair.firm or pair.goes_on:
        return None
    return _phrases(pair) or _both_first(pair) or _cleft(pair)


def _kind(pair: Pair) -> ConflictKind:
    return ConflictKind.REVERSAL if pair.same_side else ConflictKind.CONTRADICTION


def _finding(pair: Pair, score: float, reason: str, marks: tuple[tuple[Span, ...], tuple[Span, ...]]) -> Finding:
    return Finding(_kind(pair), min(score, 0.95), reason, marks[0], marks[1])


def _phrases(pair: Pair) -> Finding | None:
    if not pair.shared:
        return None
    groups = read_groups("exclusives")
    for name in sorted(group[:-2] for group in groups if group.endswith("-a")):
        for first, second in ((pair.a, pair.b), (pair.b, pair.a)):
            one, other = _find(first, groups[f"{name}-a"]), _find(second, groups[f"{name}-b"])
            if one and other and not _find(first, groups[f"{name}-b"]) and not _find(second, groups[f"{name}-a"]):
                marks = {id(first): (one,), id(second): (other,)}
                score = 0.5 + 0.3 * pair.overlap + (0.12 if pair.near else 0.0)
                return _finding(
                    pair, score, "the two accounts exclude each other", (marks[id(pair.a)], marks[id(pair.b)])
                )
    return None


def _find(side: Side, phrases: frozenset[str]) -> Span | None:
    """Where one of some phrases stands in a side."""
    found = next((phrase for phrase in sorted(phrases) if f" {phrase} " in side.lower), None)
    if found is None:
        return None
    words, parts = side.reading.words, found.split()
    for index in range(len(words) - len(parts) + 1):
        if [word.lower for word in words[index : index + len(parts)]] == parts:
            return side.span(words[index].start, words[index + len(parts) - 1].end)
    return None


def _both_first(pair: Pair) -> Finding | None:
    """`the tug had moved first` against `it was the ferry that moved first`."""
    if pair.same_side or pair.distance > _FAR or not ("first" in pair.a.words and "first" in pair.b.words):
        return None
    deed = _verbs(pair.a) & _verbs(pair.b)
    one, other = _said_to_be_first(pair.a), _said_to_be_first(pair.b)
    if not deed or one <= other or other <= one:
        return None
    marks = (mark_terms(pair.a, one - other), mark_terms(pair.b, other - one))
    return _finding(pair, 0.6 + 0.1 * len(deed), "both cannot have been first", marks)


def _said_to_be_first(side: Side) -> frozenset[str]:
    """The terms of who or what was first: singled out, else its names, else the subject."""
    return _singled_out(side, ("NNP", "NN")) or side.names or side.terms - side.predicate


def _verbs(side: Side) -> frozenset[str]:
    """The terms of the words right before and after "first", verbs and what they do: fire first, the first shot."""
    words = side.reading.words
    places = [index for index, word in enumerate(words) if word.lower == "first"]
    return terms_of([word for index in places for word in words[max(0, index - 3) : index + 3]])


def _cleft(pair: Pair) -> Finding | None:
    """`it was Lima who sold the barge` against `Rowe sold the barge`."""
    if pair.same_side or pair.distance > _FAR:
        return None
    for cleft, other in ((pair.a, pair.b), (pair.b, pair.a)):
        singled = _singled_out(cleft, ("NNP",))
        matter = cleft.terms - singled
        shared = matter & other.terms
        if singled and shared and not singled & other.terms:
            marks = {id(cleft): mark_terms(cleft, singled), id(other): mark_terms(other, other.terms - shared)[:3]}
            score = 0.52 + 0.12 * len(shared)
            return _finding(
                pair,
                score,
                "one singles out who it was, the other tells it otherwise",
                (marks[id(pair.a)], marks[id(pair.b)]),
            )
    return None


def _singled_out(side: Side, tags: tuple[str, ...]) -> frozenset[str]:
    """The terms between "it was" and "who" or "that"; none where the content is no cleft."""
    words = side.reading.words
    lower = [word.lower for word in words]
    start = 1 if lower[:1] == ["that"] else 0
    if lower[start : start + 2] not in (["it", "was"], ["it", "is"]):
        return frozenset()
    for index in range(start + 3, min(len(words), start + _CLEFT_REACH)):
        if lower[index] in _WHO:
            return frozenset(word_term(word) for word in words[start + 2 : index] if word.tag in tags)
    return frozenset()
