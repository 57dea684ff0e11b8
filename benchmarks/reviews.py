"""What readers and programs wait for: published reviews read, listed and searched, with 100,000 of them stored.

`python -m benchmarks.reviews [--reviews 100000 --seconds 6]`; on SQLite in a folder of its own, or where DATABASE_URL
says (an empty database, which it fills). `--in-process` leaves the server out and tells the time of the answer alone.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from benchmarks.client import OK, Connection
from benchmarks.load import Figure, Step, measure
from benchmarks.servers import ROOT, Processes, free_port

BATCH: Final = 1_000
NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
CROWDS: Final = {1: 50.0, 8: 150.0}  # clients, and the 95th percentile in milliseconds that they may wait
THINGS: Final = ("bridge", "harbor", "budget", "school", "hospital", "tunnel", "market", "museum", "theater", "station")
DID: Final = ("opened", "closed", "flooded", "sold", "inspected", "repaired", "burned", "painted", "moved", "leased")
TONES: Final = ("true", "mixed", "false")


def main() -> int:
    """Fill, measure, print a line a figure; the exit status is 1 where one is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--in-process", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = _set_up(folder)
        began = time.perf_counter()
        ids = fill(options.reviews)
        print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
        figures = (
            in_process(ids, options.seconds)
            if options.in_process
            else served(Path(folder), environment, ids, options.seconds)
        )
        return 0 if all([*map(_told, figures)]) else 1


def _set_up(folder: str) -> dict[str, str]:
    url = os.environ.get("DATABASE_URL", f"sqlite:///{folder}/reviews.sqlite3")
    environment = {"FACTCHECK_DATA": folder, "DATABASE_URL": url, "FACTCHECK_API_RATE": "1000000"}
    os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "config.settings"})
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    return environment


# --- What is stored ---


def fill(reviews: int) -> list[str]:
    """Store reviews with their documents and words; straight into the tables, numbers and all. Give their ids."""
    from factcheck.ledger.models import LedgerHead
    from factcheck.newsroom.models import Desk, User

    desk = Desk.objects.create(name="City desk", slug="city")
    lea = User.objects.create_user(username="lea", name="Lea")
    steps = make_scale(desk)
    ids: list[str] = []
    for first in range(0, reviews, BATCH):
        ids += _store(desk, lea, steps, range(first, min(first + BATCH, reviews)))
    LedgerHead.objects.filter(seq__lt=4 * reviews).update(seq=4 * reviews)
    return ids


def make_scale(desk: Any) -> list[Any]:
    """A step for each tone."""
    from factcheck.claims.models import Rating, RatingScale

    scale = RatingScale.objects.create(desk=desk, name="Three steps", **_numbered(0))
    steps = [
        Rating(scale=scale, position=place, label=tone.title(), definition="As defined.", tone=tone)
        for place, tone in enumerate(TONES)
    ]
    Rating.objects.bulk_create(steps)
    return list(scale.ratings.order_by("position"))


def _store(desk: Any, lea: Any, steps: Sequence[Any], numbers: Sequence[int]) -> list[str]:
    from django.db import transaction

    from factcheck.claims.models import Claim, Verdict
    from factcheck.publishing.models import ClaimReview, Publication, PublishedWords

    claims = [
        Claim(desk=desk, text=_claim(n), state="decided", opened_by=lea, opened_at=NOW, **_numbered(4 * n + 1))
        for n in numbers
    ]
    said = {
        "number": 1,
        "state": "approved",
        "summary": "The log shows it.",
        "reasoning": "One inspection.",
        "solo": True,
    }
    verdicts = [
        Verdict(claim=claim, rating=steps[n % len(steps)], started_at=NOW, saved_at=NOW, **said, **_numbered(4 * n + 2))
        for n, claim in zip(numbers, claims, strict=True)
    ]
    rows = [_row(n, desk, claim) for n, claim in zip(numbers, claims, strict=True)]
    revisions = [_revision(n, row, verdict, lea) for n, row, verdict in zip(numbers, rows, verdicts, strict=True)]
    words = [PublishedWords(publication=row, text=_words(n)) for n, row in zip(numbers, rows, strict=True)]
    for row, revision in zip(rows, revisions, strict=True):
        row.live_id = revision.pk
    together: list[tuple[Any, list[Any]]] = [(Claim, claims), (Verdict, verdicts), (Publication, rows)]
    with transaction.atomic():  # the two tables point to one another
        for kind, made in [*together, (ClaimReview, revisions), (PublishedWords, words)]:
            kind.objects.bulk_create(made, batch_size=200)
    return [str(row.pk) for row in rows]


def _row(number: int, desk: Any, claim: Any) -> Any:
    from factcheck.publishing.models import Publication

    published = NOW + timedelta(minutes=number)
    return Publication(
        claim=claim, desk=desk, slug=f"review-{number}", first_published_at=published, changed_at=published,
        text=_claim(number), speaker_name=_speaker(number),
        speaker_id=_speaker_id(number), rating_label=_tone(number).title(), tone=_tone(number),
        language="en", claimed_on=published.date(), **_numbered(4 * number + 3),
    )  # fmt: skip


def _revision(number: int, row: Any, verdict: Any, lea: Any) -> Any:
    from factcheck.publishing import jsonld
    from factcheck.publishing.models import ClaimReview

    review = _review(number)
    return ClaimReview(
        publication=row, number=1, kind="published", verdict=verdict, contents=review.as_json(),
        rich=jsonld.written(jsonld.rich(review)), strict=jsonld.written(jsonld.strict(review)),
        published_by=lea, published_at=row.first_published_at,
    )  # fmt: skip


def _review(number: int) -> Any:
    from factcheck.publishing.review import Place, Publisher, Rated, Review, Source, Voice

    published, site = NOW + timedelta(minutes=number), "http://127.0.0.1:8000"
    voice = Voice(str(_speaker_id(number)), _speaker(number), "person")
    place = Place(str(number), _claim(number), voice, "News of the week", "Orla Post", f"{site}/a/{number}", published)
    return Review(
        url=f"{site}/reviews/review-{number}/", publisher=Publisher("City desk", site), language="en",
        claim=_claim(number), rating=Rated(_tone(number).title(), _tone(number), "As defined.", 2, 3, 1),
        summary=_words(number), reasoning="The log lists one inspection. " * 40, first_published=published,
        published=published, number=1, solo=False, appearances=(place,), denials=(), checked=place,
        evidence=(Source("Log", "supports", f"{site}/log/{number}", "An excerpt of the log. " * 10),),
    )  # fmt: skip


def _claim(number: int) -> str:
    return f"The {_thing(number)} of district {number % 997} was {DID[number // 10 % 10]} in year {number % 89}"


def _words(number: int) -> str:
    return f"{_claim(number)}\n{_speaker(number)} said it of the {_thing(number // 7)}, case {number}"


def _thing(number: int) -> str:
    return THINGS[number % len(THINGS)]


def _speaker(number: int) -> str:
    return f"Ida Berg {number % 500}"


def _speaker_id(number: int) -> UUID:
    return UUID(int=number % 500)


def _tone(number: int) -> str:
    return TONES[number % len(TONES)]


def _numbered(number: int) -> dict[str, int]:
    return {"seq": number, "created_seq": number}


# --- What is asked ---


def paths_of(ids: Sequence[str]) -> Mapping[str, Callable[[int], str]]:
    """What is read and searched: rare words and words that every tenth review has."""
    return {
        "one": lambda n: f"/api/v1/reviews/{ids[n * 7919 % len(ids)]}",
        "page": lambda n: f"/reviews/review-{n * 7919 % len(ids)}/",
        "list": lambda n: "/api/v1/reviews?limit=50",
        "rare": lambda n: f"/api/v1/reviews?q={_thing(n)}%20district%20{n % 997}&limit=20",
        "common": lambda n: f"/api/v1/reviews?q={_thing(n)}&limit=20",
        "google": lambda n: f"/v1alpha1/claims:search?query={_thing(n)}%20{DID[n % 10]}",
        "index": lambda n: f"/reviews/?q={_thing(n)}%20{DID[n % 10]}",
    }


def served(folder: Path, environment: Mapping[str, str], ids: Sequence[str], seconds: float) -> Iterator[Figure]:
    """By 1 and by 8 clients, of the web process as an installation runs it."""
    processes, port = Processes(folder, environment, ROOT), free_port()
    try:
        processes.start("web", sys.executable, "manage.py", "process", "web", "--port", port)
        processes.wait_for("web", port)
        for what, path in paths_of(ids).items():
            for clients in CROWDS:
                steps = [_step(Connection(port), path, number) for number in range(clients)]
                yield measure(what, steps, seconds)
    finally:
        processes.stop()


def _step(client: Connection, path: Callable[[int], str], number: int) -> Step:
    turn = number * 1_000

    def step() -> None:
        nonlocal turn
        turn += 1
        client.expect(OK, "GET", path(turn))

    return step


def in_process(ids: Sequence[str], seconds: float) -> Iterator[Figure]:
    """The answer alone, without a server, by the clock; beside it the processor's time, which others take less from."""
    from django.test import Client

    client = Client()
    for what, path in paths_of(ids).items():
        spent = list[float]()

        def step(path: Callable[[int], str] = path, spent: list[float] = spent) -> None:
            began = time.thread_time()
            assert client.get(path(len(spent) + 1)).status_code == OK
            spent.append(time.thread_time() - began)

        yield measure(what, [step], seconds)
        spent = sorted(spent[1:]) or spent  # the first loads what it needs
        print(f"{'':8} of the processor: p95 {1000 * spent[len(spent) * 95 // 100]:6.1f} ms", flush=True)


def _told(figure: Figure) -> bool:
    most = CROWDS[figure.clients]
    is_met = figure.p95 < most and not figure.errors
    verdict = "ok" if is_met else f"over {most:.0f} ms" if not figure.errors else figure.first_error
    print(
        f"{figure.what:8} {figure.clients} clients  {figure.rate:7.1f}/s   p50 {figure.p50:6.1f} ms   "
        f"p95 {figure.p95:6.1f} ms   {verdict}",
        flush=True,
    )
    return is_met


if __name__ == "__main__":
    sys.exit(main())
