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

    `number` counts the article's sentences; `quotations` are those that begin in the sentence, `first_quotation` is the
    number of the first of them in its paragraph.
    """

    number: int
    paragraph: int
    span: Span
    words: tuple[Word, ...]
    quotations: tuple[Quotation, ...]
    first_quotation: int
    headline: bool = False

    def quotation_of(self, word: Word) -> Quotation:
        """The quotation that a QUOTE word of this sentence stands for."""
        return self.quotations[word.quotation - self.first_quotation]


@dataclass(frozen=True, slots=True)
class Document:
    """An article's text cut up: paragraphs, their quotations, sentences in reading order, where each begins."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[tuple[Quotation, ...], ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]


def segment_text(text: str) -> Document:
    """Cut an article's text into paragraphs, quotations, sentences and tagged words, with offsets in the text."""
    paragraphs = find_paragraphs(text)
    quotations = find_quotations(text, [paragraph.span for paragraph in paragraphs])
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        words = frame_words(text, paragraph.span, quotations[number])
        first = 0
        for group in split_sentences(text, words):
            span = Span(group[0].start, group[-1].end)
            last = first
            while last < len(quotations[number]) and quotations[number][last].span.start < span.end:
                last += 1
            own = tuple(quotations[number][first:last])
            tagged = tuple(tag_words(group))
            sentences.append(Sentence(len(sentences), number, span, tagged, own, first, paragraph.headline))
            first = last
    starts = tuple(sentence.span.start for sentence in sentences)
    return Document(text, tuple(paragraphs), tuple(map(tuple, quotations)), tuple(sentences), starts)
