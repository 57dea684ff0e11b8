"""Candidate search in a growing corpus: time, how much it misses, and how large its index is.

`python -m benchmarks.search [--largest 1000000]`; on SQLite in a folder of its own, or where DATABASE_URL says.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

import numpy as np

from benchmarks.reader import Figure

SIZES: Final = (10_000, 100_000, 1_000_000)
OF_AN_ARTICLE, NEW = 16, 25  # statements of a stored article, and of a new one
IN_TERMS, AROUND, OF_EVENT = 10, 5, 14  # terms of a statement, around it, and rare ones of an event
WORDS, FREQUENT = 300_000, 1.07  # how many words there are, and how steeply they fall off (Zipf)
EVENT: Final = 4  # articles of one event, more or less side by side
OF_TOPIC, IN_TOPIC, RARE = 60, 40, 2_000  # articles of a topic, its terms, and from where on a word is one of a topic
TRIALS, COMPARED = 9, 2  # new articles; those for which every stored statement is looked at
MOST_GROWTH, MOST_SECONDS, MOST_BYTES, LEAST_RECALL = 8.0, 0.3, 1024, 0.95
_MARKS: Final = {True: "met", False: "MISSED", None: ""}


@dataclass(frozen=True, slots=True)
class Said:
    """An invented statement: its terms and those around it, as numbers."""

    terms: frozenset[int]
    context: frozenset[int]


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="statements stored at the end")
    options = parser.parse_args()
    set_up()
    missed = 0
    for figure in measure([size for size in SIZES if size <= options.largest]):
        missed += figure.is_met is False
        print(f"{figure.name:66} {figure.value:>22}  {_MARKS[figure.is_met]}", flush=True)
    return 1 if missed else 0


def measure(sizes: Sequence[int]) -> Iterator[Figure]:
    """Fill up to each size, search, go on."""
    place, times, stored = make_place(), [], 0
    for size in sizes:
        articles = range(stored, size // OF_AN_ARTICLE)
        _store(place, articles)
        stored = articles.stop
        found, seconds = _search(place, stored)
        times.append(seconds)
        yield Figure(f"searching for {NEW} statements among {size:,}", f"{1000 * seconds:.0f} ms")
        recall = statistics.mean(_recall(keys, stored, trial) for trial, keys in enumerate(found[:COMPARED]))
        name = f"found of the 30 that exact search finds among {size:,}"
        yield Figure(name, f"{recall:.3f}", recall >= LEAST_RECALL)
    growth, per_statement = times[-1] / times[0], _index_bytes() / (stored * OF_AN_ARTICLE)
    yield Figure("the longest search of all", f"{1000 * times[-1]:.0f} ms", times[-1] <= MOST_SECONDS)
    yield Figure(f"times longer among {sizes[-1]:,} than among {sizes[0]:,}", f"{growth:.1f}", growth <= MOST_GROWTH)
    yield Figure("index, bytes a statement", f"{per_statement:.0f}", per_statement <= MOST_BYTES)


def make_article(number: int, *, statements: int = OF_AN_ARTICLE) -> list[Said]:
    """The statements of an invented article: common words, those of its topic, and the rare ones of its event.

    News goes on: an event is told four times, among other events, and most belong to something told for months.
    """
    pick = np.random.default_rng(number)
    event = np.random.default_rng([number // (EVENT * 10), number % 10])
    rare = event.integers(WORDS // 50, WORDS, OF_EVENT)
    topic = np.random.default_rng([int(event.integers(0, 1 + number // OF_TOPIC)), 7]).integers(RARE, WORDS, IN_TOPIC)
    common = np.searchsorted(_frequencies(), pick.random((statements, IN_TERMS + AROUND - 7)))
    of_event = rare[pick.integers(0, OF_EVENT, (statements, 4))]
    of_topic = topic[pick.integers(0, IN_TOPIC, (statements, 3))]
    terms = np.concatenate([of_event, of_topic, common], axis=1)
    return [_make_statement(row) for row in ((terms * 2_654_435_761) % 2**32 - 2**31).tolist()]  # as the index spreads


def _make_statement(row: list[int]) -> Said:
    terms = frozenset(row[:2] + row[4 : 2 + IN_TERMS])
    return Said(terms, frozenset(row[2:4] + row[2 + IN_TERMS :]) - terms)


@cache
def _frequencies() -> Any:
    shares = np.cumsum(1 / (np.arange(WORDS) + 20) ** FREQUENT)
    return shares / shares[-1]


def set_up() -> None:
    """Make an empty database: where DATABASE_URL says, or in a folder of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "FACTCHECK_DATA" not in os.environ:
        os.environ["FACTCHECK_DATA"] = tempfile.mkdtemp(prefix="factcheck-search-")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the corpus lies: a desk, whoever added its articles, and who says everything in them."""

    desk: Any
    person: Any
    speaker: Any
    now: Any


def make_place() -> Place:
    """A desk with somebody who adds and somebody who speaks."""
    from django.utils import timezone

    from factcheck.corpus.models import Speaker
    from factcheck.newsroom.models import Desk, User

    desk = Desk.objects.create(name="Search", slug=f"search-{time.time_ns()}")
    person = User.objects.create_user(username=desk.slug, name="Sam")
    speaker = Speaker.objects.create(desk=desk, name="Ana Lima", name_key="ana lima", kind="person")
    return Place(desk, person, speaker, timezone.now())


def _place(number: int) -> int:
    """An article's place in the change sequence: other rows take numbers too."""
    return (number + 1) * 40


def key_of(number: int, within: int) -> UUID:
    """The id of a statement of an article."""
    return UUID(int=(number << 16) | within)


def _store(at: Place, numbers: range) -> None:
    from factcheck.corpus.models import Article, ArticleTerm, Statement, StatementEncoding
    from factcheck.corpus.services.indexing import pack

    for first in range(numbers.start, numbers.stop, 500):
        some = {number: make_article(number) for number in range(first, min(first + 500, numbers.stop))}
        said = [(number, within, one) for number, all_ in some.items() for within, one in enumerate(all_)]
        write_rows(Article, (article_row(at, number) for number in some))
        write_rows(Statement, (statement_row(at, number, within) for number, within, _ in said))
        write_rows(
            StatementEncoding,
            ({"statement": key_of(n, w), "terms": pack(one.terms), "context": pack(one.context)} for n, w, one in said),
        )
        write_rows(
            ArticleTerm, ({"term": t, "place": _place(n)} for n, all_ in some.items() for t in sorted(_terms(all_)))
        )
    settle()


def _terms(said: Iterable[Said]) -> frozenset[int]:
    return frozenset().union(*(one.terms | one.context for one in said))


def article_row(at: Place, number: int) -> dict[str, Any]:
    """An article as a row."""
    return {
        "id": key_of(number, 2**16 - 1),
        "desk": at.desk.pk,
        "created_by": at.person.pk,
        "title": f"Article {number}",
        "text_sha256": f"{number:064x}",
        "added_at": at.now,
        "seq": _place(number),
        "created_seq": _place(number),
    }


def statement_row(at: Place, number: int, within: int) -> dict[str, Any]:
    """A statement as a row."""
    place = _place(number) + 1 + within
    return {
        "id": key_of(number, within),
        "article": key_of(number, 2**16 - 1),
        "speaker": at.speaker.pk,
        "content": "Words.",
        "content_key": "0" * 64,
        "act": "assertion",
        "quote": "indirect",
        "seq": place,
        "created_seq": place,
    }


def write_rows(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as fast as the database takes them; what a row does not say is as in an empty one."""
    from django.db import connection

    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's public name
    empty = {field.name: field.get_default() for field in fields}
    values = [
        [field.get_db_prep_value({**empty, **row}[field.name], connection, prepared=False) for field in fields]
        for row in rows
    ]
    table, columns = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)  # noqa: SLF001 -- Django's public name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for value in values:
                    copy.write_row([getattr(cell, "obj", cell) for cell in value])
            return
        cursor.execute("BEGIN")
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})",
            values,
        )
        cursor.execute("COMMIT")


def settle() -> None:
    """What a database does by itself in quiet hours."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _entries(number: int, *, statements: int = OF_AN_ARTICLE) -> list[Any]:
    from factcheck.engine import Entry

    said = make_article(number, statements=statements)
    return [Entry(key_of(number, within), _place(number), one.terms, one.context) for within, one in enumerate(said)]


def _search(at: Place, stored: int) -> tuple[list[list[list[UUID]]], float]:
    """What is found for a few new articles that follow, and how long one takes, the median."""
    from django.db.models import Q

    from factcheck.corpus.services.candidates import Bounds, search

    found, seconds = [], []
    for trial in range(TRIALS):
        new = _entries(stored + trial, statements=NEW)
        bounds = Bounds(at.desk.pk, Q(), _place(stored))
        search(new[:1], bounds)  # a connection, and plans
        began = clock()
        found.append(search(new, bounds))
        seconds.append(clock() - began)
    return found, statistics.median(seconds)


def clock() -> float:
    """Processor time where the database runs in this process, which other programs disturb least; else the clock."""
    from django.db import connection

    return time.perf_counter() if connection.vendor == "postgresql" else time.process_time()


def _recall(found: Sequence[Sequence[UUID]], stored: int, trial: int) -> float:
    """The share of what exact search finds; every stored statement looked at, weighed by how often its terms stand."""
    from factcheck.engine import rank

    new = _entries(stored + trial, statements=NEW)
    counts = _count_terms(stored)
    weights = {term: math.log((stored + 1) / (count + 0.5)) for term, count in counts.items()}
    best: list[Any] = []
    for first in range(0, stored, 2_000):
        some = [entry for number in range(first, min(first + 2_000, stored)) for entry in _entries(number)]
        kept = {key for keys in rank(new, some, weights, 30) for key in keys}
        best += [entry for entry in some if entry.key in kept]
    exact = rank(new, best, weights, 30)
    shares = [len(set(one) & set(all_)) / len(all_) for one, all_ in zip(found, exact, strict=True)]
    return statistics.mean(shares)


@cache
def _count_terms(stored: int) -> Counter[int]:
    counts: Counter[int] = Counter()
    for number in range(stored):
        counts.update(_terms(make_article(number)))
    return counts


def _index_bytes() -> int:
    from django.db import connection

    tables = ("corpus_articleterm", "corpus_statementencoding")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sum(pg_total_relation_size(name)) FROM unnest(%s::text[]) AS name", [list(tables)])
            return int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s))",
            list(tables),
        )
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
