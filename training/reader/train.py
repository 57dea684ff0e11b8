"""Train the reader: `python -m training.reader.train --polnear FOLDER --claims FILE --events FOLDER --out FOLDER`.

Resumes from the checkpoint in the output folder. The learning rate stays level and falls over the last part (warm up,
stay, decay: Hu et al. 2024), the weights kept are their moving average.
"""

from __future__ import annotations

import argparse
import copy
import gzip
import json
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from factcheck import engine
from factcheck.engine.attribution import find_attributions, set_scenes
from factcheck.engine.encoder import Tokens
from factcheck.engine.segment import segment_text
from training.reader.corpus import Marked, MarkedArticle, read_event, read_polnear
from training.reader.examples import Batch, batches, cut_articles, make_examples
from training.reader.model import Reader

WORTH = ("NFS", "UFS", "CFS")


def with_acts(article: MarkedArticle) -> MarkedArticle:
    """The article with the acts that the rules read from cues they know."""
    document = segment_text(article.text)
    known = [(d.cue, d.act.value) for d in find_attributions(document, set_scenes(document)) if d.cue]
    marks = []
    for mark in article.attributions:
        act = next((act for cue, act in known if mark.cue and cue.start < mark.cue[0][1] and mark.cue[0][0] < cue.end), None)
        marks.append(Marked(mark.source, mark.cue, mark.content, act))
    return MarkedArticle(article.name, article.text, tuple(marks))


def read_claims(path: Path, tokenizer: Tokenizer) -> list[tuple[list[int], int]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(tokenizer.encode(row["text"]).ids[:128], WORTH.index(row["y"])) for row in rows]


def training_events(folder: Path) -> list[Path]:
    """The events that are not held back."""
    held = (folder / "held.txt").read_text(encoding="utf-8").split("\n")
    return [path.parent for path in sorted(folder.glob("*/gold.json")) if path.parent.name not in held]


def claim_batches(claims: list[tuple[list[int], int]], pick: random.Random, pieces: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    while True:
        order = sorted(claims, key=lambda claim: len(claim[0]) + pick.random() * 8)
        groups: list[list[tuple[list[int], int]]] = [[]]
        for claim in order:
            if groups[-1] and (len(groups[-1]) + 1) * len(claim[0]) > pieces:
                groups.append([])
            groups[-1].append(claim)
        pick.shuffle(groups)
        for group in groups:
            length = max(len(ids) for ids, _ in group)
            ids = torch.zeros(len(group), length, dtype=torch.long)
            for row, (words, _) in enumerate(group):
                ids[row, : len(words)] = torch.tensor(words)
            yield ids, (ids > 0).long(), torch.tensor([label for _, label in group])


def attribution_loss(model: Reader, batch: Batch) -> dict[str, Tensor]:
    hidden = model.dropout(model.encode(batch.ids, batch.layout, batch.mask))
    cue = nn.functional.cross_entropy(model.cue(hidden).flatten(0, 1), batch.cue_tags.flatten(), ignore_index=-100)
    losses = {"cue": 20 * cue}
    if len(batch.rows):
        scores = model.roles(hidden, batch.rows, batch.first, batch.last)
        losses["role"] = model.role_crf.loss(scores, batch.roles, batch.mask[batch.rows].float()).mean() / 8
        losses["act"] = act_loss(model, hidden, batch)
    return losses


def act_loss(model: Reader, hidden: Tensor, batch: Batch) -> Tensor:
    positions = torch.arange(hidden.shape[1])
    cue = ((positions >= batch.first[:, None]) & (positions < batch.last[:, None])).float()
    content = (batch.roles >= 3).float()
    means = [torch.einsum("ct,cth->ch", w / w.sum(1, keepdim=True).clamp(min=1), hidden[batch.rows]) for w in (cue, content)]
    losses = nn.functional.cross_entropy(model.act(torch.cat(means, 1)), batch.acts, reduction="none")
    return 0.5 * (losses * batch.act_weights).mean()


def claim_loss(model: Reader, ids: Tensor, mask: Tensor, labels: Tensor) -> Tensor:
    hidden = model.encode(ids, torch.zeros_like(ids), mask)
    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return nn.functional.cross_entropy(model.worth(model.dropout(mean)), labels)


def optimizer_for(model: Reader, rate: float) -> torch.optim.AdamW:
    groups: list[dict[str, object]] = []
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        layer = int(name.split("layer.")[1].split(".")[0]) + 1 if "layer." in name else 0
        own = not name.startswith("encoder.")
        factor = 10.0 if own else 0.88 ** (6 - layer)
        decay = 0.0 if name.endswith("bias") or "LayerNorm" in name else 0.01
        groups.append({"params": [weight], "lr": rate * factor, "base": rate * factor, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def level(step: int, total: int, decay: float) -> float:
    """The share of the full learning rate at a step."""
    return min(1.0, (step + 1) / (0.05 * total), max(0.0, (total - step) / (decay * total)))


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("encoder", "polnear", "claims", "events", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.4)
    parser.add_argument("--claim-every", type=int, default=3)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--claims-held", type=int, default=2500)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    pick = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def tokenize(text: str) -> Tokens:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        return Tokens(encoding.ids, encoding.offsets)

    cache = args.out / "cut.pt"
    if cache.exists():
        cut = torch.load(cache, weights_only=False)
    else:
        articles = [with_acts(article) for article in read_polnear(args.polnear / "train.jsonl.gz", primary=False)]
        cut = cut_articles(tokenize, articles)
        torch.save(cut, cache)
    events = [article for folder in training_events(args.events) for article in read_event(folder)]
    cut += cut_articles(tokenize, events) * 2
    print(len(cut), "articles,", sum(len(pieces.ids) for _, pieces in cut), "pieces", flush=True)
    claims = read_claims(args.claims, tokenizer)[args.claims_held :]
    model = Reader(str(args.encoder))
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    model.encoder.embeddings.position_embeddings.weight.requires_grad_(False)
    average = copy.deepcopy(model).eval()
    optimizer = optimizer_for(model, args.rate)
    per_epoch = sum(1 for _ in batches(make_examples(cut, random.Random(0), (256, 384)), random.Random(0), 2400))
    total = int(per_epoch * args.epochs)
    step, saved = 0, time.monotonic()
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
        print("resumed at", step, flush=True)
    pick = random.Random(args.seed + step)
    claim_stream = claim_batches(claims, pick, 1200)
    running: dict[str, float] = {}
    model.train()
    while step < total:
        for batch in batches(make_examples(cut, pick, (256, 384)), pick, 2400):
            if step >= total:
                break
            share = level(step, total, args.decay)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * share
            losses = attribution_loss(model, batch)
            if step % args.claim_every == 0:
                losses["claim"] = claim_loss(model, *next(claim_stream))
            sum(losses.values()).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            keep = min(0.998, step / (step + 10))
            with torch.no_grad():
                for kept, weight in zip(average.parameters(), model.parameters(), strict=True):
                    if weight.requires_grad:
                        kept.lerp_(weight, 1 - keep)
            for name, loss in losses.items():
                running[name] = 0.95 * running.get(name, loss.item()) + 0.05 * loss.item()
            if step % 10 == 0:
                shown = " ".join(f"{name} {value:.3f}" for name, value in running.items())
                print(f"{time.strftime('%H:%M:%S')} {step}/{total} lr {share:.2f} {shown}", flush=True)
            if time.monotonic() - saved > 300 or step == total:
                state = {"model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
                torch.save(state, checkpoint.with_suffix(".new"))
                os.replace(checkpoint.with_suffix(".new"), checkpoint)
                if step < total * (1 - args.decay):
                    shutil.copy(checkpoint, args.out / "level.pt")  # from here a longer training can go on
                saved = time.monotonic()
    torch.save(average.state_dict(), args.out / "reader.pt")


if __name__ == "__main__":
    main()
