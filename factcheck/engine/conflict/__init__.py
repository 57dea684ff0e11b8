"""Candidates → signs → ConflictPair with kind, score, the words that clash and a sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..annotations import ConflictPair, Statement
from .calibration import Weights, fit, rescore
from .candidates import pick_candidates
from .findings import Finding
from .judging import AIDED, UNAIDED, Judge, Promise, choose_promising, open_judge, shipped_weights
from .marking import explain_kind
from .meaning import nearness_by
from .sides import Pair, Side, prepare_sides
from .signs import find_by_rule, is_worth_reading, read_meaning, read_signs, texts_of
from .wording import explain

if TYPE_CHECKING:
    from .meaning import Nearness

__all__ = ["Weights", "find_conflicts", "fit", "nearness_by", "rescore", "shipped_weights"]

_TOLD_EVERY: Final = 500


def find_conflicts(
    statements: Sequence[Statement],
    *,
    candidates: Iterable[tuple[str, str]] | None,
    min_score: float,
    near: Nearness | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[ConflictPair, ...]:
    """The pairs that conflict, best first; see `pair` in the engine's public face."""
    sides = prepare_sides(statements)
    pairs = pick_candidates(sides) if candidates is None else _given(sides, candidates)
    tell = progress or _ignore
    weighed: list[_Weighed] = []
    for number, (first, second) in enumerate(pairs):
        pair = Pair(sides[first], sides[second])
        if not pair.told_twice:
            weighed.append(_weigh(pair))
        if number % _TOLD_EVERY == 0:
            tell(number / len(pairs))
    if near is not None:
        weighed = _read(weighed, near, apart=candidates is None)
    found = [row.conflict() for row in weighed if row.score >= min_score]
    tell(1.0)
    return tuple(sorted(found, key=lambda conflict: (-conflict.score, conflict.a, conflict.b)))


def _ignore(share: float) -> None:
    del share


def _given(sides: Sequence[Side], candidates: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    index = {side.statement.id: number for number, side in enumerate(sides)}
    pairs = {tuple(sorted((index[a], index[b]))) for a, b in candidates if a in index and b in index and a != b}
    return sorted((first, second) for first, second in pairs)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A pair with its signs, what the rules found in it, and how likely its judge holds a conflict."""

    pair: Pair
    found: list[Finding]
    signs: Mapping[str, float]
    judge: Judge
    score: float

    def conflict(self) -> ConflictPair:
        """The pair as the engine gives it: its kind, the words that clash, and why."""
        kind = self.judge.name_kind(self.signs)
        finding = explain_kind(self.pair, kind, self.found)
        return ConflictPair(
            a=self.pair.a.statement.id,
            b=self.pair.b.statement.id,
            kind=kind,
            score=self.score,
            why=explain(self.pair, finding),
            signals=self.signs,
            marks_a=finding.marks_a,
            marks_b=finding.marks_b,
        )


def _weigh(pair: Pair) -> _Weighed:
    """Weigh a pair by the signs that need no model."""
    found = find_by_rule(pair)
    signs, judge = read_signs(pair, found), open_judge(UNAIDED)
    return _Weighed(pair, found, signs, judge, judge.rate(signs))


def _read(weighed: Sequence[_Weighed], near: Nearness, *, apart: bool) -> list[_Weighed]:
    """Weigh the most promising pairs by what they mean too, as many as one article may cost.

    `apart` tells that whole articles are compared: a pair counts for the later of its two. Candidates that are given
    are one article's with others, whichever is later. Only pairs whose words do not tell; all others keep their score.
    """
    open_ones = [number for number, row in enumerate(weighed) if is_worth_reading(row.pair)]
    promises = [_promise(weighed[number], apart=apart) for number in open_ones]
    chosen = {open_ones[at] for at in choose_promising(promises)}
    return [_weigh_meaning(row, near) if number in chosen else row for number, row in enumerate(weighed)]


def _promise(row: _Weighed, *, apart: bool) -> Promise:
    article = row.pair.b.statement.article_id if apart else ""
    return Promise(article, row.score, texts_of(row.pair))


def _weigh_meaning(row: _Weighed, near: Nearness) -> _Weighed:
    signs, judge = {**row.signs, **read_meaning(row.pair, near)}, open_judge(AIDED)
    return _Weighed(row.pair, row.found, signs, judge, judge.rate(signs))
