"""Statements found by words: how long a page of 50 takes, by what the words are like.

`python -m benchmarks.words [--statements 100000]`; on SQLite in a folder of its own, or where DATABASE_URL says.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final

from benchmarks.reader import Figure
from benchmarks.search import (
    FREQUENT,
    OF_AN_ARTICLE,
    article_row,
    clock,
    key_of,
    make_place,
    set_up,
    settle,
    statement_row,
    write_rows,
)

WORDS, LENGTH, ROUNDS, MOST_MS = 60_000, 22, 5, 200
# A word, the share of statements that have it, and of which articles: all, every second, or the oldest quarter.
MARKED: Final = (
    *(("minister", 0.6, "all"), ("bridge", 0.16, "all"), ("inspection", 0.02, "all"), ("quarry", 0.002, "all")),
    *(("heron", 0.0002, "all"), ("amber", 0.12, "even"), ("cobalt", 0.12, "odd"), ("flood", 0.2, "oldest")),
)
ASKED: Final = {
    "a word that most have": "minister",
    "a word that every sixth has": "bridge",
    "a word that every fiftieth has": "inspection",
    "a rare word": "heron",
    "a common word and a rare one": "minister heron",
    "two common words": "minister bridge",
    "a common word and one of every fiftieth": "minister inspection",
    "two that never stand together": "amber cobalt",
    "a word of the oldest quarter alone": "flood",
    "a common word and one of the oldest quarter": "minister flood",
    "words that nothing has": "minister zebra",
}


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    options = parser.parse_args()
    set_up()
    missed = 0
    for figure in measure(options.statements):
        missed += figure.is_met is False
        print(f"{figure.name:66} {figure.value:>22}  {'MISSED' if figure.is_met is False else ''}", flush=True)
    return 1 if missed else 0


def measure(size: int) -> Iterator[Figure]:
    """Fill, ask, tell."""
    place = make_place()
    place.person.memberships.create(desk=place.desk, role="reviewer")
    _store(place, size // OF_AN_ARTICLE)
    for name, query in ASKED.items():
        found, seconds = zip(*(_ask(place.person, query) for _ in range(ROUNDS)), strict=True)
        taken = 1000 * statistics.median(seconds)
        yield Figure(f"{name} ({found[0]} rows)", f"{taken:.0f} ms", taken <= MOST_MS)


def _ask(person: Any, query: str) -> tuple[int, float]:
    from factcheck.corpus.models import Statement
    from factcheck.corpus.services.finding import matching

    began = clock()
    rows = Statement.objects.readable_by(person).present().select_related("speaker", "reported_by")
    found = list(matching(rows, query).order_by("-seq")[:51])
    return len(found[:50]), clock() - began


def _store(place: Any, articles: int) -> None:
    from factcheck.corpus.models import Article, Statement, StatementWords

    pick, number = random.Random(7), 0
    shares = list(accumulate(1 / (rank + 20) ** FREQUENT for rank in range(WORDS)))
    said = [f"w{rank}q" for rank in range(WORDS)]
    for first in range(0, articles, 500):
        some = range(first, min(first + 500, articles))
        keys = [(article, within) for article in some for within in range(OF_AN_ARTICLE)]
        write_rows(Article, (article_row(place, article) for article in some))
        write_rows(Statement, (statement_row(place, *key) for key in keys))
        rows = []
        for article, within in keys:
            number += 1
            words = pick.choices(said, cum_weights=shares, k=LENGTH)
            words += [
                word for word, share, where in MARKED if _is_there(where, article, articles) > pick.random() / share
            ]
            pick.shuffle(words)
            rows.append({"id": number, "statement": key_of(article, within), "text": " ".join(words)})
        write_rows(StatementWords, rows)
    settle()


def _is_there(where: str, article: int, articles: int) -> bool:
    return {"all": True, "even": article % 2 == 0, "odd": article % 2 == 1, "oldest": article < articles / 4}[where]


if __name__ == "__main__":
    sys.exit(main())
