"""A sighting becomes a draft: its edges as the contract wants them, its act as far as its cue tells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from ...annotations import Act, Span
from ...lexicon import CueVerb, find_cue_verbs
from ...segment import Document, Quotation, Word
from ..drafts import Draft, cue_nouns
from ..edges import balance_marks, trim_edges
from .perception import Sighting

FRAME: Final = "learned"
_NEGATIONS: Final = frozenset({"not", "n't", "never"})


def draft_sighting(document: Document, sighting: Sighting) -> Draft | None:
    """The draft of a sighting; None where nothing but marks is left of its content."""
    parts = tuple(part for span in sighting.parts if (part := _trimmed(document, span)) is not None)
    if not parts:
        return None
    words = list(_words_in(document, sighting.cue))
    verb = _cue_verb(words)
    direct = all(_quotation_around(document, part) is not None for part in parts)
    return Draft(
        sentence=sentence_at(document, sighting.cue.start),
        source=sighting.source,
        cue=sighting.cue,
        parts=parts,
        act=verb.act if verb else _noun_act(words),
        frame=FRAME,
        confidence=sighting.cue_probability,
        lemma=verb.base if verb else "",
        direct=direct,
        negated_cue=any(word.lower in _NEGATIONS for word in words),
        last_sentence=sentence_at(document, parts[-1].start),
        quotations=tuple(_numbers(document, parts)) if direct else (),
    )


def sentence_at(document: Document, offset: int) -> int:
    """The number of the sentence that holds a character, or of the last one before it."""
    return max(0, bisect_right(document.starts, offset) - 1)


def _trimmed(document: Document, span: Span) -> Span | None:
    trimmed = trim_edges(document.text, span)
    if trimmed is None:
        return None
    first, last = (document.sentences[sentence_at(document, at)] for at in (trimmed.start, trimmed.end - 1))
    quotations = (*first.quotations, *(last.quotations if last is not first else ()))
    return balance_marks(document.text, trimmed, quotations)


def _words_in(document: Document, span: Span) -> Iterator[Word]:
    sentence = document.sentences[sentence_at(document, span.start)]
    return (word for word in sentence.words if word.start < span.end and span.start < word.end)


def _cue_verb(words: Sequence[Word]) -> CueVerb | None:
    """The last verb of a cue that the list knows, with the particle or preposition that follows it there."""
    lower = [word.lower for word in words]
    for index in range(len(words) - 1, -1, -1):
        after = lower[index + 1 : index + 2]
        verbs = find_cue_verbs(lower[index])
        fitting = [verb for verb in verbs if (verb.particle or verb.preposition) in after]
        plain = [verb for verb in verbs if not verb.particle and not verb.preposition]
        if fitting or plain or verbs:
            return (fitting or plain or list(verbs))[0]
    return None


def _noun_act(words: Sequence[Word]) -> Act:
    nouns = cue_nouns()
    return next((nouns[word.lower] for word in words if word.lower in nouns), Act.ASSERTION)


def _quotation_around(document: Document, part: Span) -> tuple[int, int] | None:
    """The paragraph and number of the quotation that holds a part whole."""
    paragraph = document.sentences[sentence_at(document, part.start)].paragraph
    for number, quotation in enumerate(document.quotations[paragraph]):
        if _holds(quotation, part):
            return paragraph, number
    return None


def _holds(quotation: Quotation, part: Span) -> bool:
    return quotation.span.contains(part)


def _numbers(document: Document, parts: Sequence[Span]) -> Iterator[tuple[int, int]]:
    for part in parts:
        found = _quotation_around(document, part)
        if found is not None:
            yield found
