from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from ..annotations import Article, Span
from ..errors import UnreadableArticle

MAX_BYTES: Final = 2 * 1024 * 1024
BYTE_ORDER_MARK: Final = "\ufeff"

_BYLINE = re.compile(
    r"(?P<outlet>[^|\n]{1,200}?)[ \t]*\|[ \t]*(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[ \t]+(?P<hour>\d{2}):(?P<minute>\d{2}))?[ \t]*"
)
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
# "PARIS, May 3 (XY) - ": a place in capitals, a day and an agency where given, a dash.
_DATELINE = re.compile(
    r"\(?(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/-]+[ ,]*){1,5}\)?"
    r"(?:,?[ ]?[A-Z][\w.]{2,12}(?:[ ]\d{1,2})?)?,?(?:[ ]?\([\w .]{2,30}\))?[ ]?[-–—]{1,2}[ ]"
)
# A line that ends so goes on in the next one, if that starts small: text wrapped by hand.
_OPEN_ENDED = re.compile(r"[\w,;’'-]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; `span` leaves out a dateline such as "PARIS, May 3 (XY) - "."""

    span: Span
    headline: bool = False


def read_article(article_id: str, text: str, day: date | None = None) -> Article:
    """The article that a file's text holds: its first line is the headline.

    A second line `Outlet | 2026-01-31[ 14:05]` tells outlet and time (UTC); without one, `day` dates the article.

    Raises:
        UnreadableArticle: the text is empty, too large or holds NUL characters.
    """
    check_text(text)
    byline = _find_byline(text)
    if byline is None:
        return Article(article_id, text, None, datetime.combine(day, time(), UTC) if day else None)
    return Article(article_id, text, byline["outlet"].strip(), _published(byline))


def check_text(text: str) -> None:
    """Refuse a text that cannot be analyzed.

    Raises:
        UnreadableArticle: the text is empty, larger than 2 MB in UTF-8 or holds NUL characters.
    """
    if _is_blank(text):
        raise UnreadableArticle("the text is empty; give at least a headline")
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise UnreadableArticle("the text is larger than 2 MB; cut it into articles")
    if "\0" in text:
        raise UnreadableArticle("the text holds NUL characters; save it as plain text")


def find_paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of an article's text in order, the headline first, without byline and datelines."""
    byline = _find_byline(text)
    lines = [line for line in _LINE.finditer(text) if not _is_blank(line.group())]
    paragraphs: list[Paragraph] = []
    for line in lines:
        if byline is not None and line.start() == byline.start():
            continue
        span = _trimmed(text, line.start(), line.end())
        if len(paragraphs) > 1 and _goes_on(text, paragraphs[-1].span, span):
            paragraphs[-1] = Paragraph(Span(paragraphs[-1].span.start, span.end))
        else:
            paragraphs.append(Paragraph(_after_dateline(text, span), headline=not paragraphs))
    return paragraphs


def _find_byline(text: str) -> re.Match[str] | None:
    first = _LINE.search(text)
    second = _LINE.search(text, first.end()) if first else None
    match = _BYLINE.fullmatch(text, second.start(), second.end()) if second else None
    return match if match and _published(match) else None


def _published(byline: re.Match[str]) -> datetime | None:
    clock = f"{byline['hour'] or '00'}:{byline['minute'] or '00'}"
    try:
        return datetime.fromisoformat(f"{byline['day']}T{clock}:00+00:00")
    except ValueError:
        return None


def _is_blank(text: str) -> bool:
    return not text.replace(BYTE_ORDER_MARK, "").strip()


def _trimmed(text: str, start: int, end: int) -> Span:
    while text[start].isspace() or text[start] == BYTE_ORDER_MARK:
        start += 1
    while text[end - 1].isspace() or text[end - 1] == BYTE_ORDER_MARK:
        end -= 1
    return Span(start, end)


def _goes_on(text: str, before: Span, after: Span) -> bool:
    gap = text[before.end : after.start]
    wrapped = gap.count("\n") + gap.count("\r") - gap.count("\r\n") == 1
    return wrapped and text[after.start].islower() and bool(_OPEN_ENDED.search(text, before.end - 1, before.end))


def _after_dateline(text: str, span: Span) -> Span:
    dateline = _DATELINE.match(text, span.start, min(span.end, span.start + 90))
    return Span(dateline.end(), span.end) if dateline and dateline.end() < span.end else span
