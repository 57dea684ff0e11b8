"""Events marked by hand, all of them invented: a floor for each step, so that a change that costs is seen.

A found statement stands for a marked one when they share at least half of all their words; each stands for one at most.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from factcheck.engine import Analysis, Article, Span, Statement, read_article
from tests.engine.by_rule import analyze_by_rule

GOLD = Path(__file__).parent / "gold"
EVENTS = sorted(path.name for path in GOLD.iterdir() if path.is_dir())


@dataclass(frozen=True)
class Event:
    """An event's marks, its analysis, and which found statements stand for which marked ones."""

    marks: Any
    analysis: Analysis
    found: dict[str, Statement]
    matches: dict[str, str]
    parts: int

    def share(self, agrees: list[bool]) -> float:
        return sum(agrees) / len(self.matches)

    def pairs(self) -> list[tuple[Statement, Statement]]:
        by_id = {row.id: row for extraction in self.analysis.extractions for row in extraction.statements}
        return [(by_id[row.a], by_id[row.b]) for row in self.analysis.conflicts]


def words(text: str, span: Span) -> set[int]:
    return {span.start + found.start() for found in re.finditer(r"\w+", span.of(text))}


def overlap(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


def load(name: str) -> Event:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((GOLD / name / "articles").glob("*.txt"))}
    marks = json.loads((GOLD / name / "gold.json").read_text(encoding="utf-8"))
    articles: list[Article] = [read_article(stem, text) for stem, text in texts.items()]
    analysis = analyze_by_rule(articles)
    parts = list(parts_of(analysis))
    candidates = sorted(
        (
            (overlap(words(texts[mark["article"]], part), marked(texts, mark)), number, mark["id"])
            for mark in marks["statements"]
            for number, (row, part) in enumerate(parts)
            if row.article_id == mark["article"]
        ),
        reverse=True,
    )
    matches: dict[str, str] = {}
    taken: set[int] = set()
    for score, number, mark_id in candidates:
        if score >= 0.5 and number not in taken and mark_id not in matches:
            matches[mark_id] = parts[number][0].id
            taken.add(number)
    found = {row.id: row for row, _ in parts}
    return Event(marks, analysis, found, matches, len(parts))


def marked(texts: dict[str, str], mark: Any) -> set[int]:
    text = texts[mark["article"]]
    start = text.index(mark["content"])
    return words(text, Span(start, start + len(mark["content"])))


def parts_of(analysis: Analysis) -> Iterator[tuple[Statement, Span]]:
    for extraction in analysis.extractions:
        yield from ((row, part) for row in extraction.statements for part in row.parts)


@pytest.fixture(scope="module", params=EVENTS)
def event(request: pytest.FixtureRequest) -> Event:
    return load(request.param)


def by_mark(event: Event) -> list[tuple[Any, Statement]]:
    return [
        (mark, event.found[event.matches[mark["id"]]])
        for mark in event.marks["statements"]
        if mark["id"] in event.matches
    ]


def test_statements(event: Event) -> None:
    score = 2 * len(event.matches) / (event.parts + len(event.marks["statements"]))

    assert score >= 0.9


def is_named(speaker: str, names: set[str]) -> bool:
    """Whether a speaker goes by one of some names, or by the telling part of one."""
    found = speaker.casefold()
    return any(name.casefold() in found or found in name.casefold() for name in names)


def test_speakers(event: Event) -> None:
    names = {row["id"]: {row["name"], *row["aliases"]} for row in event.marks["speakers"]} | {"narrator": {"narrator"}}

    agrees = [is_named(row.speaker.name, names[mark["speaker"]]) for mark, row in by_mark(event)]

    assert event.share(agrees) >= 0.95


def test_relays(event: Event) -> None:
    assert event.share([bool(mark["reported_by"]) is bool(row.reported_by) for mark, row in by_mark(event)]) >= 0.97


def test_acts(event: Event) -> None:
    assert event.share([mark["act"] == row.act for mark, row in by_mark(event)]) >= 0.74


def test_quotes(event: Event) -> None:
    assert event.share([mark["quote"] == row.quote for mark, row in by_mark(event)]) >= 0.97


def test_conflicts(event: Event) -> None:
    marked_pairs = {frozenset((row["a"], row["b"])) for row in event.marks["conflicts"]}
    stands_for = {found: {mark for mark, other in event.matches.items() if other == found} for found in event.found}
    hits = [
        {frozenset((one, other)) for one in stands_for[a.id] for other in stands_for[b.id]} & marked_pairs
        for a, b in event.pairs()
    ]

    precision = sum(bool(hit) for hit in hits) / len(hits)
    recall = len(set().union(*hits)) / len(marked_pairs)
    assert precision >= 0.8
    assert recall >= 0.7


def test_lookalikes(event: Event) -> None:
    marked_pairs = {frozenset((row["a"], row["b"])) for row in event.marks["not_conflicts"]}
    stands_for = {found: {mark for mark, other in event.matches.items() if other == found} for found in event.found}

    raised = {
        frozenset((one, other)) for a, b in event.pairs() for one in stands_for[a.id] for other in stands_for[b.id]
    }

    assert not raised & marked_pairs
