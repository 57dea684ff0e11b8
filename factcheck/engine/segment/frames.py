"""Paragraph → frame sentences: sentences in which a direct quotation counts as one word.

"We left. It was late," she said. → one sentence: QUOTE , she said .
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..annotations import Span
from ..lexicon import has_tag, is_cue_form, read_words
from .quotations import Quotation
from .words import Word, split_words

QUOTE: Final = "QUOTE"
MARK: Final = "QM"
_TERMINATORS: Final = frozenset({".", "!", "?", "…", "..."})
_CLOSERS: Final = frozenset("”’\"')]»")
_PAUSES: Final = ",.?!…—–-"
MAX_SENTENCE: Final = 5000
_MOST_CLOSERS: Final = 4
_FEW_WORDS: Final = 3
_SOME_WORDS: Final = 4


def frame_words(text: str, paragraph: Span, quotations: list[Quotation]) -> list[Word]:
    """The words of a paragraph, each direct quotation as one word tagged QUOTE, other quotation marks tagged QM."""
    words: list[Word] = []
    at = paragraph.start
    for number, quotation in enumerate(quotations):
        span, inner = quotation.span, quotation.inner
        words.extend(split_words(text, at, span.start))
        if _is_direct(text, paragraph, quotation, words):
            words.append(Word(span.start, span.end, text[span.start : inner.start], QUOTE, QUOTE, number))
        else:
            words.append(_mark(text, span.start, inner.start))
            words.extend(split_words(text, inner.start, inner.end))
            words.append(_mark(text, inner.end, span.end))
        at = span.end
    words.extend(split_words(text, at, paragraph.end))
    return words


def _mark(text: str, start: int, end: int) -> Word:
    return Word(start, end, text[start:end], text[start:end], MARK)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a quotation looks from outside: a big first letter, a pause at its end, how many words, what follows it."""

    starts_big: bool
    closed: bool
    length: int
    follower: str
    ends_paragraph: bool


def _look_at(text: str, paragraph: Span, quotation: Quotation) -> _Look:
    span, inner = quotation.span, quotation.inner
    words = text[inner.start : min(inner.end, inner.start + MAX_SENTENCE)].strip()
    return _Look(
        starts_big=not words[0].islower(),
        closed=text[inner.end - 1] in _PAUSES,
        length=words.count(" ") + 1,
        follower=text[span.end : span.end + 1],
        ends_paragraph=span.end == paragraph.end,
    )


def _is_direct(text: str, paragraph: Span, quotation: Quotation, before: list[Word]) -> bool:
    """Whether a quotation is somebody's whole utterance, not words taken into the writer's own sentence."""
    if quotation.goes_on:
        return True
    look = _look_at(text, paragraph, quotation)
    last = before[-1] if before else None
    if last is None or last.text in _TERMINATORS or last.tag == QUOTE:
        return _stands_alone(look)
    return _follows_pause(look) if last.text in {",", ":"} else _follows_cue(look, last)


def _stands_alone(look: _Look) -> bool:
    if look.closed:
        return look.starts_big or look.length >= _FEW_WORDS
    return look.follower == "," and look.starts_big and look.length >= _FEW_WORDS


def _follows_pause(look: _Look) -> bool:
    """`Lima said: "We left"`: more than a word, and an end of its own or one that the sentence gives it."""
    ends = look.closed or look.follower in {",", "."} or look.ends_paragraph
    return ends and look.length > 1 and (look.starts_big or look.closed)


def _follows_cue(look: _Look, last: Word) -> bool:
    """`Lima said "We have all left."`: without a pause before it only a cue or "that" introduces it."""
    introduced = is_cue_form(last.lower) or last.lower == "that"
    return look.starts_big and look.closed and introduced and look.length >= _SOME_WORDS


def split_sentences(text: str, words: list[Word]) -> list[list[Word]]:
    """The words cut into sentences; one of more than 5,000 characters is cut at a word."""
    sentences: list[list[Word]] = []
    current: list[Word] = []
    for index, word in enumerate(words):
        if current and word.end - current[0].start > MAX_SENTENCE and word.tag != QUOTE:
            sentences.append(current)
            current = []
        current.append(word)
        if _ends_sentence(text, words, index):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return _with_closers(sentences)


def _with_closers(sentences: list[list[Word]]) -> list[list[Word]]:
    """Closing marks right after a full stop go to the sentence they close."""
    joined: list[list[Word]] = []
    for sentence in sentences:
        rest = sentence
        moved = 0
        while joined and moved < min(_MOST_CLOSERS, len(rest)) and _touches(joined[-1][-1], rest[moved]):
            joined[-1].append(rest[moved])
            moved += 1
        rest = rest[moved:]
        if rest:
            joined.append(rest)
    return joined


def _touches(word: Word, closer: Word) -> bool:
    """Whether a closing mark follows right behind a word."""
    return closer.text in _CLOSERS and closer.start == word.end


def _ends_sentence(text: str, words: list[Word], index: int) -> bool:
    word = words[index]
    following = index + 1
    limit = min(len(words), index + 1 + _MOST_CLOSERS)
    while following < limit and _touches(words[following - 1], words[following]):
        following += 1
    if following >= len(words):
        return False
    if word.tag == QUOTE:
        return _quotation_ends(text, word, words, following)
    if word.text in _TERMINATORS:
        return _starts_sentence(words[following])
    return word.lower.endswith(".") and len(word.lower) > 1 and _function_word(words[following])


def _starts_sentence(word: Word) -> bool:
    return word.tag in {QUOTE, MARK} or not word.text[0].islower()


def _function_word(word: Word) -> bool:
    return word.text[0].isupper() and word.lower in read_words("sentence_openers")


def _quotation_ends(text: str, word: Word, words: list[Word], following: int) -> bool:
    """A quotation that ends in a full stop ends the sentence; one that ends in ? or ! does unless its cue follows."""
    last = text[word.start : word.end].rstrip("\"'”’»“")[-1:]
    if not last or last not in ".?!…" or not _starts_sentence(words[following]):
        return False
    return last == "." or words[following].tag == QUOTE or not _cue_follows(words, following)


def _cue_follows(words: list[Word], start: int) -> bool:
    """Whether `"Why?" Ada Lima asked` goes on after its quotation: a subject, then a reporting verb."""
    for word in words[start : start + 8]:
        if word.tag == QUOTE or word.text in _TERMINATORS:
            return False
        if is_cue_form(word.lower):
            return True
        if word.text[0].islower() and has_tag(word.lower, "VBD") and not has_tag(word.lower, "NN"):
            return False
    return False
