"""Every candidate pair of our events with its signs and what people marked: what `weigh` learns from.

The marked statements are paired, and those that the engine reads itself, as a desk has them. Each pair comes with how
near both sides are in meaning.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.engine import Models, Statement, extract, read_article
from factcheck.engine.conflict.candidates import pick_candidates
from factcheck.engine.conflict.meaning import Nearness, nearness_by
from factcheck.engine.conflict.sides import Pair, prepare_sides
from factcheck.engine.conflict.signs import find_by_rule, read_meaning, read_signs
from factcheck.engine.pipeline import merge_speakers, read_statements
from factcheck.engine.scoring.marks import Event, given_statements, read_event
from factcheck.engine.scoring.overlaps import stands_for, words_of

MOST_ORDINARY = 90  # articles
ORDINARY = "ordinary"  # what the events of articles that no event stands behind are called


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of an event: its signs, and the kind of the marked conflict that it is, if any.

    `marked` are the marked pairs that it stands for.
    """

    event: str
    read: bool
    a: str
    b: str
    kind: str | None
    lookalike: bool
    marked: list[list[str]]
    signs: dict[str, float]


def event_rows(event: Event, statements: Sequence[Statement], near: Nearness, *, read: bool) -> Iterator[Row]:
    """The candidate pairs among an event's statements."""
    marks = {row.id: {row.id} if not read else _marks_of(event, row) for row in statements}
    for pair, signs in signed_pairs(statements):
        a, b = pair.a.statement.id, pair.b.statement.id
        stands = {frozenset((one, other)) for one in marks[a] for other in marks[b] if one != other}
        hits = sorted(stands & event.conflicts.keys(), key=sorted)
        yield Row(
            event=event.name,
            read=read,
            a=a,
            b=b,
            kind=event.conflicts[hits[0]] if hits else None,
            lookalike=not hits and bool(stands & event.lookalikes),
            marked=[sorted(hit) for hit in hits],
            signs=signs | read_meaning(pair, near),
        )


def signed_pairs(statements: Sequence[Statement]) -> Iterator[tuple[Pair, dict[str, float]]]:
    """The candidate pairs among statements with the signs that need no model, in reading order."""
    sides = prepare_sides(statements)
    pairs = (Pair(sides[first], sides[second]) for first, second in pick_candidates(sides))
    return ((pair, read_signs(pair, find_by_rule(pair))) for pair in pairs if not pair.told_twice)


def _marks_of(event: Event, statement: Statement) -> set[str]:
    """The marked statements that one the engine has read stands for, with any of its parts."""
    text = event.texts[statement.article_id]
    parts = [words_of(text, part) for part in statement.parts]
    marks = [mark for mark in event.marks.values() if mark.article == statement.article_id]
    return {mark.id for mark in marks if any(stands_for(part, mark.words) for part in parts)}


def statements_of(event: Event, *, read: bool) -> Sequence[Statement]:
    """The marked statements of an event, or those that the engine reads in its articles."""
    articles = [read_article(name, text) for name, text in event.texts.items()]
    if not read:
        return read_statements(given_statements(event), articles)
    merged, _ = merge_speakers([extract(article, models=Models()) for article in articles])
    return [statement for extraction in merged for statement in extraction.statements]


def all_rows(events: Path, ordinary: Path) -> Iterator[Row]:
    """The rows of our events, as marked and as read, and those of ordinary copy.

    Raises:
        ModelUnusable: a model of the engine is not whole or does not load.
    """
    near = nearness_by(Models())
    assert near is not None
    marked = [read_event(path.parent) for path in sorted(events.glob("*/gold.json"))]
    for read in (False, True):
        for event in marked:
            yield from event_rows(event, statements_of(event, read=read), near, read=read)
    yield from ordinary_rows(ordinary, MOST_ORDINARY, near)


def ordinary_rows(split: Path, most: int, near: Nearness) -> Iterator[Row]:
    """The candidate pairs of ordinary articles, drawn from a split in the form of PolNeAR; few of them conflict."""
    with gzip.open(split, "rt", encoding="utf-8") as file:
        texts = sorted({json.loads(line)["text"] for line in file})
    random.Random(2).shuffle(texts)
    for number, text in enumerate(texts[:most], 1):
        name = f"{ORDINARY}-{number}"
        event = Event(name, {name: text}, {}, {}, {}, frozenset())
        yield from event_rows(event, statements_of(event, read=True), near, read=True)
