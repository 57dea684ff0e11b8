"""Where a content's span begins and ends: quotation marks and stops at its edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..annotations import Span
from ..segment import Quotation

_EDGES: Final = " \t\r\n\xa0,.;“”‘’\"'«»—–-"


def trim_edges(text: str, span: Span) -> Span | None:
    """A span without the white space, marks and stops at its edges; None when nothing else is left."""
    start, end = span.start, span.end
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    return Span(start, end) if start < end else None


def balance_marks(text: str, span: Span, quotations: Sequence[Quotation]) -> Span:
    """A span with the marks that belong to it: a quotation ending it keeps its closing mark, unless it is all of it."""
    start, end = span.start, span.end
    for quotation in quotations:
        opened_inside = start <= quotation.span.start < end
        if opened_inside and end <= quotation.inner.end and not text[end : quotation.inner.end].strip(",. "):
            end = quotation.span.end
        elif quotation.inner.start == start and quotation.inner.end < end:
            start = quotation.span.start
    whole = any(quotation.span == Span(start, end) for quotation in quotations)
    return span if whole else Span(start, end)
