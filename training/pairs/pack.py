"""Pairs of sentences with their entailment, as pieces: what the model learns to infer from."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

CLS, SEP, LONGEST = 101, 102, 160
LABELS = ("entailment", "neutral", "contradiction")
# How often each source is seen in a round: the good twice, the long and noisy in part.
SHARES: Mapping[str, float] = {
    "lingnli": 2.0, "vania_wiki": 1.0, "cad": 1.0, "openie_snli_mnli": 1.0, "conj": 0.5, "fever_gold": 0.5,
    "fever_3way": 0.5, "fever_nei_pseudo": 0.15,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts as pieces; `label` is an index of `LABELS`, or 1 and 0 for a clash and none; `weight` counts."""

    premise: tuple[int, ...]
    hypothesis: tuple[int, ...]
    label: int
    weight: float = 1.0

    @property
    def length(self) -> int:
        """How many pieces it takes with its marks."""
        return len(self.premise) + len(self.hypothesis) + 3


def encode_pair(tokenizer: Tokenizer, texts: tuple[str, str], label: int, weight: float = 1.0) -> Pair:
    """The pair as pieces, each text cut where the two would be too long together."""
    half = (LONGEST - 3) // 2
    first, second = (tuple(tokenizer.encode(text, add_special_tokens=False).ids[:half]) for text in texts)
    return Pair(first, second, label, weight)


def read_pack(path: Path, tokenizer: Tokenizer) -> dict[str, list[Pair]]:
    """The pairs of a file of `p`, `h`, `y` and `src`, by source."""
    found: dict[str, list[Pair]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            pair = encode_pair(tokenizer, (row["p"], row["h"]), LABELS.index(row["y"]))
            found.setdefault(row.get("src", ""), []).append(pair)
    return found


def one_round(pack: Mapping[str, list[Pair]], pick: random.Random) -> list[Pair]:
    """Pairs for one round, each source by its share."""
    chosen: list[Pair] = []
    for source, pairs in sorted(pack.items()):
        share = SHARES.get(source, 1.0)
        chosen.extend(pairs * int(share))
        chosen.extend(pick.sample(pairs, int(len(pairs) * (share % 1))))
    return chosen


@dataclass(slots=True)
class Batch:
    """Padded pairs: the pieces, which text each belongs to (0, 1), what is no padding, labels and weights."""

    ids: Tensor
    sides: Tensor
    mask: Tensor
    labels: Tensor
    weights: Tensor


def batches(pairs: Iterable[Pair], pick: random.Random, pieces: int) -> Iterator[Batch]:
    """The pairs in batches of about so many pieces, alike in length, in a random order."""
    order = sorted(pairs, key=lambda pair: pair.length + pick.random() * 8)
    groups: list[list[Pair]] = [[]]
    for pair in order:
        if groups[-1] and (len(groups[-1]) + 1) * pair.length > pieces:
            groups.append([])
        groups[-1].append(pair)
    pick.shuffle(groups)
    yield from map(collate, groups)


def collate(group: list[Pair]) -> Batch:
    """Several pairs as one batch."""
    length = max(pair.length for pair in group)
    ids, sides, mask = (torch.zeros(len(group), length, dtype=torch.long) for _ in range(3))
    for row, pair in enumerate(group):
        ids[row, : pair.length] = torch.tensor([CLS, *pair.premise, SEP, *pair.hypothesis, SEP])
        sides[row, len(pair.premise) + 2 : pair.length] = 1
        mask[row, : pair.length] = 1
    labels = torch.tensor([pair.label for pair in group])
    return Batch(ids, sides, mask, labels, torch.tensor([pair.weight for pair in group]))
