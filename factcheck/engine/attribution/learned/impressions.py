"""What the model makes of each piece, kept small: the heads are linear, so a span's score is the mean of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...annotations import Span
from ...encoder import Hidden
from .heads import Heads, softmax
from .pieces import Pieces, Window

# The classes of the head for check-worthiness: no fact, an unimportant fact, a check-worthy one (ClaimBuster).
WORTH_CLASSES = ("NFS", "UFS", "CFS")


@dataclass(frozen=True, slots=True)
class Impressions:
    """Scores of every piece of an article: of being a cue's first, of check-worthiness, of acts as cue or content."""

    pieces: Pieces
    cues: Hidden
    worth: Hidden
    act_of_cue: Hidden
    act_of_content: Hidden

    @classmethod
    def blank(cls, pieces: Pieces, heads: Heads) -> Impressions:
        """Nothing seen yet."""
        count, acts = len(pieces.ids), heads["act_weight"].shape[1]
        shapes = (count,), (count, len(WORTH_CLASSES)), (count, acts), (count, acts)
        return cls(pieces, *(np.zeros(shape, dtype=np.float32) for shape in shapes))

    def note(self, window: Window, hidden: Hidden, cues: Hidden, heads: Heads) -> None:
        """Keep what a window shows of the pieces that it reads best."""
        own = slice(window.own_start, window.own_end)
        here = hidden[window.own_start - window.start : window.own_end - window.start]
        width = hidden.shape[1]
        self.cues[own] = cues[window.own_start - window.start : window.own_end - window.start]
        self.worth[own] = here @ heads["worth_weight"]
        self.act_of_cue[own] = here @ heads["act_weight"][:width]
        self.act_of_content[own] = here @ heads["act_weight"][width:]

    def cue_probability(self, span: Span) -> float:
        """How likely a cue begins within a span."""
        first, last = self.pieces.covering(span.start, span.end)
        return float(self.cues[first:last].max(initial=0.0))

    def checkworthiness(self, parts: Sequence[Span], heads: Heads) -> float:
        """How likely a content is a check-worthy fact."""
        scores = self._mean(self.worth, parts) + heads["worth_bias"]
        return float(softmax(scores)[WORTH_CLASSES.index("CFS")])

    def act_probabilities(self, cue: Span | None, parts: Sequence[Span], heads: Heads) -> tuple[float, ...]:
        """How likely each act is, in the order of `Act`."""
        of_cue = self._mean(self.act_of_cue, [cue] if cue is not None else [])
        scores = of_cue + self._mean(self.act_of_content, parts) + heads["act_bias"]
        return tuple(softmax(scores).tolist())

    def _mean(self, scores: Hidden, spans: Sequence[Span]) -> Hidden:
        ranges = [self.pieces.covering(span.start, span.end) for span in spans]
        rows = [scores[first:last] for first, last in ranges if first < last]
        if not rows:
            return np.zeros(scores.shape[1], dtype=np.float32)
        mean: Hidden = np.concatenate(rows).mean(axis=0)
        return mean
