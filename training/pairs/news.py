"""What news teaches: conflicts and lookalikes of our own events, and invented ones around statements of others."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from tokenizers import Tokenizer

from factcheck.engine.annotations import Act
from factcheck.engine.conflict.voice import say
from factcheck.engine.scoring.marks import NARRATOR, Event
from training.pairs.pack import Pair, encode_pair
from training.pairs.voices import Said, invent
from training.reader.corpus import read_polnear

SHORTEST, LONGEST_CONTENT, LONGEST_SOURCE = 5, 40, 6
# Of pairs of one event that nobody marked, those seen in a round for each that somebody did.
UNMARKED = 4
LOOKALIKE_WEIGHT = 2.0
Voiced = tuple[str, str, int, float]


def event_pairs(event: Event, pick: random.Random) -> list[Voiced]:
    """The conflicts and lookalikes of an event, and some of its other pairs, the sides in any order."""
    voices = {mark.id: _voice(event, mark.id) for mark in event.marks.values()}
    marked = [(tuple(sorted(sides)), 1, 1.0) for sides in event.conflicts]
    marked += [(tuple(sorted(sides)), 0, LOOKALIKE_WEIGHT) for sides in event.lookalikes - set(event.conflicts)]
    marked = [row for row in marked if len(row[0]) > 1]
    marked += [(sides, 0, 1.0) for sides in _unmarked(event, voices, pick, UNMARKED * len(marked))]
    shuffled = [(pick.sample(sides, 2), label, weight) for sides, label, weight in sorted(marked)]
    return [(voices[a], voices[b], label, weight) for (a, b), label, weight in shuffled]


def _unmarked(event: Event, voices: Mapping[str, str], pick: random.Random, size: int) -> list[tuple[str, ...]]:
    """Pairs that nobody marked: half those that share most words, half any."""
    taken = {*event.conflicts, *event.lookalikes}
    words = {mark: set(voice.lower().split()) for mark, voice in voices.items()}
    pairs = [sides for sides in combinations(sorted(voices), 2) if frozenset(sides) not in taken]
    near = sorted(pairs, key=lambda sides: -len(words[sides[0]] & words[sides[1]]))[: size // 2]
    return near + pick.sample(pairs, min(len(pairs), size - len(near)))


def _voice(event: Event, mark_id: str) -> str:
    mark = event.marks[mark_id]
    content = mark.content.of(event.texts[mark.article])
    name = "the article" if mark.speaker == NARRATOR else event.speakers[mark.speaker].name
    return say(name, Act(mark.act), content)


def read_said(polnear: Path, events: Sequence[Event]) -> list[list[Said]]:
    """Who states what, article by article: PolNeAR's attributions and our events' statements."""
    found = [
        [said for mark in article.attributions if (said := _said(article.text, mark.source, mark.content))]
        for article in read_polnear(polnear / "train.jsonl.gz", primary=True)
    ]
    for event in events:
        marks = [mark for mark in event.marks.values() if mark.speaker != NARRATOR]
        found.append([Said(event.speakers[m.speaker].name, m.content.of(event.texts[m.article])) for m in marks])
    return [article for article in found if len(article) > 1]


def _said(text: str, source: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]]) -> Said | None:
    words, name = (" ".join(text[start:end] for start, end in spans) for spans in (content, source))
    fits = SHORTEST <= len(words.split()) <= LONGEST_CONTENT and 0 < len(name.split()) <= LONGEST_SOURCE
    return Said(name, words) if fits else None


def invented(said: Sequence[Sequence[Said]], tokenizer: Tokenizer, pick: random.Random, size: int) -> list[Pair]:
    """About so many invented pairs, around statements drawn anew."""
    made: list[Pair] = []
    while len(made) < size:
        article = pick.choice(said)
        for first, second, label in invent(pick.choice(article), article, pick):
            made.append(encode_pair(tokenizer, pick.choice(((first, second), (second, first))), label))
    return made


def marked(events: Sequence[Event], tokenizer: Tokenizer, pick: random.Random) -> Iterator[Pair]:
    """The marked pairs of events as pieces."""
    for event in events:
        for first, second, label, weight in event_pairs(event, pick):
            yield encode_pair(tokenizer, (first, second), label, weight)
