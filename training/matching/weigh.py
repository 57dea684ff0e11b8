"""Learn what each sign of a match weighs, and say how good the matching is.

`python -m training.matching.weigh --set FOLDER [--set FOLDER] --keep FILE --out FILE`

A folder holds `claims.jsonl` and `train.jsonl`, perhaps `dev.jsonl`: claims as `{"id", "text"}`, questions as `{"id",
"text", "same": [ids of claims], "group"}`. Questions of one group (a debate, a claim) are learned from or judged, never
both. Each set weighs the same. `--keep` keeps what texts mean from one call to the next.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, log_softmax
from torch.nn.utils.rnn import pad_sequence

from factcheck.engine import Models
from factcheck.engine.matching import Encoder, Record, Shelf, load_encoder, pack_words, read_question
from factcheck.engine.matching.signs import SIGNS

FOLDS = 5
TOP = 5
HOLD = 2e-3  # how strongly weights are held near nothing, for signs of one spread


@dataclass(frozen=True)
class Asked:
    """A question with its candidates: their signs, and which are the same claim; how many there are in all."""

    table: Tensor
    same: Tensor
    whole: int
    fold: int
    part: str


class Keeper:
    """What texts mean, kept in a file."""

    def __init__(self, encoder: Encoder, path: Path | None) -> None:
        self._encoder, self._path = encoder, path
        self._known: dict[str, Any] = {}
        if path and path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["figures"], strict=True))

    def ask(self, text: str) -> Any:
        """The direction of a text."""
        key = hashlib.sha256(text.encode()).hexdigest()[:24]
        if key not in self._known:
            self._known[key] = self._encoder.ask(text)
        return self._known[key]

    def save(self) -> None:
        """Write what is known."""
        if self._path:
            np.savez(self._path, keys=np.array(list(self._known)), figures=np.stack(list(self._known.values())))


def packed(direction: Any) -> bytes:
    """A direction as it is stored."""
    return np.rint(direction * (127 / np.abs(direction).max())).astype(np.int8).tobytes()


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


class Taken:
    """Weights that keep the signs which they are asked about."""

    def __init__(self) -> None:
        self.table = np.zeros((0, len(SIGNS)), dtype=np.float32)

    def scores(self, table: Any) -> Any:
        """Nothing; the table is kept."""
        self.table = table
        return np.zeros(len(table), dtype=np.float32)


def ask_all(folder: Path, keeper: Keeper) -> list[Asked]:
    """Put every question of a set to the shelf of its claims, as the product would."""
    taken = Taken()
    shelf: Shelf[str] = Shelf(taken)  # type: ignore[arg-type]  # it has the one method that is asked
    claims = rows(folder / "claims.jsonl")
    shelf.put([Record(row["id"], pack_words(row["text"]), packed(keeper.ask(row["text"]))) for row in claims])
    keeper.save()
    found = []
    for part in ("train", "dev"):
        path = folder / f"{part}.jsonl"
        for row in rows(path) if path.exists() else ():
            # All scores are alike, so matches come in the order of the rows, as their signs do.
            matches = shelf.match(read_question(row["text"], keeper.ask(row["text"])), 10_000)
            same = torch.tensor([float(match.key in row["same"]) for match in matches])
            fold = zlib.crc32(str(row.get("group", row["id"])).encode()) % FOLDS
            found.append(Asked(torch.tensor(taken.table), same, len(row["same"]), fold, part))
    keeper.save()
    return found


def learn(sets: Sequence[Sequence[Asked]]) -> Tensor:
    """The weights by which the same claim comes before the other candidates of its question, most likely."""
    usable = [[asked for asked in questions if asked.same.sum() > 0] for questions in sets]
    flat = [asked for questions in usable for asked in questions]
    each = torch.cat([torch.full((len(questions),), 1 / len(questions)) for questions in usable if questions])
    spread = torch.cat([asked.table for asked in flat]).std(0) + 1e-6
    tables = pad_sequence([asked.table / spread for asked in flat], batch_first=True)
    same = pad_sequence([asked.same for asked in flat], batch_first=True)
    none = pad_sequence([torch.zeros(len(asked.same)) for asked in flat], batch_first=True, padding_value=-1e4)
    weights = torch.zeros(len(SIGNS), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        share = log_softmax(tables @ weights + none, 1)
        total = HOLD * (weights**2).sum() - (each * (share * same).sum(1) / same.sum(1)).sum()
        total.backward()
        return total

    optimizer.step(loss)  # type: ignore[arg-type]  # as torch's own examples call it
    return (weights / spread).detach()


def slope_of(sets: Sequence[Sequence[Asked]], weights: Tensor) -> tuple[float, float]:
    """Slope and constant by which the weights' sum is the likelihood that a candidate is the same claim."""
    sums = torch.cat([asked.table @ weights for questions in sets for asked in questions])
    same = torch.cat([asked.same for questions in sets for asked in questions])
    line = torch.tensor([1.0, -float(sums.mean())], requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        total = binary_cross_entropy_with_logits(line[0] * sums + line[1], same)
        total.backward()
        return total

    optimizer.step(loss)  # type: ignore[arg-type]  # as torch's own examples call it
    return float(line[0].detach()), float(line[1].detach())


def precision(questions: Iterable[Asked], weights: Tensor) -> float:
    """Mean average precision over the first five."""
    found = []
    for asked in questions:
        best = asked.same[torch.argsort(-(asked.table @ weights), stable=True)[:TOP]]
        gains = best * best.cumsum(0) / torch.arange(1, len(best) + 1)
        found.append(float(gains.sum()) / min(TOP, max(asked.whole, 1)))
    return float(np.mean(found)) if found else 0.0


def main() -> None:
    """Read the arguments, learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, action="append", required=True, help="a folder of claims and questions")
    parser.add_argument("--keep", type=Path, help="where to keep what texts mean")
    parser.add_argument("--out", type=Path, help="where the weights go")
    args = parser.parse_args()
    torch.set_num_threads(1)
    keeper = Keeper(load_encoder(Models(threads=1)), args.keep)
    sets = [ask_all(folder, keeper) for folder in args.set]
    trained = [[asked for asked in questions if asked.part == "train"] for questions in sets]
    tell(args.set, sets, trained)
    weights = learn(trained)
    slope, constant = slope_of(trained, weights)
    signs = {sign: round(slope * float(weight), 3) for sign, weight in zip(SIGNS, weights, strict=True)}
    print(json.dumps(signs, indent=1))
    if args.out:
        told = {"constant": round(constant, 3), "signs": signs}
        args.out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def tell(folders: Sequence[Path], sets: Sequence[Sequence[Asked]], trained: Sequence[Sequence[Asked]]) -> None:
    """Print how good the order is, on folds that were not learned from and on what was kept apart."""
    whole = learn(trained)
    apart = [learn([[asked for asked in qs if asked.fold != fold] for qs in trained]) for fold in range(FOLDS)]
    words = torch.tensor([float(sign == "words") for sign in SIGNS])
    meaning = torch.tensor([float(sign == "meaning") for sign in SIGNS])
    for folder, questions, learned in zip(folders, sets, trained, strict=True):
        dev = [asked for asked in questions if asked.part == "dev"]
        by_fold = [precision([asked for asked in learned if asked.fold == fold], apart[fold]) for fold in range(FOLDS)]
        sizes = [sum(asked.fold == fold for asked in learned) for fold in range(FOLDS)]
        print(f"{folder.name}: {len(learned)} questions, {len(dev)} kept apart")
        print(f"  among the candidates: {np.mean([bool(asked.same.sum()) for asked in learned]):.3f}")
        print(f"  MAP@5 by folds {np.average(by_fold, weights=sizes):.3f}, kept apart {precision(dev, whole):.3f}")
        print(
            f"  kept apart, by words {precision(dev, words):.3f}, by meaning {precision(dev, meaning):.3f}", flush=True
        )


if __name__ == "__main__":
    main()
