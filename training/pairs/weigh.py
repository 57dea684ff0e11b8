"""Learn how likely a pair with some signs is a conflict, and of which kind: the weights beside the engine's judge.

`python -m training.pairs.weigh --events training/events --ordinary train.jsonl.gz --out FOLDER`

Prints the figures by leaving a fifth of the events out at a time, the weights in the order of what they matter, then
writes what all events teach: `aided.json` for pairs whose meaning a model has read, `unaided.json` for all others.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from factcheck.engine import ConflictKind, Weights
from factcheck.engine.conflict.calibration import sign_value
from factcheck.engine.conflict.judging import AIDED, UNAIDED
from training.pairs.logistic import Array, Line, learn
from training.pairs.rows import ORDINARY, Row, all_rows

FOLDS = 5
SPOKEN_FOR = 0.05
RIDGE, KIND_RIDGE = 20.0, 20.0
FIXED_SPREAD = 0.2  # how far a desk may move them
RARE = 40  # signs of fewer pairs are left out
SLIGHT = 0.03  # weights below, by one standard deviation of their sign, are left out
# Conflicts are rarer in ordinary copy than in our events: each of its pairs counts as often as this.
ORDINARY_COUNTS = 2.0
MEANING = "meaning"  # the sign that a model reads
KEPT = 0.15  # of the pairs that nothing speaks for, the part that stands for all of them
# Set by hand: pairs that are excused, and those of which the rules are sure. What the other signs are worth is learned
# from all other pairs.
FIXED = {"excused": -5.0, "found": 3.5}
# Each excuse is told by itself to those who read, and counts once; so do the parts of what the rules are sure of.
TOLD_TWICE = {"leaves_room", "not_due", "updated", "other_hour", "other_count", "both_deny"}
TOLD_TWICE |= {"hedge", "hedge_both", "condition", "rule", "apart_counted"}
# Products that a desk can read: nearness and narration change what most other signs are worth.
CROSSES = (
    "beside*overlap", "beside*shared_deed", "beside*second_denial", "beside*first_demand", "beside*first_prediction",
    "beside*both_negate", "close*second_denial", "close*shared", "told_by_article*pledge_then_report",
    "told_by_article*beside", "told_by_article*close", "told_by_article*days_between",
    "told_by_article*assertion_assertion", "told_by_article*unsure", "first_pledge*still", "relayed*second_denial",
    "figures*other_names", "apart*other_names", "apart*likeness", "apart*apart_alone", "close*apart_alone",
    "one_negates*likeness", "second_denial*likeness", "one_voice_later*likeness",
)  # fmt: skip


class Table:
    """Rows as figures: `known` has a column for each sign and product, `right` whether the pair was marked."""

    def __init__(self, rows: Sequence[Row], names: Sequence[str] | None = None) -> None:
        self.rows = rows
        self.names = list(names) if names is not None else _names(rows)
        self.known = np.array([[sign_value(row.signs, name) for name in self.names] for row in rows], np.float64)
        self.right = np.array([float(row.kind is not None) for row in rows])
        self.counts = np.array([_count(row) for row in rows])
        self.ordinary = np.array([row.event.startswith(ORDINARY) for row in rows])
        self.open = np.array([0.0 if FIXED.keys() & row.signs.keys() else 1.0 for row in rows])
        self.given = np.array([_given(row) for row in rows])
        order = sorted({row.event for row in rows})
        np.random.default_rng(0).shuffle(order)
        self.fold = np.array([order.index(row.event) % FOLDS for row in rows])

    @property
    def taught(self) -> Array:
        """How much each row teaches the score: pairs that are excused or sure are set by hand and teach nothing."""
        taught: Array = self.counts * self.open * np.where(self.ordinary, ORDINARY_COUNTS, 1.0)
        return taught

    def without(self, name: str) -> Table:
        """The same rows without a sign."""
        return Table(self.rows, [other for other in self.names if name not in other.split("*")])


def _names(rows: Sequence[Row]) -> list[str]:
    seen = Counter(name for row in rows for name in row.signs)
    plain = sorted(name for name, count in seen.items() if count >= RARE and not _is_left_out(name))
    return plain + [cross for cross in CROSSES if set(cross.split("*")) <= set(plain)]


def _is_left_out(name: str) -> bool:
    """What is set by hand, and the single rules, which only tell the kind."""
    return name in FIXED or name in TOLD_TWICE or name.startswith("rule_")


def _given(row: Row) -> float:
    """What the weights set by hand give a row."""
    return sum(weight * row.signs.get(name, 0.0) for name, weight in FIXED.items())


def _count(row: Row) -> float:
    return 1.0 if _telling(row) else 1 / KEPT


def _telling(row: Row) -> bool:
    near = {"beside", "two_apart", "shared", "apart", "rule"} & row.signs.keys()
    return row.kind is not None or row.lookalike or bool(near)


def thin(rows: Sequence[Row]) -> list[Row]:
    """All rows that something speaks for, and some of the others, which stand for the rest."""
    draw = np.random.default_rng(1).random(len(rows))
    return [row for row, chance in zip(rows, draw, strict=True) if _telling(row) or chance < KEPT]


def foretell(table: Table) -> Array:
    """The probability of each row, learned from the events of the other folds."""
    chance = np.zeros(len(table.rows))
    for fold in range(FOLDS):
        own = table.fold == fold
        line = learn(table.known[~own], table.right[~own], table.taught[~own], RIDGE)
        chance[own] = line.probabilities(table.known[own], table.given[own])
    return chance


def learn_kinds(table: Table, own: Array) -> dict[str, Line]:
    """For each kind, what tells its conflicts from the others."""
    some = (table.right > 0) & own.astype(bool)
    kinds = np.array([row.kind or "" for row in table.rows])
    ones = np.ones(int(some.sum()))
    return {
        kind.value: learn(table.known[some], (kinds[some] == kind.value).astype(float), ones, KIND_RIDGE)
        for kind in ConflictKind
    }


def foretell_kinds(table: Table) -> list[str]:
    """The kind of each row, learned from the events of the other folds."""
    told = [""] * len(table.rows)
    for fold in range(FOLDS):
        lines = learn_kinds(table, table.fold != fold)
        own = np.flatnonzero((table.fold == fold) & (table.right > 0))
        for at in own:
            told[at] = max(lines, key=lambda kind: float(table.known[at] @ lines[kind].weights + lines[kind].constant))
    return told


def print_figures(table: Table, chance: Array, kinds: Sequence[str], marked: int) -> None:
    """Precision, recall and F1 at each threshold; lookalikes; kinds; the expected error of the score."""
    for read in (False, True):
        some = np.array([row.read is read for row in table.rows]) & ~table.ordinary
        if not some.any():
            continue
        print(f"\n{'as the engine reads' if read else 'marked statements'}")
        for least in np.arange(0.1, 0.75, 0.05):
            print(_line(table, some & (chance >= least), kinds, float(least), marked))
        print(f"expected error of the score {_error(chance[some], table.right[some], table.counts[some]):.3f}")


def print_ordinary(table: Table, chance: Array) -> None:
    """How many pairs an article of ordinary copy gets at each threshold."""
    articles = len({row.event for row, ordinary in zip(table.rows, table.ordinary, strict=True) if ordinary})
    print("\npairs an ordinary article")
    for least in np.arange(0.1, 0.75, 0.05):
        raised = table.counts[table.ordinary & (chance >= least)].sum()
        print(f"{least:.2f}  {raised / max(1, articles):.2f}")


def _line(table: Table, raised: Array, kinds: Sequence[str], least: float, marked: int) -> str:
    rows = [(table.rows[at], kinds[at]) for at in np.flatnonzero(raised)]
    right = {(row.event, *pair) for row, _ in rows for pair in map(tuple, row.marked[:1])}
    wrong = float(table.counts[raised & (table.right == 0)].sum())  # a row may stand for several of its like
    precision, recall = len(right) / max(1, len(right) + wrong), len(right) / marked
    good = [row.kind == kind for row, kind in rows if row.kind]
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    alarms = sum(row.lookalike for row, _ in rows)
    return (
        f"{least:.2f}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  lookalikes {alarms}"
        f"  kind {sum(good) / max(1, len(good)):.3f}"
    )


def _error(chance: Array, right: Array, counts: Array, bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015) of the pairs that anything speaks for."""
    some = chance >= SPOKEN_FOR
    place = np.minimum((chance * bins).astype(int), bins - 1)
    parts = [(counts[m].sum(), np.average(chance[m] - right[m], weights=counts[m]))
             for number in range(bins) if (m := some & (place == number)).any()]  # fmt: skip
    return float(sum(size * abs(gap) for size, gap in parts) / sum(size for size, _ in parts))


def as_weights(names: Sequence[str], line: Line) -> Weights:
    """What was learned, rounded; slight weights are left out."""
    rows = {
        name: (round(float(weight), 3), round(float(spread), 3))
        for name, weight, spread in zip(names, line.weights, line.spread, strict=True)
        if abs(weight * spread) >= SLIGHT
    }
    signs, spread = ({name: row[part] for name, row in rows.items()} for part in (0, 1))
    return Weights(round(line.constant, 3), signs, spread)


def learn_all(table: Table) -> dict[str, object]:
    """The weights of score and kinds from all events; what is slight is dropped before the last learning."""
    line = learn(table.known, table.right, table.taught, RIDGE)
    kept = list(as_weights(table.names, line).signs)
    slim = Table(table.rows, kept)
    score = as_weights(kept, learn(slim.known, slim.right, slim.taught, RIDGE))
    score = Weights(score.constant, {**score.signs, **FIXED}, {**score.spread, **dict.fromkeys(FIXED, FIXED_SPREAD)})
    kinds = {kind: as_weights(table.names, row).as_dict() for kind, row in learn_kinds(table, table.right + 1).items()}
    for values in kinds.values():
        values["spread"] = {}
    return {"score": score.as_dict(), "kinds": kinds}


def print_weights(values: Mapping[str, object]) -> None:
    """The weights of the score, what matters most first."""
    weights = Weights.from_dict(values["score"])  # type: ignore[arg-type]
    for name in sorted(weights.signs, key=lambda name: -abs(weights.signs[name] * weights.spread[name])):
        print(f"{name:36} {weights.signs[name]:+.2f}")


def main() -> None:
    """Read the arguments, judge by folds, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--ordinary", type=Path, required=True, help="a split of ordinary articles, all unmarked")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the weights")
    parser.add_argument("--marked", type=int, default=1399, help="how many conflicts the events have")
    args = parser.parse_args()
    table = Table(thin(list(all_rows(args.events, args.ordinary))))
    plain = table.without(MEANING)
    chance = np.where([MEANING in row.signs for row in table.rows], foretell(table), foretell(plain))
    print_figures(table, chance, foretell_kinds(table), args.marked)
    print_ordinary(table, chance)
    for name, known in ((AIDED, table), (UNAIDED, plain)):
        values = learn_all(known)
        print(f"\n{name}")
        print_weights(values)
        text = json.dumps(values, indent=1, sort_keys=True) + "\n"
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
