from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .marks import Event, Sides
from .overlaps import Words, stands_for
from .tallies import Json, Summed, Tally, rounded, share

Places = Mapping[str, tuple[str, Words]]


@dataclass(frozen=True, slots=True)
class PairScore(Summed):
    """Conflicts found, those of the marked kind among them, and look-alikes that were taken for conflicts."""

    conflicts: Tally = field(default_factory=Tally)
    kinds: int = 0
    alarms: int = 0
    lookalikes: int = 0

    def figures(self) -> Json:
        """The figures as they are published."""
        counts = {"n_gold": self.conflicts.marked, "n_predicted": self.conflicts.found}
        return {
            "conflicts": {**self.conflicts.figures(), **counts},
            "kind_accuracy": rounded(share(self.kinds, self.conflicts.right)),
            "false_alarms_on_lookalikes": f"{self.alarms}/{self.lookalikes}",
        }


def score_pairs(event: Event, parts: Places, analysis: Json) -> PairScore:
    """Compare found pairs with marked ones.

    A pair is right when its sides stand for the two of a marked pair, in either order; each earns one at most, the
    earlier first. Another copy of an earned pair counts as neither right nor wrong.
    """
    sides = _Sides(event, parts)
    earned: set[Sides] = set()
    score = PairScore(lookalikes=len(event.lookalikes))
    for row in analysis["conflicts"]:
        score += _score_pair(event, set(sides.pairs(row["a"], row["b"])), row["kind"], earned)
    return score + PairScore(Tally(missed=len(event.conflicts) - len(earned)))


def _score_pair(event: Event, candidates: set[Sides], kind: str, earned: set[Sides]) -> PairScore:
    marked = candidates & event.conflicts.keys()
    if not marked:
        return PairScore(Tally(wrong=1), alarms=bool(candidates & event.lookalikes))
    fresh = sorted(marked - earned, key=lambda pair: (event.conflicts[pair] != kind, sorted(pair)))
    if not fresh:
        return PairScore()
    earned.add(fresh[0])
    return PairScore(Tally(right=1), kinds=event.conflicts[fresh[0]] == kind)


class _Sides:
    """Which marked statements a found one stands for, with any of its parts."""

    def __init__(self, event: Event, parts: Places) -> None:
        self._marks: dict[str, list[set[str]]] = {}
        for part_id, (article, words) in parts.items():
            marks = {m.id for m in event.marks.values() if m.article == article and stands_for(words, m.words)}
            self._marks.setdefault(part_id.rpartition("#")[0], []).append(marks)

    def pairs(self, a: str, b: str) -> Iterator[Sides]:
        """The pairs of marked statements that a found pair may be."""
        for one in set().union(*self._marks[a]):
            yield from (frozenset((one, other)) for other in set().union(*self._marks[b]) if one != other)
