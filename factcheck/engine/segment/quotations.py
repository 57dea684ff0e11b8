"""Quotations in a paragraph: straight and typographic marks, guillemets, apostrophes told from closing marks.

A paragraph that ends inside a quotation while the next one opens with the same mark is one part of a quotation over
several paragraphs. Marks that find no partner mark nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from ..annotations import Span

_CLOSERS: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "'": "'"}
# Two straight apostrophes are a typewriter's double mark.
_MARK = re.compile("''|[“”„«»\"‘’']")
_DOUBLE: Final = frozenset('“”„«»"')
# How many marks a search for the closing one looks at: far more than a paragraph has, few enough to stay linear.
_REACH: Final = 60


class _Mark(NamedTuple):
    """A mark of quotation at [start, end); `before` and `after` are its neighbors, blank at a paragraph's edges."""

    start: int
    end: int
    sign: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in one paragraph; `span` holds the marks, `inner` the words between them.

    `goes_on` tells that the next paragraph continues it.
    """

    span: Span
    inner: Span
    goes_on: bool = False


def find_quotations(text: str, paragraphs: list[Span]) -> list[list[Quotation]]:
    """The quotations of each paragraph, outermost only, in order."""
    found: list[list[Quotation]] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        found.append(_quotations_in(text, paragraph, following))
    return found


def _quotations_in(text: str, paragraph: Span, following: Span | None) -> list[Quotation]:
    marks = _find_marks(text, paragraph)
    quotations: list[Quotation] = []
    number = 0
    while number < len(marks):
        opener = marks[number]
        close = _closing(marks, number) if _opens(opener) else None
        if close is not None:
            inner = text[opener.end : marks[close].start]
            if inner.strip():
                spans = Span(opener.start, marks[close].end), Span(opener.end, marks[close].start)
                quotations.append(Quotation(*spans))
            number = close + 1
            continue
        if _opens(opener) and _reopens(text, opener, paragraph, following):
            spans = Span(opener.start, paragraph.end), Span(opener.end, paragraph.end)
            quotations.append(Quotation(*spans, goes_on=True))
            break
        number += 1
    return quotations


def _find_marks(text: str, paragraph: Span) -> list[_Mark]:
    marks: list[_Mark] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        before = text[match.start() - 1] if match.start() > paragraph.start else " "
        after = text[match.end()] if match.end() < paragraph.end else " "
        sign = '"' if match.group() == "''" else match.group()
        marks.append(_Mark(match.start(), match.end(), sign, before, after))
    return marks


def _reopens(text: str, opener: _Mark, paragraph: Span, following: Span | None) -> bool:
    """Whether the next paragraph opens with the mark that this one leaves open."""
    mark = text[opener.start : opener.end]
    return following is not None and opener.end < paragraph.end and text.startswith(mark, following.start)


def _opens(mark: _Mark) -> bool:
    if mark.sign in "“„«":
        return True
    if mark.sign == "»":
        return mark.before.isspace() and not mark.after.isspace()
    if mark.sign == "‘":
        return not mark.before.isalnum() and not mark.after.isspace()
    return mark.sign in "\"'" and not mark.after.isspace() and (mark.before.isspace() or mark.before in "([—–-/“‘")


def _closing(marks: list[_Mark], number: int) -> int | None:
    """The index of the mark that closes the one at `number`; nested quotations of the same kind are skipped."""
    opener = marks[number].sign
    if opener in "‘'":
        return _closing_single(marks, number)
    depth = 0
    for index in range(number + 1, min(len(marks), number + 1 + _REACH)):
        sign = marks[index].sign
        if sign == opener and opener not in _CLOSERS[opener]:
            depth += 1
        elif sign in _CLOSERS[opener]:
            if not depth:
                return index
            depth -= 1
    return None


def _closing_single(marks: list[_Mark], number: int) -> int | None:
    """An apostrophe stands inside a word or after a plural's s; a closing mark best follows punctuation."""
    able = list(_closing_candidates(marks, number))
    after_stop = (index for index in able if marks[index].before in ".,?!…")
    after_no_plural = (index for index in able if marks[index].before != "s")
    return next(chain(after_stop, after_no_plural, reversed(able)), None)


def _closing_candidates(marks: list[_Mark], number: int) -> Iterator[int]:
    """The single marks that can close the one at `number`: behind a word, before the next double or opening mark."""
    opener = marks[number].sign
    for index in range(number + 1, min(len(marks), number + 1 + _REACH)):
        mark = marks[index]
        if mark.sign in _DOUBLE or (mark.sign == opener == "‘"):
            return
        if mark.sign in _CLOSERS[opener] and not mark.after.isalnum():
            yield index
