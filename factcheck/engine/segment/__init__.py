"""Text → paragraphs, quotations, sentences, tagged words, all with offsets."""

from .clauses import find_clauses
from .document import Document, Sentence, segment_text
from .layout import MAX_BYTES, Paragraph, check_text, find_paragraphs, read_article
from .lookahead import leads_clause
from .openings import Clause
from .phrases import FINITE, VerbGroup, is_time_phrase, noun_phrase_end, quantifier_end, verb_group
from .quotations import Quotation, find_quotations
from .tagging import tag_text, tag_words
from .words import Word, is_capitalized, split_words, word_at

__all__ = [
    "FINITE",
    "MAX_BYTES",
    "Clause",
    "Document",
    "Paragraph",
    "Quotation",
    "Sentence",
    "VerbGroup",
    "Word",
    "check_text",
    "find_clauses",
    "find_paragraphs",
    "find_quotations",
    "is_capitalized",
    "is_time_phrase",
    "leads_clause",
    "noun_phrase_end",
    "quantifier_end",
    "read_article",
    "segment_text",
    "split_words",
    "tag_text",
    "tag_words",
    "verb_group",
    "word_at",
]
