from __future__ import annotations

from dataclasses import dataclass

from ..annotations import Span
from .frames import frame_words, split_sentences
from .layout import Paragraph, find_paragraphs
from .quotations import Quotation, find_quotations
from .tagging import tag_words
from .words import Word


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tagged words; a direct quotation counts as one word tagged QUOTE.

    `number` counts the article's sentences; `quotations` are those of its paragraph, to which the number of a QUOTE
    word points.
    """

    number: int
    paragraph: int
    span: Span
    words: tuple[Word, ...]
    quotations: tuple[Quotation, ...]
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """An article's text cut up: paragraphs, their quotations, sentences in reading order."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[tuple[Quotation, ...], ...]
    sentences: tuple[Sentence, ...]


def segment_text(text: str) -> Document:
    """Cut an article's text into paragraphs, quotations, sentences and tagged words, with offsets in the text."""
    paragraphs = find_paragraphs(text)
    quotations = find_quotations(text, [paragraph.span for paragraph in paragraphs])
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        words = frame_words(text, paragraph.span, quotations[number])
        for group in split_sentences(text, words):
            span = Span(group[0].start, group[-1].end)
            marks = tuple(quotations[number])
            sentences.append(Sentence(len(sentences), number, span, tuple(tag_words(group)), marks, paragraph.headline))
    return Document(text, tuple(paragraphs), tuple(map(tuple, quotations)), tuple(sentences))
