"""Sentences marked as check-worthy or not (ClaimBuster), in endless batches."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

WORTH = ("NFS", "UFS", "CFS")
LONGEST = 128
Claim = tuple[list[int], int]
# Ids, mask and classes.
Sentences = tuple[Tensor, Tensor, Tensor]


def read_claims(path: Path, tokenizer: Tokenizer) -> list[Claim]:
    """The pieces of each sentence, the model's own opening and closing among them, and its class."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(tokenizer.encode(row["text"]).ids[:LONGEST], WORTH.index(row["y"])) for row in rows]


def claim_batches(claims: Sequence[Claim], pick: random.Random, pieces: int) -> Iterator[Sentences]:
    """Ids, mask and classes of about so many pieces at a time, for ever, in an order drawn anew each round."""
    while True:
        groups: list[list[Claim]] = [[]]
        for claim in sorted(claims, key=lambda claim: len(claim[0]) + pick.random() * 8):
            if groups[-1] and (len(groups[-1]) + 1) * len(claim[0]) > pieces:
                groups.append([])
            groups[-1].append(claim)
        pick.shuffle(groups)
        yield from map(_padded, groups)


def _padded(group: Sequence[Claim]) -> tuple[Tensor, Tensor, Tensor]:
    ids = torch.zeros(len(group), max(len(words) for words, _ in group), dtype=torch.long)
    for row, (words, _) in enumerate(group):
        ids[row, : len(words)] = torch.tensor(words)
    return ids, (ids > 0).long(), torch.tensor([label for _, label in group])
