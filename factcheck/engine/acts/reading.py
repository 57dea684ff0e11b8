"""What the rules of acts look at: an utterance, and the words and first clause of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..annotations import Act, Quote
from ..segment import Clause, VerbGroup, Word, find_clauses, tag_text

PERSONAL: Final = frozenset({"i", "we", "he", "she", "they"})
_FUTURE: Final = frozenset({"will", "would", "shall", "'ll", "won't", "wouldn't", "shan't"})
_PERFECT: Final = frozenset({"have", "has", "haven't", "hasn't", "'ve"})
_FIRST_WORDS: Final = 400
# Verbs whose past tense looks like the present.
_UNCHANGED: Final = frozenset({"cut", "hit", "hurt", "let", "put", "quit", "read", "set", "shut", "split", "spread"})
_STOPS: Final = frozenset({".", "!", "?", ";"})
_OPENERS: Final = frozenset({"that", "but", "and", "so", "because", "yet", "then", "well"})
_MARKS: Final = frozenset('“”‘«»"')


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the rules of acts read: the content, how it was quoted, and the act that the cue alone suggests."""

    content: str
    quote: Quote
    cue_act: Act
    lemma: str
    quoted_share: float = 0.0

    @property
    def is_direct(self) -> bool:
        """Whether all of it stands in quotation marks."""
        return self.quote is Quote.DIRECT


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a sentence and its first main clause."""

    words: tuple[Word, ...]
    clause: Clause | None
    lower: tuple[str, ...]

    @property
    def group(self) -> VerbGroup | None:
        """The verb group of the clause."""
        return self.clause.verb if self.clause is not None else None

    @property
    def subject(self) -> tuple[str, ...]:
        """The subject of the clause, in small letters."""
        if self.clause is None or self.clause.subject is None:
            return ()
        start, end = self.clause.subject
        return self.lower[start:end]

    @property
    def verb(self) -> tuple[str, ...]:
        """The verb group of the clause, in small letters."""
        return self.lower[self.group.start : self.group.end] if self.group is not None else ()

    @property
    def is_personal(self) -> bool:
        """Whether the subject is a person's pronoun."""
        return not PERSONAL.isdisjoint(self.subject)

    @property
    def is_future(self) -> bool:
        """Whether the verb tells what will be, or would."""
        return not _FUTURE.isdisjoint(self.verb)

    @property
    def infinitive(self) -> bool:
        """Whether it begins with an infinitive: `to pay`, `not to pay`."""
        return "to" in self.lower[:2] and self.lower[:1] in {("to",), ("not",)}

    @property
    def is_negated(self) -> bool:
        """Whether the verb is negated."""
        return self.group is not None and self.group.negated

    @property
    def is_passive(self) -> bool:
        """Whether the verb is passive."""
        return self.group is not None and self.group.passive

    @property
    def is_past(self) -> bool:
        """Whether the verb tells what was: a past tense or a present perfect."""
        if self.group is None:
            return False
        if self.group.is_bare and self.lower[self.group.head] in _UNCHANGED:
            return self._is_singular
        perfect = not self.group.is_bare and not _PERFECT.isdisjoint(self.verb)
        told = self.group.is_bare and self.subject != () and self.words[self.group.head].tag == "VBN"
        return perfect or told or any(word.tag == "VBD" for word in self.words[self.group.start : self.group.end])

    @property
    def only_answers(self) -> bool:
        """Whether it tells where, when or how many, without a verb: `In a safe.`, `Thirty seconds.`."""
        return self.group is None and self.words[:1] != () and self.words[0].tag in {"IN", "CD"}

    @property
    def _is_singular(self) -> bool:
        """Whether the subject is one person or thing that the present tense would mark: `he put`."""
        start, end = (self.clause.subject if self.clause is not None else None) or (0, 0)
        head = self.words[end - 1] if end > start else None
        return head is not None and (head.lower in {"he", "she", "it"} or head.tag in {"NN", "NNP"})

    @property
    def negates_object(self) -> bool:
        """Whether a "no" or "nobody" stands right behind the verb: `we paid nobody`."""
        behind = self.lower[self.group.end : self.group.end + 2] if self.group is not None else ()
        return not {"no", "nobody", "nothing", "none"}.isdisjoint(behind)


def read_first(content: str) -> tuple[Reading, list[Word]]:
    """The first sentence of a content, and the words of the second."""
    words = [word for word in tag_text(content[:_FIRST_WORDS]) if word.text not in _MARKS]
    end = _stop(words)
    rest = words[end + 1 :]
    return read_sentence(words[:end]), rest[: _stop(rest)]


def _stop(words: Sequence[Word]) -> int:
    return next((index for index, word in enumerate(words) if word.text in _STOPS), len(words))


def read_sentence(words: Sequence[Word]) -> Reading:
    """A sentence without the "that" or "but" before it."""
    start = 1 if words and words[0].lower in _OPENERS else 0
    sentence = tuple(words[start:])
    clauses = find_clauses(sentence)
    main = next((c for c in clauses if c.kind in {"main", "coordinate"}), clauses[0] if clauses else None)
    return Reading(sentence, main, tuple(word.lower for word in sentence))
