"""Clauses, and the state of the pass that finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..lexicon import find_cue_verbs
from .phrases import VerbGroup
from .words import Word


@dataclass(slots=True)
class Clause:
    """A clause under construction, then found: its subject and verb as ranges of words.

    `kind` is main, complement, relative, adverbial or coordinate; `opener` the word that introduces it; `parent` the
    clause it hangs on; `antecedent` what a relative clause is about. `shared` tells that the subject is that of the
    clause before, `trailing` that it follows its content after a comma, `after_comma` that a relative clause does.
    """

    kind: str
    opener: str
    start: int
    parent: Clause | None = None
    subject: tuple[int, int] | None = None
    antecedent: tuple[int, int] | None = None
    verb: VerbGroup | None = None
    shared: bool = False
    trailing: bool = False
    after_comma: bool = False
    others: list[VerbGroup] = field(default_factory=list)

    @property
    def awaits_verb(self) -> bool:
        """Whether it has a subject and no verb yet."""
        return self.verb is None and self.subject is not None


class OpenClauses:
    """The state of the pass: the open clauses, and the bare noun phrases since the last verb or comma."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.open = [Clause("main", "", 0)]
        self.found: list[Clause] = []
        self.phrases: list[tuple[int, int]] = []
        self.comma = -1
        self.conjunction = -1
        self.pending: tuple[int, int] | None = None
        self.since_verb: list[tuple[int, int]] = []


def cue_length(words: Sequence[Word], head: int) -> int:
    """How many words a cue verb at `head` spans with its particle; 0 when none stands there."""
    for verb in find_cue_verbs(words[head].lower):
        particle = verb.particle.split()
        if not verb.preposition and [word.lower for word in words[head + 1 : head + 1 + len(particle)]] == particle:
            return 1 + len(particle)
    return 0


def takes_bare_clause(word: Word) -> bool:
    """Whether a verb takes a clause without "that": `said the bank was closed`."""
    return any("Z" in verb.frames for verb in find_cue_verbs(word.lower))
