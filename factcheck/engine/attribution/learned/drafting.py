"""A sighting becomes a draft, with its edges as the contract wants them; what its cue means is read later."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from ...annotations import Act, Span
from ...lexicon import find_cue_verbs
from ...segment import Document, Quotation
from ..drafts import LEARNED, Draft
from ..edges import balance_marks, trim_edges
from .perception import Sighting

_NEGATIONS: Final = frozenset({"not", "n't", "never"})


def draft_sighting(document: Document, sighting: Sighting) -> Draft | None:
    """The draft of a sighting; None where nothing but marks is left of its content."""
    parts = tuple(part for span in sighting.parts if (part := _trimmed(document, span)) is not None)
    if not parts:
        return None
    direct = all(_quotation_around(document, part) is not None for part in parts)
    return Draft(
        sentence=sentence_at(document, sighting.cue.start),
        source=_beside_cue(document, sighting),
        cue=sighting.cue,
        parts=parts,
        act=Act.ASSERTION,
        frame=LEARNED,
        confidence=sighting.cue_probability,
        lemma=_lemma(sighting.cue.of(document.text)),
        direct=direct,
        negated_cue=not _NEGATIONS.isdisjoint(sighting.cue.of(document.text).lower().replace("n't", " n't").split()),
        last_sentence=sentence_at(document, parts[-1].start),
        quotations=tuple(_numbers(document, parts)) if direct else (),
    )


def _lemma(cue: str) -> str:
    """The base form of the first cue verb in a cue; empty where there is none."""
    verbs = (verb for word in cue.lower().split() for verb in find_cue_verbs(word))
    return next((verb.base for verb in verbs), "according" if "according" in cue.lower() else "")


def sentence_at(document: Document, offset: int) -> int:
    """The number of the sentence that holds a character, or of the last one before it."""
    return max(0, bisect_right(document.starts, offset) - 1)


def _trimmed(document: Document, span: Span) -> Span | None:
    trimmed = trim_edges(document.text, _within_headline(document, span))
    if trimmed is None:
        return None
    first, last = (document.sentences[sentence_at(document, at)] for at in (trimmed.start, trimmed.end - 1))
    quotations = (*first.quotations, *(last.quotations if last is not first else ()))
    return balance_marks(document.text, trimmed, quotations)


def _beside_cue(document: Document, sighting: Sighting) -> Span | None:
    """The source as far as it stands in one paragraph, the one nearer to the cue: no name runs over two."""
    source = sighting.source
    if source is None:
        return None
    edge = source.end - 1 if source.start < sighting.cue.start else source.start
    paragraph = document.paragraphs[document.sentences[sentence_at(document, edge)].paragraph].span
    start, end = max(source.start, paragraph.start), min(source.end, paragraph.end)
    return Span(start, end) if start < end else source


def _within_headline(document: Document, span: Span) -> Span:
    """A span that begins in the headline ends there: the outlet and the time stand between it and the body."""
    sentence = document.sentences[sentence_at(document, span.start)]
    end = document.paragraphs[sentence.paragraph].span.end
    return Span(span.start, min(span.end, end)) if sentence.headline and span.start < end else span


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
