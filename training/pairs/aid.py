"""Learn what a model's reading adds to the signs: the weights of pairs that have been read.

`python -m training.pairs.aid --rows read.jsonl --out factcheck/engine/conflict/weights/aided.json`

Rows come from `training.pairs.rows` of events that the model has not learned from. The weights of the signs stay in
proportion to each other as they are without a model: few events are held back, and a stack of two small models
(Wolpert 1992) asks least of them. Prints the figures with and without the reading, a fifth of the events left out at
a time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.engine import Weights
from factcheck.engine.conflict.judging import Judge, open_judge
from training.pairs.logistic import Array, Line, learn
from training.pairs.rows import Row, read_rows
from training.pairs.weigh import FIXED, FOLDS, Table, print_figures

READ = ("read", "clash", "clash_odds", "contradicts", "contradicts_both", "entails", "entails_both")
READ_RIDGE = 4.0


class Stack:
    """The read rows of held events: the unaided sum of each (first column) and what the model reads."""

    def __init__(self, rows: Sequence[Row], judge: Judge) -> None:
        self.table = Table(rows, list(READ))
        sums = [[judge.score.total(row.signs)] for row in rows]
        self.known = np.hstack([np.array(sums), self.table.known])
        self.read = self.table.known[:, 0] > 0

    def learn(self, own: Array) -> Line:
        """What the rows of `own` teach; pairs that are excused or sure are set by hand and teach nothing."""
        own = own & self.read
        return learn(self.known[own], self.table.right[own], self.table.open[own], READ_RIDGE)

    def foretell(self) -> Array:
        """The probability of each row, learned from the events of the other folds; unread rows keep their own."""
        chance: Array = 1 / (1 + np.exp(-self.known[:, 0]))
        for fold in range(FOLDS):
            own = (self.table.fold == fold) & self.read
            line = self.learn(self.table.fold != fold)
            chance[own] = line.probabilities(self.known[own], np.zeros(int(own.sum())))
        return chance


def aided(judge: Judge, line: Line) -> dict[str, object]:
    """The unaided weights in the proportion that was learned, and those of the reading."""
    share = float(line.weights[0])
    signs = {name: round(weight * share, 3) for name, weight in judge.score.signs.items()}
    signs |= {name: round(float(weight), 3) for name, weight in zip(READ, line.weights[1:], strict=True)}
    spread = {**judge.score.spread, **{name: round(float(s), 3) for name, s in zip(READ, line.spread[1:], strict=True)}}
    constant = round(judge.score.constant * share + line.constant, 3)
    score = Weights(constant, {**signs, **{name: judge.score.signs[name] for name in FIXED}}, spread)
    kinds = {kind.value: weights.as_dict() for kind, weights in judge.kinds.items()}
    return {"score": score.as_dict(), "kinds": kinds}


def main() -> None:
    """Read the arguments, judge by folds, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--marked", type=int, required=True, help="how many conflicts the events have")
    args = parser.parse_args()
    judge = open_judge()
    stack = Stack(read_rows(*args.rows), judge)
    kinds = [judge.name_kind(row.signs).value for row in stack.table.rows]
    print("without the reading")
    print_figures(stack.table, 1 / (1 + np.exp(-stack.known[:, 0])), kinds, args.marked)
    print("\nwith it")
    print_figures(stack.table, stack.foretell(), kinds, args.marked)
    line = stack.learn(np.ones(len(stack.table.rows), dtype=bool))
    for name, weight in zip(("sum of the signs", *READ), line.weights, strict=True):
        print(f"{name:36} {weight:+.2f}")
    args.out.write_text(json.dumps(aided(judge, line), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
