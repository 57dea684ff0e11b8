"""Looking for the first article of a copy in a corpus that grows: time, and how many copies are found.

`python -m benchmarks.copies [--largest 1000000]`; on SQLite in a folder of its own, or where DATABASE_URL says.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from benchmarks.reader import Figure

SIZES: Final = (10_000, 100_000, 1_000_000)
TOLD: Final = 40  # stored articles with a text, of which copies are handed in, at each size
AT_ONCE: Final = 50_000
OF_STORY: Final = 5  # articles of one story share half of their keys: versions of each other
MOST_GROWTH, LEAST_FOUND = 2.0, 0.99
ROUNDS: Final = 5
_MARKS: Final = {True: "met", False: "MISSED", None: ""}


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="articles stored at the end")
    options = parser.parse_args()
    _set_up()
    missed = 0
    for figure in measure([size for size in SIZES if size <= options.largest]):
        missed += figure.is_met is False
        print(f"{figure.name:66} {figure.value:>22}  {_MARKS[figure.is_met]}", flush=True)
    return 1 if missed else 0


def measure(sizes: Sequence[int]) -> Iterator[Figure]:
    """Fill up to each size, look for first articles, go on."""
    place, times, stored = _make_place(), [], 0
    told = [_add(place, number) for number in range(TOLD)]
    copies = [_add(place, number, as_copy=True) for number in range(TOLD)]
    others = [_add(place, TOLD + number) for number in range(TOLD)]
    for size in sizes:
        _fill(place, stored, size)
        stored = size
        seconds = min(_look(copies + others) for _ in range(ROUNDS))
        times.append(seconds / (2 * TOLD))
        yield Figure(f"looking for the first article among {size:,}", f"{1000 * times[-1]:.2f} ms")
        found = statistics.mean(_first(copy) == first for copy, first in zip(copies, told, strict=True))
        yield Figure(f"copies whose first article is found among {size:,}", f"{found:.3f}", found >= LEAST_FOUND)
        wrong = sum(_first(other) is not None for other in others)
        yield Figure(f"other articles taken for copies among {size:,}", f"{wrong} of {len(others)}", wrong == 0)
    growth = times[-1] / times[0]
    yield Figure(f"times longer among {sizes[-1]:,} than among {sizes[0]:,}", f"{growth:.2f}", growth <= MOST_GROWTH)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "FACTCHECK_DATA" not in os.environ:
        os.environ["FACTCHECK_DATA"] = tempfile.mkdtemp(prefix="factcheck-copies-")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the corpus lies: a desk, and whoever adds its articles."""

    desk: Any
    person: Any
    now: Any


def _make_place() -> Place:
    from django.utils import timezone

    from factcheck.newsroom.models import Desk, Membership, Role, User

    desk = Desk.objects.create(name="Copies", slug=f"copies-{time.time_ns()}")
    person = User.objects.create_user(username=desk.slug, name="Sam")
    Membership.objects.create(user=person, desk=desk, role=Role.LEAD)
    return Place(desk, person, timezone.now())


def make_text(number: int, *, as_copy: bool = False) -> str:
    """An invented article of 400 words; as a copy with another headline, a byline, words changed, a paragraph more."""
    pick = random.Random(number)
    lines = [" ".join(f"w{int(pick.paretovariate(0.6)) % 40_000}x" for _ in range(80)) + "." for _ in range(5)]
    if not as_copy:
        return f"Headline {number}\n\n" + "\n\n".join(lines)
    lines = [line.replace(" w1x ", " w2x ", 1) for line in lines]
    more = " ".join(f"more{number}x{place}" for place in range(40))
    return f"Told elsewhere: {number}\nBy Ann Lee\n\n" + "\n\n".join([*lines, more + "."])


def _add(place: Place, number: int, *, as_copy: bool = False) -> Any:
    from factcheck.corpus.services.articles import NewArticle, add_article

    new = NewArticle(make_text(number, as_copy=as_copy), outlet="Copier" if as_copy else "Agency", adds_outlet=True)
    return add_article(new, place.desk, place.person, place.now).current


def _first(revision: Any) -> Any:
    from factcheck.corpus.services.copying import find_first

    found = find_first(revision)
    return found.article.current if found else None


def _look(revisions: Sequence[Any]) -> float:
    """The seconds of processor time, or by the clock where another process works, that all look-ups take."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    began = clock()
    for revision in revisions:
        _first(revision)
    return clock() - began


def _fill(place: Place, stored: int, size: int) -> None:
    """Store the keys of invented articles, drawn as their hash spreads them; what has no text is never compared."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -1000000")
    for first in range(stored, size, AT_ONCE):
        rows = sorted(row for number in range(first, min(size, first + AT_ONCE)) for row in _keys(number))
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.executemany("INSERT INTO corpus_textkey (key, article) VALUES (%s, %s)", rows)
            cursor.execute("COMMIT")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _keys(number: int) -> Iterator[tuple[int, Any]]:
    from django.db import connection

    from factcheck.corpus.services.sketching import KEYS

    own, story = random.Random(number), random.Random(f"story {number // OF_STORY}")
    article = UUID(int=(1 << 127) + number)
    written = article.hex if connection.vendor == "sqlite" else article
    for place in range(KEYS):
        shared, alone = story.getrandbits(63), own.getrandbits(63)
        yield (shared if place % 2 else alone) - 2**62, written


if __name__ == "__main__":
    sys.exit(main())
