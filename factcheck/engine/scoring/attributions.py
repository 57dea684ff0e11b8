"""How much of a PolNeAR-like split the engine found: spans of sources, cues and contents, and which belong together.

Spans agree strictly when they are the same without white space, quotation marks, full stops and commas at both ends;
loosely when they overlap, each span once. A discontinuous span counts once a part.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ..errors import UnreadableGold
from .marks import NARRATOR
from .tallies import Json, Summed, Tally

_TRIMMED: Final = " \t\r\n\"'“”‘’.,"

Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A marked source, cue and content; each may have several parts, or none."""

    source: tuple[Ends, ...]
    cue: tuple[Ends, ...]
    content: tuple[Ends, ...]


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """An article of a split, with the attributions of its main annotator."""

    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class SpanScore(Summed):
    """Spans of each kind found, by one measure of agreement."""

    source: Tally = field(default_factory=Tally)
    cue: Tally = field(default_factory=Tally)
    content: Tally = field(default_factory=Tally)

    def figures(self) -> Json:
        """The figures of each kind."""
        return {"source": self.source.figures(), "cue": self.cue.figures(), "content": self.content.figures()}

    @property
    def together(self) -> Tally:
        """All kinds as one."""
        return self.source + self.cue + self.content


@dataclass(frozen=True, slots=True)
class AttributionScore(Summed):
    """What was found right, wrong and not at all in one article or, added up, in many."""

    articles: int = 0
    strict: SpanScore = field(default_factory=SpanScore)
    loose: SpanScore = field(default_factory=SpanScore)
    linked: Tally = field(default_factory=Tally)

    def figures(self) -> Json:
        """The figures as they are published: shares to three digits."""
        return {
            "articles": self.articles,
            "strict": self.strict.figures(),
            "strict_micro": self.strict.together.figures(),
            "any_overlap": self.loose.figures(),
            "linked": self.linked.figures(),
        }


def read_split(path: Path) -> list[SplitArticle]:
    """The articles of a split, JSON lines, packed with gzip where its name ends in `.gz`; main annotators' rows only.

    Raises:
        UnreadableGold: the file cannot be read, or a line is not as it should be; says which.
    """
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            return list(_rows(lines, path))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableGold(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error


def _rows(lines: Iterable[Any], path: Path) -> Iterator[SplitArticle]:
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            if row["primary"]:
                yield SplitArticle(row["text"], tuple(_attribution(each) for each in row["attributions"]))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableGold(f"{path}, line {number}: no row of a split ({error!r})") from error


def _attribution(row: Mapping[str, Any]) -> Attribution:
    source, cue, content = (tuple((start, end) for start, end in row[kind]) for kind in ("source", "cue", "content"))
    return Attribution(source, cue, content)


def score_article(article: SplitArticle, statements: Sequence[Json]) -> AttributionScore:
    """Compare the statements of an analysis, as rows of the command's JSON, with what is marked in the article."""
    found = [_found(row) for row in statements if (row.get("speaker") or {}).get("kind") != NARRATOR]
    return AttributionScore(
        1,
        _score_spans(article, found, lambda one, other: len(one & other)),
        _score_spans(article, found, _overlapping),
        _score_links(article.attributions, found),
    )


def _found(row: Mapping[str, Any]) -> Attribution:
    content = tuple((start, end) for start, end in row.get("content_spans") or [row["content"]])
    return Attribution(_one(row.get("source")), _one(row.get("cue")), content)


def _one(span: Sequence[int] | None) -> tuple[Ends, ...]:
    return ((span[0], span[1]),) if span else ()


def _score_spans(
    article: SplitArticle, found: Sequence[Attribution], agreeing: Callable[[set[Ends], set[Ends]], int]
) -> SpanScore:
    def tally(parts: Callable[[Attribution], tuple[Ends, ...]]) -> Tally:
        there = {_trim(article.text, span) for row in found for span in parts(row)}
        marked = {_trim(article.text, span) for row in article.attributions for span in parts(row)}
        right = agreeing(there, marked)
        return Tally(right, len(there) - right, len(marked) - right)

    return SpanScore(tally(lambda row: row.source), tally(lambda row: row.cue), tally(lambda row: row.content))


def _trim(text: str, span: Ends) -> Ends:
    start, end = span
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def _overlapping(found: set[Ends], marked: set[Ends]) -> int:
    """How many overlap, in reading order, each with the first that is still free."""
    free = sorted(marked)
    for start, end in sorted(found):
        hit = next((span for span in free if start < span[1] and span[0] < end), None)
        if hit is not None:
            free.remove(hit)
    return len(marked) - len(free)


def _score_links(marked: Sequence[Attribution], found: Sequence[Attribution]) -> Tally:
    """Whole attributions: each part overlaps the same marked one's, or both lack it."""
    free = list(marked)
    for row in found:
        hit = next((number for number, other in enumerate(free) if _is_linked(row, other)), None)
        if hit is not None:
            del free[hit]
    right = len(marked) - len(free)
    return Tally(right, len(found) - right, len(free))


def _is_linked(one: Attribution, other: Attribution) -> bool:
    return _meet(one.source, other.source) and _meet(one.cue, other.cue) and _meet(one.content, other.content)


def _meet(one: Sequence[Ends], other: Sequence[Ends]) -> bool:
    if not one and not other:
        return True
    return any(start < last and first < end for start, end in one for first, last in other)
