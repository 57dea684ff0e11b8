"""Windows of marked articles as tensors: pieces, cue tags, and one row of role tags per cue."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from factcheck.engine.attribution.learned.pieces import Pieces, Window, cut_pieces, cut_windows
from factcheck.engine.encoder import Tokens
from factcheck.engine.segment import segment_text
from training.reader.corpus import Marked, MarkedArticle
from training.reader.model import ACTS, ROLE_TAGS

CLS, SEP = 101, 102


@dataclass(slots=True)
class Example:
    """One window, without its special tokens."""

    ids: tuple[int, ...]
    layout: tuple[int, ...]
    cues: list[tuple[int, int]] = field(default_factory=list)
    roles: list[list[int]] = field(default_factory=list)
    acts: list[tuple[int, float]] = field(default_factory=list)


def cut_articles(
    tokenize: Callable[[str], Tokens], articles: Sequence[MarkedArticle]
) -> list[tuple[MarkedArticle, Pieces]]:
    """The pieces of each article, once."""
    return [(article, cut_pieces(tokenize, segment_text(article.text))) for article in articles]


def make_examples(
    cut: Sequence[tuple[MarkedArticle, Pieces]], pick: random.Random, sizes: tuple[int, int]
) -> list[Example]:
    """All windows of the articles, of sizes drawn anew each time."""
    return [
        make_example(article, pieces, window)
        for article, pieces in cut
        for window in cut_windows(pieces, pick.randint(*sizes), 8)
    ]


def make_example(article: MarkedArticle, pieces: Pieces, window: Window) -> Example:
    """The window with the tags of what lies in it."""
    example = Example(pieces.ids[window.start : window.end], pieces.layout[window.start : window.end])
    for mark in article.attributions:
        cues = [_inside(pieces, window, span) for span in mark.cue]
        if len(cues) != 1 or cues[0] is None:
            continue
        example.cues.append(cues[0])
        example.roles.append(_roles(pieces, window, mark))
        act = ACTS.index(mark.act) if mark.act else 0
        example.acts.append((act, (1.0 if mark.certain else 0.3) if mark.act else 0.0))
    return example


def _inside(pieces: Pieces, window: Window, span: tuple[int, int]) -> tuple[int, int] | None:
    first, last = pieces.covering(*span)
    if first >= last or first < window.start or last > window.end:
        return None
    return first - window.start, last - window.start


def _roles(pieces: Pieces, window: Window, mark: Marked) -> list[int]:
    tags = [0] * (window.end - window.start)
    for kind, spans in (("content", mark.content), ("source", mark.source)):
        for span in spans:
            first, last = pieces.covering(*span)
            first, last = max(first, window.start), min(last, window.end)
            for index in range(first, last):
                tags[index - window.start] = ROLE_TAGS.index(("B-" if index == first else "I-") + kind)
    return tags


@dataclass(slots=True)
class Batch:
    """Padded windows; position 0 is the model's opening token."""

    ids: Tensor
    layout: Tensor
    mask: Tensor
    cue_tags: Tensor
    rows: Tensor
    first: Tensor
    last: Tensor
    roles: Tensor
    acts: Tensor
    act_weights: Tensor


def batches(examples: list[Example], pick: random.Random, pieces: int) -> Iterator[Batch]:
    """The examples in batches of about so many pieces, alike in length, in a random order."""
    order = sorted(examples, key=lambda example: len(example.ids) + pick.random() * 60)
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.ids) > pieces:
            groups.append([])
        groups[-1].append(example)
    pick.shuffle(groups)
    for group in groups:
        yield collate(group)


def collate(group: list[Example]) -> Batch:
    """Several windows as one batch."""
    length = max(len(example.ids) for example in group) + 2
    ids, layout, mask = (torch.zeros(len(group), length, dtype=torch.long) for _ in range(3))
    cue_tags = torch.full((len(group), length), -100)
    rows, first, last, roles, acts, weights = [], [], [], [], [], []
    for row, example in enumerate(group):
        n = len(example.ids)
        ids[row, : n + 2] = torch.tensor([CLS, *example.ids, SEP])
        layout[row, 1 : n + 1] = torch.tensor(example.layout)
        mask[row, : n + 2] = 1
        cue_tags[row, 1 : n + 1] = 0
        for (begin, end), tags, (act, weight) in zip(example.cues, example.roles, example.acts, strict=True):
            cue_tags[row, begin + 1] = 1
            cue_tags[row, begin + 2 : end + 1] = 2
            rows.append(row)
            first.append(begin + 1)
            last.append(end + 1)
            roles.append(torch.nn.functional.pad(torch.tensor(tags), (1, length - n - 1)))
            acts.append(act)
            weights.append(weight)
    stacked = torch.stack(roles) if roles else torch.zeros(0, length, dtype=torch.long)
    return Batch(
        ids,
        layout,
        mask,
        cue_tags,
        torch.tensor(rows, dtype=torch.long),
        torch.tensor(first),
        torch.tensor(last),
        stacked,
        torch.tensor(acts, dtype=torch.long),
        torch.tensor(weights),
    )
