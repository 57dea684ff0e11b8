"""What the learned reader makes of an article: cues, each with its source and content, as spans of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from ...annotations import Span
from ...encoder import Hidden, Model
from ...segment import Document
from .decoding import CueFound, Tags, best_roles, find_cues, find_runs
from .heads import CUE_TAGS, ROLE_TAGS, score_cues, score_roles, softmax
from .pieces import Pieces, Window, cut_pieces, cut_windows

# Windows are decoded so many at a time: fewer steps in Python, and memory that does not grow with the text.
_TOGETHER: Final = 16
# The same pieces over and over, as in what was made to be slow, are read once; articles have no two windows alike.
_REMEMBERED: Final = 4
_CONTENT: Final = [ROLE_TAGS.index("B-content"), ROLE_TAGS.index("I-content")]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One attribution that the model sees: spans in the article's text, and how sure it is of cue and content."""

    source: Span | None
    cue: Span
    parts: tuple[Span, ...]
    cue_probability: float
    content_probability: float


@dataclass(frozen=True, slots=True)
class Perception:
    """All that a model makes of an article: the attributions it sees, and where it thinks that cues begin.

    `confidence` holds the weights by which rules and model together are as sure as they are.
    """

    sightings: tuple[Sighting, ...]
    pieces: Pieces
    begins: Hidden
    confidence: Mapping[str, float]

    def cue_probability(self, span: Span) -> float:
        """How likely a cue begins within a span."""
        first, last = self.pieces.covering(span.start, span.end)
        return float(self.begins[first:last].max(initial=0.0))


def perceive(document: Document, model: Model, least: float) -> Perception:
    """Read an article once; attributions come in the order of their cues, those whose cue is at least so likely."""
    pieces = cut_pieces(model.tokenize, document)
    windows = cut_windows(pieces, model.folder.window, model.folder.overlap)
    begins = np.zeros(len(pieces.ids), dtype=np.float32)
    encode = lru_cache(_REMEMBERED)(model.encode)
    sightings: list[Sighting] = []
    for at in range(0, len(windows), _TOGETHER):
        looks = (_look(pieces, begins, window, encode, model, least=least) for window in windows[at : at + _TOGETHER])
        seen = [seen for look in looks for seen in look]
        paths = best_roles([scores for _, _, scores in seen], model.heads) if seen else []
        for (window, cue, scores), tags in zip(seen, paths, strict=True):
            sightings.extend(_spell_out(pieces, window, cue, scores, tags))
    model.rest()
    return Perception(tuple(sightings), pieces, begins, model.folder.confidence)


def _look(
    pieces: Pieces, begins: Hidden, window: Window, encode: Callable[..., Hidden], model: Model, *, least: float
) -> Iterator[tuple[Window, CueFound, Hidden]]:
    """The cues that a window reads best, with the role scores of all its pieces; notes where cues may begin."""
    hidden = encode(pieces.ids[window.start : window.end], pieces.layout[window.start : window.end])
    tags = score_cues(hidden, model.heads)
    own = slice(window.own_start - window.start, window.own_end - window.start)
    begins[window.own_start : window.own_end] = tags[own, CUE_TAGS.index("B")]
    cues = [cue for cue in find_cues(tags, least) if window.own_start <= cue.first + window.start < window.own_end]
    if cues:
        scores = score_roles(hidden, [(cue.first, cue.last) for cue in cues], model.heads)
        yield from ((window, cue, rows) for cue, rows in zip(cues, scores, strict=True))


def _spell_out(pieces: Pieces, window: Window, cue: CueFound, scores: Hidden, tags: Tags) -> Iterator[Sighting]:
    runs = list(find_runs(tags))
    parts = [run for run in runs if run.role == "content"]
    if not parts:
        return
    sources = [run for run in runs if run.role == "source"]
    source = min(sources, key=lambda run: max(run.first - cue.last, cue.first - run.last), default=None)
    sure = float(np.mean([softmax(scores[run.first : run.last])[:, _CONTENT].sum(axis=1).mean() for run in parts]))
    yield Sighting(
        source=_span(pieces, window, source.first, source.last) if source else None,
        cue=_span(pieces, window, cue.first, cue.last),
        parts=tuple(_span(pieces, window, run.first, run.last) for run in parts),
        cue_probability=cue.probability,
        content_probability=sure,
    )


def _span(pieces: Pieces, window: Window, first: int, last: int) -> Span:
    return Span(pieces.starts[window.start + first], pieces.ends[window.start + last - 1])
