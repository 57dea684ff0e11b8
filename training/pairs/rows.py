"""Every candidate pair of our events with its signs and what people marked: what `weigh` learns from.

`python -m training.pairs.rows --events training/events --out rows.jsonl` pairs the marked statements; with `--read`
those that the engine reads itself, as a desk has them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from factcheck.engine import Models, Statement, extract, read_article
from factcheck.engine.conflict.candidates import pick_candidates
from factcheck.engine.conflict.inference import Inference, PairReader, Reading, reader_of
from factcheck.engine.conflict.judging import choose_promising, open_judge
from factcheck.engine.conflict.sides import Pair, prepare_sides
from factcheck.engine.conflict.signs import find_by_rule, read_inference, read_signs
from factcheck.engine.conflict.voice import voice
from factcheck.engine.encoder import Kind, load_model
from factcheck.engine.pipeline import merge_speakers, read_statements
from factcheck.engine.scoring.marks import Event, given_statements, read_event
from factcheck.engine.scoring.overlaps import stands_for, words_of


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


def write_lines(rows: Iterator[dict[str, Any]], out: Path) -> None:
    """One row a line."""
    with out.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def read_rows(*files: Path) -> list[Row]:
    """The rows of some files."""
    return [Row(**json.loads(line)) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def event_rows(
    event: Event, statements: Sequence[Statement], *, read: bool, reader: PairReader | None = None
) -> Iterator[Row]:
    """The candidate pairs among an event's statements, with what a model reads in the promising ones."""
    marks = {row.id: {row.id} if not read else _marks_of(event, row) for row in statements}
    signed = signed_pairs(statements)
    chosen = promising(signed) if reader is not None else set()
    for number, (pair, signs) in enumerate(signed):
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
            signs=signs | (read_inference(pair, reader) if reader is not None and number in chosen else {}),
        )


def signed_pairs(statements: Sequence[Statement]) -> list[tuple[Pair, dict[str, float]]]:
    """The candidate pairs among statements with their signs, in reading order."""
    sides = prepare_sides(statements)
    pairs = (Pair(sides[first], sides[second]) for first, second in pick_candidates(sides))
    return [(pair, read_signs(pair, find_by_rule(pair))) for pair in pairs if not pair.told_twice]


def promising(signed: Sequence[tuple[Pair, dict[str, float]]]) -> set[int]:
    """Which pairs the engine would let a model read."""
    judge = open_judge()
    return choose_promising([(pair.b.statement.article_id, judge.rate(signs)) for pair, signs in signed])


class Readings:
    """What a model has read, from a file of `{"first", "second", "entailment", …, "clash"}`, a reading a line."""

    def __init__(self, file: Path) -> None:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        self._known = {
            (row["first"], row["second"]): Reading(
                Inference(row["entailment"], row["neutral"], row["contradiction"]), row["clash"]
            )
            for row in rows
        }

    def __call__(self, first: str, second: str) -> Reading:
        """What was read in two texts."""
        return self._known[first, second]


def ask(event: Event, statements: Sequence[Statement]) -> Iterator[dict[str, str]]:
    """What a model shall read of an event, in both directions."""
    signed = signed_pairs(statements)
    for number in sorted(promising(signed)):
        pair, _ = signed[number]
        first, second = voice(pair.a.statement), voice(pair.b.statement)
        for one, two in ((first, second), (second, first)):
            yield {"event": event.name, "first": one, "second": two}


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


def ordinary_rows(split: Path, most: int) -> Iterator[Row]:
    """The candidate pairs of ordinary articles, drawn from a split in the form of PolNeAR; few of them conflict."""
    with gzip.open(split, "rt", encoding="utf-8") as file:
        texts = sorted({json.loads(line)["text"] for line in file})
    random.Random(2).shuffle(texts)
    for number, text in enumerate(texts[:most], 1):
        name = f"ordinary-{number}"
        event = Event(name, {name: text}, {}, {}, {}, frozenset())
        yield from event_rows(event, statements_of(event, read=True), read=True)


def _folders(events: Path, *, held: bool) -> list[Path]:
    names = (events / "held.txt").read_text(encoding="utf-8").split("\n")
    folders = [path.parent for path in sorted(events.glob("*/gold.json"))]
    return [folder for folder in folders if not held or folder.name in names]


def _reader(args: argparse.Namespace) -> PairReader | None:
    if args.model:
        model = load_model(Models(pair=args.model, threads=1), Kind.PAIR)
        return None if model is None else reader_of(model)
    return Readings(args.readings) if args.readings else None


def main() -> None:
    """Read the arguments, pair every event, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("events", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument(
        "--ordinary", type=Path, help="instead of the events: a split of ordinary articles, all unmarked"
    )
    parser.add_argument("--most", type=int, default=90, help="how many of them")
    parser.add_argument("--read", action="store_true", help="pair what the engine reads itself")
    parser.add_argument("--ask", action="store_true", help="write what a model of pairs shall read instead")
    parser.add_argument("--held", action="store_true", help="only the events that are held back")
    parser.add_argument("--model", type=Path, help="a model of pairs that reads the promising ones")
    parser.add_argument("--readings", type=Path, help="what it has read; of each event by a model that never saw it")
    args = parser.parse_args()
    if args.ordinary:
        write_lines((asdict(row) for row in ordinary_rows(args.ordinary, args.most)), args.out)
        return
    events = [read_event(folder) for folder in _folders(args.events, held=args.held)]
    given = ((event, statements_of(event, read=args.read)) for event in events)
    if args.ask:
        write_lines((line for event, statements in given for line in ask(event, statements)), args.out)
        return
    reader = _reader(args)
    rows = (row for event, statements in given for row in event_rows(event, statements, read=args.read, reader=reader))
    write_lines((asdict(row) for row in rows), args.out)


if __name__ == "__main__":
    main()
