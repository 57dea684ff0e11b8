from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from ..annotations import Act, Span
from ..lexicon import read_rows
from ..segment import Clause, Sentence, Word, find_clauses

# The frame of drafts that no rule found.
LEARNED: Final = "learned"
# The frame of what somebody is set on, told in passing: "Lima will not sell".
SET_ON: Final = "J"


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution before anybody knows who its source is.

    `frame` names the pattern that found it, `act` is what its cue alone suggests, `relay_source` and `relay_cue` the
    words that pass it on. `committed` names who is committed to the content where that is not the source ("According
    to X, Y agreed to P"). `last_sentence` is the sentence of its last part.
    """

    sentence: int
    source: Span | None
    cue: Span | None
    parts: tuple[Span, ...]
    act: Act
    frame: str
    confidence: float
    lemma: str = ""
    direct: bool = False
    negated_cue: bool = False
    committed: Span | None = None
    last_sentence: int = -1
    relay_source: Span | None = None
    relay_cue: Span | None = None
    quotations: tuple[tuple[int, int], ...] = field(default=())

    @property
    def span(self) -> Span:
        """The smallest span that holds all parts."""
        if len(self.parts) == 1:
            return self.parts[0]
        return Span(min(part.start for part in self.parts), max(part.end for part in self.parts))


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence ready for rules: its words without quotation marks, and its clauses."""

    text: str
    sentence: Sentence
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]

    def span(self, start: int, end: int) -> Span:
        """The article's span of words [start, end)."""
        return Span(self.words[start].start, self.words[max(start, end - 1)].end)


@cache
def cue_nouns() -> Mapping[str, Act]:
    """The act of each noun that can introduce a statement: claim, demand, promise."""
    return MappingProxyType({row[0]: Act(row[1]) for row in read_rows("cue_nouns")})


def set_scene(text: str, sentence: Sentence) -> Scene:
    """The scene of a sentence of the article's text."""
    words = tuple(word for word in sentence.words if word.tag != "QM")
    return Scene(text, sentence, words, tuple(find_clauses(words)))


def lower_words(words: Sequence[Word], start: int, count: int) -> list[str]:
    """The next few words from an index, in small letters."""
    return [word.lower for word in words[start : start + count]]
