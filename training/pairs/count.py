"""Count in how many of our events each term occurs: `factcheck/engine/lexicon/data/common_terms.txt`.

`python -m training.pairs.count --events training/events --out factcheck/engine/lexicon/data/common_terms.txt`
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from factcheck.engine.conflict.sides import prepare_sides
from factcheck.engine.scoring.marks import read_event
from training.pairs.rows import statements_of

LEAST = 4
HEAD = (
    "# Terms that news on any matter has, each with in how many of a hundred events: counted by "
    "training/pairs/count.py in training/events.\n"
)


def main() -> None:
    """Read the arguments, count, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("events", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    events = [read_event(path.parent) for path in sorted(args.events.glob("*/gold.json"))]
    counts: Counter[str] = Counter()
    for event in events:
        sides = prepare_sides(statements_of(event, read=False))
        counts.update({term for side in sides for term in side.terms | side.scene})
    rows = sorted(((term, count) for term, count in counts.items() if count >= LEAST), key=lambda r: (-r[1], r[0]))
    lines = (f"{term} {round(100 * count / len(events))}\n" for term, count in rows)
    args.out.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
