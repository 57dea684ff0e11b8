"""Train the model of pairs; the README beside this file has the commands.

First it learns to infer and to tell invented clashes, then, from those weights (`--start`), the conflicts of our own
events; those that are held back it never sees, so that what its reading is worth can be learned from them.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import nn

from factcheck.engine.scoring.marks import read_event
from training.pairs.model import PairModel
from training.pairs.news import invented, marked, read_said
from training.pairs.pack import Batch, Pair, batches, one_round, read_pack
from training.precision import narrow
from training.reader.feeding import open_tokenizer, training_events
from training.steps import Training, freeze_words, optimizer_for

PIECES, VOICED_PIECES, INVENTED = 2400, 1600, 6000


def endless(draw: Callable[[], list[Pair]], pick: random.Random, pieces: int) -> Iterator[Batch]:
    """Batches for ever, the pairs drawn anew each round."""
    while True:
        yield from batches(draw(), pick, pieces)


def clash_loss(model: PairModel, batch: Batch) -> torch.Tensor:
    """How wrong the model is about which voiced pairs clash."""
    with narrow():
        scores = model.clashes(batch)
    return nn.functional.binary_cross_entropy_with_logits(scores.float(), batch.labels.float(), batch.weights)


def infer_loss(model: PairModel, batch: Batch) -> torch.Tensor:
    """How wrong the model is about what follows from what."""
    with narrow():
        scores = model.inference(batch)
    return nn.functional.cross_entropy(scores.float(), batch.labels)


def learn(
    training: Training, model: PairModel, pairs: Iterator[Batch], voiced: Sequence[Iterator[Batch]], every: int
) -> None:
    """Learn to the end; a batch of voiced pairs comes in with every so many steps, from each kind in turn."""
    model.train()
    while training.step < training.total:
        losses = {"infer": infer_loss(model, next(pairs))}
        if training.step % every == 0:
            losses["clash"] = clash_loss(model, next(voiced[training.step // every % len(voiced)]))
        training.learn(losses)


def main() -> None:
    """Read the arguments, then train."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("encoder", "pack", "polnear", "events", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.5)
    parser.add_argument("--every", type=int, default=3, help="steps from one batch of voiced pairs to the next")
    args = parser.parse_args()
    torch.manual_seed(7)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = open_tokenizer(args.encoder)
    model = PairModel(str(args.encoder))
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=True))
    freeze_words(model.encoder)
    training = Training(model, optimizer_for(model, args.rate, heads=5.0), args.steps, args.decay, args.out)
    training.resume()
    pick = random.Random(7 + training.step)
    events = [read_event(folder) for folder in training_events(args.events)]
    pack, said = read_pack(args.pack, tokenizer), read_said(args.polnear, events)
    voiced = [endless(lambda: invented(said, tokenizer, pick, INVENTED), pick, VOICED_PIECES)]
    if args.start:
        voiced.append(endless(lambda: list(marked(events, tokenizer, pick)), pick, VOICED_PIECES))
    learn(training, model, endless(lambda: one_round(pack, pick), pick, PIECES), voiced, args.every)
    training.finish("pairs.pt")


if __name__ == "__main__":
    main()
