"""Everything the reader learns from, cut to pieces once and kept beside the checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from factcheck.engine.attribution import find_by_rule, set_scenes
from factcheck.engine.attribution.learned.pieces import Pieces
from factcheck.engine.encoder import Tokens
from factcheck.engine.segment import segment_text
from training.reader.corpus import Marked, MarkedArticle, read_event, read_polnear
from training.reader.examples import cut_articles

Cut = list[tuple[MarkedArticle, Pieces]]
EVENT_COPIES = 2  # our own articles are few


def open_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, neither padding nor cutting."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def tokenize_with(tokenizer: Tokenizer) -> Callable[[str], Tokens]:
    """The engine's view of a tokenizer."""

    def tokenize(text: str) -> Tokens:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        return Tokens(encoding.ids, encoding.offsets)

    return tokenize


def training_events(folder: Path) -> list[Path]:
    """The events that are not held back."""
    held = (folder / "held.txt").read_text(encoding="utf-8").split("\n")
    return [path.parent for path in sorted(folder.glob("*/gold.json")) if path.parent.name not in held]


def gather(polnear: Path, events: Path, tokenizer: Tokenizer, kept: Path) -> Cut:
    """The articles to learn from; PolNeAR's are read once and kept in a file."""
    tokenize = tokenize_with(tokenizer)
    if kept.exists():
        cut: Cut = torch.load(kept, weights_only=False)
    else:
        articles = [with_acts(article) for article in read_polnear(polnear / "train.jsonl.gz", primary=False)]
        cut = cut_articles(tokenize, articles)
        torch.save(cut, kept)
    ours = [article for folder in training_events(events) for article in read_event(folder)]
    return cut + cut_articles(tokenize, ours) * EVENT_COPIES


def with_acts(article: MarkedArticle) -> MarkedArticle:
    """The article with the acts that the rules read from cues they know: a weak teacher."""
    document = segment_text(article.text)
    drafts = find_by_rule(document, set_scenes(document))
    known = [(draft.cue, draft.act.value) for draft in drafts if draft.cue is not None]

    def act_at(mark: Marked) -> str | None:
        start, end = mark.cue[0] if mark.cue else (0, 0)
        return next((act for cue, act in known if cue.start < end and start < cue.end), None)

    marks = tuple(replace(mark, act=act_at(mark)) for mark in article.attributions)
    return replace(article, attributions=marks)
