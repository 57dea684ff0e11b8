"""Has this been checked? How long a question takes among 100,000 checked claims, and what a process holds for it.

`python -m benchmarks.match [--claims 100000] [--questions 200]`; on SQLite in a folder of its own, or where
DATABASE_URL says.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from benchmarks.reader import Figure

WORDS, FREQUENT = 60_000, 1.05  # how many words there are, and how steeply they fall off (Zipf)
OF_CLAIM, OF_QUESTION = 22, 30  # words of a claim with its title, and of a post
AT_ONCE, WARM_UP = 2_000, 5
MOST_SECONDS: Final = 0.1
_MARKS: Final = {True: "met", False: "MISSED", None: ""}
_SYLLABLES: Final = (
    "ka",
    "lo",
    "mi",
    "ter",
    "ven",
    "os",
    "ra",
    "dun",
    "el",
    "shi",
    "por",
    "ga",
    "nu",
    "bre",
    "ix",
    "ta",
)


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000, help="imported reviews that are stored")
    parser.add_argument("--questions", type=int, default=200, help="texts that are asked about")
    options = parser.parse_args()
    _set_up()
    missed = 0
    for figure in measure(options.claims, options.questions):
        missed += figure.is_met is False
        print(f"{figure.name:66} {figure.value:>22}  {_MARKS[figure.is_met]}", flush=True)
    return 1 if missed else 0


def measure(claims: int, questions: int) -> Iterator[Figure]:
    """Store claims, begin as a new process does, ask one question after another."""
    from factcheck.publishing.earlier import find_earlier

    person = _store(claims)
    before = _memory_held()
    started = time.perf_counter()
    find_earlier(_sentence(np.random.default_rng(1), OF_QUESTION), person)
    yield Figure("the first question of a process", f"{time.perf_counter() - started:.1f} s")
    yield Figure("memory that it holds for it", f"{_memory_held() - before:.0f} MB")
    times, worked = [], []
    for number in range(questions + WARM_UP):
        text = _sentence(np.random.default_rng([2, number]), OF_QUESTION)
        started, before = time.perf_counter(), time.process_time()
        find_earlier(text, person)
        times.append(time.perf_counter() - started)
        worked.append(time.process_time() - before)
    times, worked = sorted(times[WARM_UP:]), sorted(worked[WARM_UP:])
    yield Figure(f"a question among {claims:,}, median", f"{1000 * statistics.median(times):.0f} ms")
    busy = worked[int(0.95 * (len(worked) - 1))]
    yield Figure("processor time of one, p95; on a busy machine what to go by", f"{1000 * busy:.0f} ms")
    late = times[int(0.95 * (len(times) - 1))]
    yield Figure(f"a question among {claims:,}, p95", f"{1000 * late:.0f} ms", late < MOST_SECONDS)


def _store(claims: int) -> Any:
    """Imported reviews with invented words, and meanings in directions of some 500 matters; nobody reads them all."""
    from django.utils import timezone

    from factcheck.claims.models import ImportedReview, KnownClaim, ReviewImport
    from factcheck.claims.services.knowing import current_reader
    from factcheck.engine.matching import pack_words
    from factcheck.ledger.models import LedgerHead
    from factcheck.newsroom.models import Desk, Membership, Role, User

    now, reader = timezone.now(), current_reader()
    desk = Desk.objects.create(slug="match", name="Match")
    person = User.objects.create(username="match", name="Match")
    Membership.objects.create(desk=desk, user=person, role=Role.LEAD)
    brought = ReviewImport.objects.create(
        desk=desk, name="invented.json", original_sha256="0" * 64, asked_by=person, asked_at=now
    )
    matters = np.random.default_rng(3).standard_normal((500, 384))
    for first in range(0, claims, AT_ONCE):
        pick = np.random.default_rng([4, first])
        texts = [_sentence(pick, OF_CLAIM) for _ in range(first, min(first + AT_ONCE, claims))]
        reviews = [
            ImportedReview(
                desk=desk,
                url=f"https://checks.example/{number}",
                claim_text=text,
                publisher_site="checks.example",
                rating_text="False",
                document={},
                review_import=brought,
                identity=f"{number}",
                digest="",
                imported_at=now,
                seq=2 * number + 1,
                created_seq=2 * number + 1,
            )
            for number, text in enumerate(texts, first)
        ]
        ImportedReview.objects.bulk_create(reviews)
        KnownClaim.objects.bulk_create(
            KnownClaim(
                imported=review,
                words=pack_words(review.claim_text),
                meaning=_packed(matters[pick.integers(0, 500)] + pick.standard_normal(384)),
                digest="",
                reader=reader,
                read_at_seq=2 * number + 1,
                seq=2 * number + 2,
                created_seq=2 * number + 2,
            )
            for number, review in enumerate(reviews, first)
        )
    LedgerHead.objects.update(seq=2 * claims + 2)
    return person


def _packed(direction: Any) -> bytes:
    packed: bytes = np.rint(direction * (127 / np.abs(direction).max())).astype(np.int8).tobytes()
    return packed


def _sentence(pick: Any, length: int) -> str:
    """Words as often as words are in a language: some common ones, names, a figure now and then."""
    words = [_words()[place] for place in np.searchsorted(_frequencies(), pick.random(length))]
    return " ".join(words)


@cache
def _frequencies() -> Any:
    shares = np.cumsum(1 / (np.arange(WORDS) + 3) ** FREQUENT)
    return shares / shares[-1]


@cache
def _words() -> Sequence[str]:
    common = ["the", "of", "a", "in", "to", "and", "that", "is", "for", "on", "was", "with", "has", "not", "by"]
    pick = np.random.default_rng(5)
    made = ["".join(_SYLLABLES[s] for s in pick.integers(0, 16, pick.integers(2, 5))) for _ in range(WORDS)]
    return [*common, *(word.title() if number % 4 == 0 else word for number, word in enumerate(made))][:WORDS]


def _memory_held() -> float:
    """MB of this process."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 -- a file of the kernel's
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "FACTCHECK_DATA" not in os.environ:
        os.environ["FACTCHECK_DATA"] = tempfile.mkdtemp(prefix="factcheck-match-")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
