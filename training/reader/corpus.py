"""Marked articles for the reader: PolNeAR as it comes, our own events in the contract's boundaries."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution: spans in code points; a source or content may have parts."""

    source: Spans
    cue: Spans
    content: Spans
    act: str | None = None
    certain: bool = False


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """A text and all its attributions."""

    name: str
    text: str
    attributions: tuple[Marked, ...]


def read_polnear(path: Path, *, primary: bool) -> Iterator[MarkedArticle]:
    """The articles of a PolNeAR split; all annotators' or the primary ones only."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["primary"] or not primary:
                marks = tuple(
                    Marked(*(tuple(map(tuple, mark[kind])) for kind in ("source", "cue", "content")))
                    for mark in row["attributions"]
                )
                yield MarkedArticle(row["doc_id"], row["text"], marks)


def read_event(folder: Path) -> Iterator[MarkedArticle]:
    """The articles of one of our events: "that" joins the content, parts of one quotation are one attribution."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for path in sorted((folder / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        rows = [row for row in gold["statements"] if row["article"] == path.stem and row["cue"]]
        yield MarkedArticle(f"{folder.name}/{path.stem}", text, tuple(_joined(text, rows)))


def _joined(text: str, rows: list[dict[str, str]]) -> Iterator[Marked]:
    by_cue: dict[tuple[int, int], list[tuple[int, int]]] = {}
    sources: dict[tuple[int, int], Spans] = {}
    acts: dict[tuple[int, int], str] = {}
    for row in rows:
        content = _with_that(text, _content(text, row))
        cue = _nearest(text, row["cue"], content)
        if cue is None:
            continue
        if cue[0] < content[0] < cue[1]:  # "denied that": the word joins the content
            cue = (cue[0], cue[0] + len(text[cue[0] : content[0]].rstrip()))
        by_cue.setdefault(cue, []).append(content)
        acts[cue] = row["act"]
        source = _nearest(text, row["source"], cue) if row["source"] else None
        sources.setdefault(cue, (source,) if source else ())
    for cue, parts in by_cue.items():
        yield Marked(sources[cue], (cue,), tuple(sorted(parts)), acts[cue], certain=True)


def _content(text: str, row: dict[str, str]) -> tuple[int, int]:
    at = -1
    for _ in range(int(row.get("occurrence", 1))):
        at = text.index(row["content"], at + 1)
    return at, at + len(row["content"])


def _nearest(text: str, words: str, place: tuple[int, int]) -> tuple[int, int] | None:
    found = [(match.start(), match.end()) for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return min(found, key=lambda span: max(span[0] - place[1], place[0] - span[1]), default=None)


def _with_that(text: str, content: tuple[int, int]) -> tuple[int, int]:
    before = re.search(r"\bthat\s+[“\"‘']?$", text[: content[0]])
    return (before.start(), content[1]) if before else content
