"""Train the reader; the README beside this file has the command."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import torch

from training.precision import narrow
from training.reader.claims import Sentences, claim_batches, read_claims
from training.reader.examples import Batch, batches, make_examples
from training.reader.feeding import Cut, gather, open_tokenizer
from training.reader.losses import attribution_losses, claim_loss
from training.reader.model import Reader
from training.steps import Training, freeze_words, optimizer_for

WINDOWS = 256, 384
PIECES = 2400
CLAIM_PIECES = 1200
CLAIM_EVERY = 4
CLAIMS_HELD = 2500


def attributions(cut: Cut, pick: random.Random) -> Iterator[Batch]:
    """Batches for ever, the windows drawn anew each round."""
    while True:
        yield from batches(make_examples(cut, pick, WINDOWS), pick, PIECES)


def train(training: Training, model: Reader, marked: Iterator[Batch], sentences: Iterator[Sentences]) -> None:
    """Learn to the end; sentences worth checking come in with every fourth batch of attributions."""
    model.train()
    while training.step < training.total:
        with narrow():
            losses = attribution_losses(model, next(marked))
            if training.step % CLAIM_EVERY == 0:
                losses["claim"] = claim_loss(model, *next(sentences))
        training.learn(losses)


def main() -> None:
    """Read the arguments, then train."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("encoder", "polnear", "claims", "events", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = open_tokenizer(args.encoder)
    cut = gather(args.polnear, args.events, tokenizer, args.out / "cut.pt")
    claims = read_claims(args.claims, tokenizer)[CLAIMS_HELD:]
    model = Reader(str(args.encoder))
    freeze_words(model.encoder)
    per_epoch = sum(1 for _ in batches(make_examples(cut, random.Random(0), WINDOWS), random.Random(0), PIECES))
    total = int(per_epoch * args.epochs)
    training = Training(model, optimizer_for(model, args.rate), total, args.decay, args.out)
    training.resume()
    pick = random.Random(args.seed + training.step)
    train(training, model, attributions(cut, pick), claim_batches(claims, pick, CLAIM_PIECES))
    training.finish("reader.pt")


if __name__ == "__main__":
    main()
