"""Train the reader; the README beside this file has the command.

A checkpoint is written every five minutes and taken up again. The learning rate stays level and falls over the last
part (warm up, stay, decay: Hu et al. 2024), so that a longer training can go on from the level part. The weights kept
are their moving average.
"""

from __future__ import annotations

import argparse
import copy
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from training.reader.claims import claim_batches, read_claims
from training.reader.examples import Batch, batches, make_examples
from training.reader.feeding import Cut, gather, open_tokenizer
from training.reader.losses import attribution_losses, claim_loss
from training.reader.model import Reader

WINDOWS = 256, 384
PIECES = 2400
CLAIM_PIECES = 1200
CLAIMS_HELD = 2500
WARM_UP = 0.05
KEPT = 0.998
SAVE_EVERY = 300.0


def freeze_words(model: Reader) -> None:
    """Leave word and position vectors as they are: half the weights, learned from far more text than ours."""
    for table in (model.encoder.embeddings.word_embeddings, model.encoder.embeddings.position_embeddings):
        table.weight.requires_grad_(False)


def optimizer_for(model: Reader, rate: float) -> torch.optim.AdamW:
    """AdamW whose rate falls towards the encoder's first layers and is ten times as high for the heads."""
    groups: list[dict[str, object]] = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            layer = int(name.split("layer.")[1].split(".")[0]) + 1 if "layer." in name else 0
            own = rate * (0.88 ** (6 - layer) if name.startswith("encoder.") else 10.0)
            decay = 0.0 if name.endswith("bias") or "LayerNorm" in name else 0.01
            groups.append({"params": [weight], "lr": own, "base": own, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def level(step: int, total: int, decay: float) -> float:
    """The share of the full learning rate at a step."""
    return min(1.0, (step + 1) / (WARM_UP * total), max(0.0, (total - step) / (decay * total)))


def endless(cut: Cut, pick: random.Random) -> Iterator[Batch]:
    """Batches for ever, the windows drawn anew each round."""
    while True:
        yield from batches(make_examples(cut, pick, WINDOWS), pick, PIECES)


@dataclass
class Training:
    """A model on its way: its moving average, its optimizer, and how far it has come."""

    model: Reader
    average: Reader
    optimizer: torch.optim.AdamW
    total: int
    decay: float
    folder: Path
    step: int = 0
    running: dict[str, float] = field(default_factory=dict)
    saved: float = field(default_factory=time.monotonic)

    def learn(self, losses: dict[str, Tensor]) -> None:
        """Take one step."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * level(self.step, self.total, self.decay)
        torch.stack(list(losses.values())).sum().backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self._keep()
        for name, loss in losses.items():
            self.running[name] = 0.95 * self.running.get(name, loss.item()) + 0.05 * loss.item()

    def _keep(self) -> None:
        share = 1 - min(KEPT, self.step / (self.step + 10))
        with torch.no_grad():
            for kept, weight in zip(self.average.parameters(), self.model.parameters(), strict=True):
                if weight.requires_grad:
                    kept.lerp_(weight, share)

    def tell(self) -> None:
        """Print how it goes."""
        shown = " ".join(f"{name} {value:.3f}" for name, value in self.running.items())
        print(f"{time.strftime('%H:%M:%S')} {self.step}/{self.total} {shown}", flush=True)

    def save(self) -> None:
        """Write the checkpoint, whole or not at all; before the rate falls also where a longer training may start."""
        parts = {"model": self.model, "average": self.average, "optimizer": self.optimizer}
        state = {name: part.state_dict() for name, part in parts.items()} | {"step": self.step}
        path = self.folder / "checkpoint.pt"
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        if self.step < self.total * (1 - self.decay):
            shutil.copy(path, self.folder / "level.pt")
        self.saved = time.monotonic()

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=False)
            for name in ("model", "average", "optimizer"):
                getattr(self, name).load_state_dict(state[name])
            self.step = state["step"]
            print(f"goes on at step {self.step}", flush=True)


def train(training: Training, cut: Cut, claims: list[tuple[list[int], int]], seed: int, claim_every: int) -> None:
    """Learn to the end."""
    pick = random.Random(seed + training.step)
    sentences = claim_batches(claims, pick, CLAIM_PIECES)
    training.model.train()
    for batch in endless(cut, pick):
        if training.step >= training.total:
            break
        losses = attribution_losses(training.model, batch)
        if training.step % claim_every == 0:
            losses["claim"] = claim_loss(training.model, *next(sentences))
        training.learn(losses)
        if training.step % 10 == 0:
            training.tell()
        if time.monotonic() - training.saved > SAVE_EVERY:
            training.save()
    training.save()
    torch.save(training.average.state_dict(), training.folder / "reader.pt")


def main() -> None:
    """Read the arguments, then train."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("encoder", "polnear", "claims", "events", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.4)
    parser.add_argument("--claim-every", type=int, default=4)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = open_tokenizer(args.encoder)
    cut = gather(args.polnear, args.events, tokenizer, args.out / "cut.pt")
    claims = read_claims(args.claims, tokenizer)[CLAIMS_HELD:]
    model = Reader(str(args.encoder))
    freeze_words(model)
    per_epoch = sum(1 for _ in batches(make_examples(cut, random.Random(0), WINDOWS), random.Random(0), PIECES))
    total = int(per_epoch * args.epochs)
    average = copy.deepcopy(model).eval()
    training = Training(model, average, optimizer_for(model, args.rate), total, args.decay, args.out)
    training.resume()
    train(training, cut, claims, args.seed, args.claim_every)


if __name__ == "__main__":
    main()
