"""The training loop's step, shared by the models: learning rate, moving average, checkpoints.

A checkpoint is written every five minutes and taken up again. The learning rate stays level and falls over the last
part (warm up, stay, decay: Hu et al. 2024), so that a longer training can go on from the level part. The weights kept
are their moving average.
"""

from __future__ import annotations

import copy
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

WARM_UP = 0.05
KEPT = 0.998
SAVE_EVERY = 300.0


def freeze_words(encoder: BertModel) -> None:
    """Leave word and position vectors as they are: half the weights, learned from far more text than ours."""
    for table in (encoder.embeddings.word_embeddings, encoder.embeddings.position_embeddings):
        table.weight.requires_grad_(False)


def optimizer_for(model: nn.Module, rate: float, heads: float = 10.0) -> torch.optim.AdamW:
    """AdamW whose rate falls towards the first layers of `model.encoder` and is `heads` times as high for the rest."""
    groups: list[dict[str, object]] = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            layer = int(name.split("layer.")[1].split(".")[0]) + 1 if "layer." in name else 0
            own = rate * (0.88 ** (6 - layer) if name.startswith("encoder.") else heads)
            decay = 0.0 if name.endswith("bias") or "LayerNorm" in name else 0.01
            groups.append({"params": [weight], "lr": own, "base": own, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def level(step: int, total: int, decay: float) -> float:
    """The share of the full learning rate at a step."""
    return min(1.0, (step + 1) / (WARM_UP * total), max(0.0, (total - step) / (decay * total)))


@dataclass
class Training:
    """A model on its way: its moving average, its optimizer, and how far it has come."""

    model: nn.Module
    optimizer: torch.optim.AdamW
    total: int
    decay: float
    folder: Path
    average: nn.Module = field(init=False)
    step: int = 0
    running: dict[str, float] = field(default_factory=dict)
    saved: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.average = copy.deepcopy(self.model).eval()

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
        if self.step % 10 == 0:
            self.tell()
        if time.monotonic() - self.saved > SAVE_EVERY:
            self.save()

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

    def finish(self, name: str) -> None:
        """Write the last checkpoint, and the averaged weights under a name of their own."""
        self.save()
        torch.save(self.average.state_dict(), self.folder / name)

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=False)
            for name in ("model", "average", "optimizer"):
                getattr(self, name).load_state_dict(state[name])
            self.step = state["step"]
            print(f"goes on at step {self.step}", flush=True)
