"""Learn how sure rules and reader together are: the weights of `confidence.py`, written into a model's manifest.

`python -m training.reader.weigh --model FOLDER --events training/events` runs where the engine runs, without PyTorch.
Prints F1 by leaving one event out at a time, then writes the weights learned from all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from factcheck.engine.attribution import find_by_rule, set_scenes, split_coordinated
from factcheck.engine.attribution.learned import perceive
from factcheck.engine.attribution.learned.confidence import features
from factcheck.engine.attribution.learned.merging import find_candidates
from factcheck.engine.encoder import open_folder
from factcheck.engine.encoder.model import Model
from factcheck.engine.scoring.marks import Event, read_event
from factcheck.engine.scoring.overlaps import overlap, words_of
from factcheck.engine.segment import segment_text

LEAST = 0.1
HALF = 0.5
RIDGE = 1.0
STEPS = 50


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate of an event: what is known of it, and the marked statement that it is, if any."""

    event: str
    known: dict[str, float]
    mark: str | None


def judge(event: Event, model: Model) -> Iterator[Judged]:
    """The candidates of an event's articles, each with the statement that it is."""
    for name, text in event.texts.items():
        document = segment_text(text)
        perception = perceive(document, model, LEAST)
        scenes = set_scenes(document)
        candidates = find_candidates(document, find_by_rule(document, scenes), perception)
        marks = {mark.id: mark for mark in event.marks.values() if mark.article == name and mark.speaker != "narrator"}
        pieces = [split_coordinated(scenes, [candidate.draft]) for candidate in candidates]
        words = [[words_of(text, part) for draft in drafts for part in draft.parts] for drafts in pieces]
        near = sorted(
            ((max(overlap(part, mark.words) for part in parts), number, mark.id)
             for number, parts in enumerate(words) for mark in marks.values()),
            reverse=True,
        )  # fmt: skip
        matched: dict[int, str] = {}
        for share, number, mark_id in near:
            if share >= HALF and number not in matched and mark_id not in matched.values():
                matched[number] = mark_id
        for number, candidate in enumerate(candidates):
            known = dict(features(document, candidate, perception))
            yield Judged(event.name, known, matched.get(number))


def fit(rows: Sequence[Judged]) -> dict[str, float]:
    """The weights of a logistic regression with a ridge, by Newton's method; the constant is not held down."""
    names = list(rows[0].known)
    known = np.array([[row.known[name] for name in names] for row in rows])
    right = np.array([float(row.mark is not None) for row in rows])
    ridge = np.diag([0.01 if name == "always" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        probability = 1 / (1 + np.exp(-known @ weights))
        slope = known.T @ (probability - right) + ridge @ weights
        bend = (known * (probability * (1 - probability))[:, None]).T @ known + ridge
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def is_kept(weights: dict[str, float], row: Judged) -> bool:
    """Whether a candidate reaches the desk's threshold."""
    return sum(weights[name] * value for name, value in row.known.items()) >= 0


def main() -> None:
    """Read the arguments, judge, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "events"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    model = Model.load(open_folder(args.model), threads=1)
    events = [read_event(path.parent) for path in sorted(args.events.glob("*/gold.json"))]
    rows = [row for event in events for row in judge(event, model)]
    held = {event.name: fit([row for row in rows if row.event != event.name]) for event in events}
    kept = [row for row in rows if is_kept(held[row.event], row)]
    right = sum(row.mark is not None for row in kept)
    marked = sum(mark.speaker != "narrator" for event in events for mark in event.marks.values())
    print(f"statements F1, one event left out at a time: {2 * right / (len(kept) + marked):.3f}")
    manifest = args.model / "model.json"
    facts = json.loads(manifest.read_text(encoding="utf-8")) | {"confidence": fit(rows)}
    manifest.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
