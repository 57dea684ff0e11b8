"""What the pairing asks of a model, beside entailment of all pairs: passes and F1 of both, in one run.

`python -m benchmarks.pairs [--statements 200] [--min-score 0.4]`
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from benchmarks.reader import Figure
from factcheck.engine import MIN_SCORE, Models, Statement, pair, read_article
from factcheck.engine.conflict.inference import reader_of
from factcheck.engine.conflict.voice import voice
from factcheck.engine.encoder import Kind, Model, load_model
from factcheck.engine.pipeline import read_statements
from factcheck.engine.scoring import Event, read_event
from factcheck.engine.scoring.marks import given_statements
from factcheck.engine.scoring.tallies import Tally

EVENTS: Final = Path(__file__).parent.parent / "training" / "events"
MOST_PASSES, LEAST_FEWER = 200, 20  # passes an article; times fewer passes than all pairs
_MARKS: Final = {True: "met", False: "MISSED", None: ""}

PASS: Final = "_read"  # the one method through which any model is run

Sides = frozenset[str]


@dataclass(frozen=True, slots=True)
class News:
    """Marked events as one corpus: their statements in reading order, and which of them cannot both hold."""

    statements: Sequence[Statement]
    conflicts: frozenset[Sides]
    events: int


@dataclass(slots=True)
class Passes:
    """How often a model was asked to read anything."""

    count: int = 0


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=200, help="how many are compared, of the held-back events")
    parser.add_argument("--min-score", type=float, default=MIN_SCORE, help="the pairing's threshold; the desk's")
    options = parser.parse_args()
    missed = 0
    for figure in measure(gather(options.statements), options.min_score):
        missed += figure.is_met is False
        print(f"{figure.name:66} {figure.value:>22}  {_MARKS[figure.is_met]}", flush=True)
    return 1 if missed else 0


def measure(news: News, min_score: float) -> Iterator[Figure]:
    """The pairing's passes and F1, then those of entailment of all pairs, then one beside the other."""
    yield Figure("statements, events, conflicts marked among them", _counted(news))
    most, articles = passes_by_article(news)
    yield Figure(f"most passes for one article, of {articles}, at most {MOST_PASSES}", f"{most}", most <= MOST_PASSES)
    with counted_passes() as ours:
        began = time.process_time()
        found = pair(news.statements, min_score=0.0)
        seconds = time.process_time() - began
    scores = {frozenset((row.a, row.b)): row.score for row in found}
    own = judge(scores, news, min_score)
    yield Figure(f"the pairing, from {min_score} on: passes, F1", f"{ours.count}, {_tally(own)}")
    yield Figure("the pairing, processor time", f"{seconds:.2f} s")
    with counted_passes() as theirs:
        began = time.process_time()
        ways = read_all_pairs(news)
        seconds = time.process_time() - began
    naive = {way: best_of(scores, news) for way, scores in ways.items()}
    for way, (least, tally) in naive.items():
        plain = judge(ways[way], news, 0.5)
        yield Figure(f"all pairs by {way}, from 0.5 on: F1", _tally(plain))
        yield Figure(f"all pairs by {way}, from {least:.2f} on, its best: F1", _tally(tally))
    yield Figure("all pairs: passes, processor time", f"{theirs.count:,}, {seconds:.0f} s")
    yield Figure(
        f"passes, all pairs : the pairing, at least {LEAST_FEWER}",
        f"{theirs.count:,} : {ours.count:,}",
        theirs.count >= LEAST_FEWER * ours.count,
    )
    best = max(tally.f1 for _, tally in naive.values())
    yield Figure("F1, the pairing : all pairs at their best", f"{own.f1:.3f} : {best:.3f}", own.f1 >= best)


def gather(most: int) -> News:
    """The first statements of the events that were held back from training the reader, as marked."""
    statements: list[Statement] = []
    conflicts: set[Sides] = set()
    events = 0
    lines = (EVENTS / "held.txt").read_text(encoding="utf-8").splitlines()
    for name in (line.strip() for line in lines if line.strip() and not line.startswith("#")):
        if len(statements) < most:
            event = read_event(EVENTS / name)
            statements += _statements(event)
            conflicts |= {frozenset(f"{name}/{side}" for side in sides) for sides in event.conflicts}
            events += 1
    kept = statements[:most]
    ids = {statement.id for statement in kept}
    return News(kept, frozenset(sides for sides in conflicts if sides <= ids), events)


def _statements(event: Event) -> list[Statement]:
    """An event's marked statements under ids that no other event has."""
    given = given_statements(event)
    for article in given["articles"]:
        for row in article["statements"]:
            row["id"] = f"{event.name}/{row['id']}"
            for name in ("speaker", "reported_by"):
                if row[name]:
                    row[name] = {**row[name], "id": f"{event.name}/{row[name]['id']}"}
        article["id"] = f"{event.name}/{article['id']}"
    articles = [read_article(f"{event.name}/{name}", text) for name, text in event.texts.items()]
    return list(read_statements(given, articles))


def passes_by_article(news: News) -> tuple[int, int]:
    """The most passes that comparing one article with all before it takes, and how many articles there are."""
    articles = list(dict.fromkeys(statement.article_id for statement in news.statements))
    most, before = 0, list[Statement]()
    for article in articles:
        own = [statement for statement in news.statements if statement.article_id == article]
        with counted_passes() as passes:
            pair(own)
            pair([*before, *own], candidates=[(a.id, b.id) for b in own for a in before])
        most, before = max(most, passes.count), [*before, *own]
    return most, len(articles)


@contextmanager
def counted_passes() -> Iterator[Passes]:
    """Count what any model reads in this block, whoever asks it."""
    passes, read = Passes(), getattr(Model, PASS)

    def counting(*words: Any) -> Any:
        passes.count += 1
        return read(*words)

    setattr(Model, PASS, counting)
    try:
        yield passes
    finally:
        setattr(Model, PASS, read)


def read_all_pairs(news: News) -> Mapping[str, Mapping[Sides, float]]:
    """Every two statements, the earlier as the premise: once, which is half of what reading both ways would take.

    Two scores of the one pass: the contradiction of entailment models, and the clash that ours was also taught.
    """
    model = load_model(Models(), Kind.PAIR)
    if model is None:
        raise SystemExit("There is no model of pairs.")
    read = reader_of(model)
    contradictions: dict[Sides, float] = {}
    clashes: dict[Sides, float] = {}
    for a, b in combinations(news.statements, 2):
        reading = read(voice(a), voice(b))
        contradictions[frozenset((a.id, b.id))] = reading.inference.contradiction
        clashes[frozenset((a.id, b.id))] = reading.clash
    return {"contradiction": contradictions, "clash": clashes}


def judge(scores: Mapping[Sides, float], news: News, least: float) -> Tally:
    """What is right, wrong and missed where pairs from a score on are raised."""
    raised = {sides for sides, score in scores.items() if score >= least}
    right = len(raised & news.conflicts)
    return Tally(right, len(raised) - right, len(news.conflicts) - right)


def best_of(scores: Mapping[Sides, float], news: News) -> tuple[float, Tally]:
    """The threshold that is best on these very pairs, which nobody knows beforehand."""
    tries = ((least / 100, judge(scores, news, least / 100)) for least in range(1, 100))
    return max(tries, key=lambda row: row[1].f1)


def _counted(news: News) -> str:
    return f"{len(news.statements)}, {news.events}, {len(news.conflicts)}"


def _tally(tally: Tally) -> str:
    return f"{tally.f1:.3f} ({tally.precision:.2f}/{tally.recall:.2f})"


if __name__ == "__main__":
    sys.exit(main())
