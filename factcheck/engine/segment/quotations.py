"""Quotations in a paragraph: straight and typographic marks, guillemets, apostrophes told from closing marks.

A paragraph that ends inside a quotation while the next one opens with the same mark is one part of a quotation over several
paragraphs. Marks that find no partner mark nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ..annotations import Span

_CLOSERS: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "'": "'"}
_MARK = re.compile("[“”„«»\"‘’']")
_DOUBLE: Final = frozenset('“”„«»"')


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
    marks = [match.start() for match in _MARK.finditer(text, paragraph.start, paragraph.end)]
    quotations: list[Quotation] = []
    number = 0
    while number < len(marks):
        start = marks[number]
        if not _opens(text, start, paragraph):
            number += 1
            continue
        close = _closing(text, marks, number, paragraph)
        if close is not None:
            _keep(quotations, text, start, marks[close])
            number = close + 1
            continue
        if following is not None and text[following.start] == text[start] and start + 1 < paragraph.end:
            quotations.append(Quotation(Span(start, paragraph.end), Span(start + 1, paragraph.end), goes_on=True))
            break
        number += 1
    return quotations


def _keep(quotations: list[Quotation], text: str, start: int, close: int) -> None:
    if text[start + 1 : close].strip():
        quotations.append(Quotation(Span(start, close + 1), Span(start + 1, close)))


def _before(text: str, at: int, paragraph: Span) -> str:
    return text[at - 1] if at > paragraph.start else " "


def _after(text: str, at: int, paragraph: Span) -> str:
    return text[at + 1] if at + 1 < paragraph.end else " "


def _opens(text: str, at: int, paragraph: Span) -> bool:
    mark, before, after = text[at], _before(text, at, paragraph), _after(text, at, paragraph)
    if mark in "“„«":
        return True
    if mark == "»":
        return before.isspace() and not after.isspace()
    if mark == "‘":
        return not before.isalnum() and not after.isspace()
    return mark in "\"'" and not after.isspace() and (before.isspace() or before in "([—–-/“‘")


# How many marks a search for the closing one looks at: far more than a paragraph has, few enough to stay linear.
_REACH: Final = 60


def _closing(text: str, marks: list[int], number: int, paragraph: Span) -> int | None:
    """The index in `marks` of the mark that closes the one at `number`; nested quotations of the same kind are skipped."""
    opener = text[marks[number]]
    if opener in "‘'":
        return _closing_single(text, marks, number, paragraph)
    depth = 0
    for index in range(number + 1, min(len(marks), number + 1 + _REACH)):
        mark = text[marks[index]]
        if mark == opener and opener not in _CLOSERS[opener]:
            depth += 1
        elif mark in _CLOSERS[opener]:
            if not depth:
                return index
            depth -= 1
    return None


def _closing_single(text: str, marks: list[int], number: int, paragraph: Span) -> int | None:
    """An apostrophe stands inside a word or after a plural's s; a closing mark best follows punctuation."""
    opener = text[marks[number]]
    fallback: int | None = None
    for index in range(number + 1, min(len(marks), number + 1 + _REACH)):
        at = marks[index]
        if text[at] in _DOUBLE or (text[at] == opener == "‘"):
            break
        if text[at] not in _CLOSERS[opener] or _after(text, at, paragraph).isalnum():
            continue
        if text[at - 1] in ".,?!…":
            return index
        if fallback is None or text[marks[fallback] - 1] == "s":
            fallback = index
    return fallback
