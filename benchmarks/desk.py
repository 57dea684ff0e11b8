"""What the desk's pages cost: server time with 100,000 statements and 5,000 open conflicts stored.

`python -m benchmarks.desk [--statements 100000 --conflicts 5000 --rounds 30]`; on SQLite in a folder of its own, or
where DATABASE_URL says (an empty database, which it fills).
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

SAID_BY_ARTICLE: Final = 30
SPEAKERS: Final = 200
FEW: Final = 2  # statements of an article that few may read
MOST_PAGE, MOST_DECISION = 0.3, 0.06
NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
BATCH: Final = 2_000
WORDS: Final = ("bridge", "harbor", "budget", "school", "hospital", "tunnel", "market", "museum", "theater", "station")


def main() -> int:
    """Fill, measure, print a line a page; the exit status is 1 where one is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--conflicts", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--restricted", type=int, default=0, help="so many that Ben may not read, and as many he may")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _set_up(folder)
        began = time.perf_counter()
        fill(options.statements, options.conflicts, options.restricted)
        print(f"filled in {time.perf_counter() - began:.0f} s")
        gc.collect()
        gc.freeze()  # as the web process does (config/wsgi.py): what is loaded for good is not looked through again
        return 0 if all([*measure(options.rounds)]) else 1


def _set_up(folder: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    os.environ["FACTCHECK_DATA"] = folder
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/desk.sqlite3")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


# --- What is stored ---


def fill(statements: int, conflicts: int, restricted: int = 0) -> None:
    """Store articles with their statements, and pairs that wait; straight into the tables, numbers and all."""
    from factcheck.ledger.models import LedgerHead
    from factcheck.newsroom.models import Desk, Membership, User

    desk = Desk.objects.create(name="City desk", slug="city")
    for name, role in (("Ben", "reviewer"), ("Lea", "lead")):
        person = User.objects.create_user(username=name.lower(), name=name)
        Membership.objects.create(user=person, desk=desk, role=role)
    numbers = iter(range(1, 10**9))
    said = _store_articles(desk, person, statements, numbers)
    _store_pairs(desk, said, conflicts, numbers)
    _restrict(desk, person, 2 * restricted, numbers)
    LedgerHead.objects.update(seq=next(numbers))


def _store_articles(
    desk: Any, person: Any, statements: int, numbers: Iterator[int], *, first: int = 0, each: int = SAID_BY_ARTICLE
) -> list[Any]:
    from factcheck.corpus.models import Anchor, Article, Outlet, Revision, Speaker, Statement
    from factcheck.corpus.services.indexing import keep_words

    outlet, _ = Outlet.objects.get_or_create(
        desk=desk, name="Orla Post", name_key="orla post", defaults=_numbered(numbers)
    )
    speakers = list(Speaker.objects.order_by("created_seq")) or Speaker.objects.bulk_create(
        Speaker(desk=desk, name=f"Ida Berg {n}", name_key=f"ida berg {n}", kind="person", **_numbered(numbers))
        for n in range(SPEAKERS)
    )
    kept: list[Any] = []
    for begun in range(0, statements, BATCH * each // 10):
        articles, revisions, rows, anchors = [], [], [], []
        last = min(begun + BATCH * each // 10, statements)
        for number in range(first + begun, first + last, each):
            title, sentences = f"Article {number} on the {_word(number)}", _sentences(number)[:each]
            text = "\n\n".join([title, *sentences])
            digest = hashlib.sha256(text.encode()).hexdigest()
            added = NOW - timedelta(minutes=statements - number + first)
            article = Article(
                desk=desk, outlet=outlet, title=title, published_at=added, text_sha256=digest,
                created_by=person, added_at=added, **_numbered(numbers),
            )  # fmt: skip
            articles.append(article)
            revisions.append(Revision(article=article, number=1, text=text, sha256=digest, fetched_at=added))
            for place, sentence in enumerate(sentences):
                content = sentence.partition(" said ")[2].rstrip(".")
                start = text.index(sentence) + sentence.index(content)
                row = Statement(
                    article=article, speaker=speakers[(number + place) % SPEAKERS], content=content,
                    content_key=Statement.key_of(content), act="assertion", quote="indirect", **_numbered(numbers),
                )  # fmt: skip
                rows.append(row)
                span = {"start": start, "end": start + len(content)}
                anchors.append(
                    Anchor(
                        statement=row, revision=revisions[-1], content=content, parts=[[*span.values()]], **span,
                        passage_start=text.index(sentence), passage_end=text.index(sentence) + len(sentence),
                    )
                )  # fmt: skip
        Article.objects.bulk_create(articles, batch_size=BATCH)
        Revision.objects.bulk_create(revisions, batch_size=BATCH)
        Statement.objects.bulk_create(rows, batch_size=BATCH)
        Anchor.objects.bulk_create(anchors, batch_size=BATCH)
        keep_words(rows)
        kept += rows
    return kept


def _store_pairs(desk: Any, said: list[Any], conflicts: int, numbers: Iterator[int]) -> None:
    from factcheck.corpus.models import ConflictPair

    middle = len(said) // 2
    pairs = [
        ConflictPair(
            desk=desk, a=said[n % middle], b=said[middle + n % middle], kind="denial", suggested_kind="denial",
            score=0.5 + (n * 7919 % 5000) / 10_000, why="One affirms what the other denies.", engine_version="0.1.0",
            fingerprint=hashlib.sha256(str(n).encode()).hexdigest(), suggested_at=NOW - timedelta(hours=n % 300),
            **_numbered(numbers),
        )
        for n in range(min(conflicts, middle))
    ]  # fmt: skip
    ConflictPair.objects.bulk_create(pairs, batch_size=BATCH)


def _restrict(desk: Any, lead: Any, count: int, numbers: Iterator[int]) -> None:
    """Further articles that few may read, each with a pair that waits; of every second one Ben is named as a reader."""
    from factcheck.corpus.models import Article, ArticleReader
    from factcheck.newsroom.models import User

    said = _store_articles(desk, lead, count * FEW, numbers, first=10**6, each=FEW)
    ben, keys = User.objects.get(username="ben"), [row.article_id for row in said[::FEW]]
    for start in range(0, len(keys), BATCH):
        Article.objects.filter(pk__in=keys[start : start + BATCH]).update(access="restricted")
    ArticleReader.objects.bulk_create(
        [ArticleReader(article_id=key, person=ben) for key in keys[::2]], batch_size=BATCH
    )
    _store_pairs(desk, [*said[::FEW], *said[1::FEW]], count, numbers)


def _numbered(numbers: Iterator[int]) -> dict[str, int]:
    number = next(numbers)
    return {"seq": number, "created_seq": number}


def _word(number: int) -> str:
    return WORDS[number % len(WORDS)]


def _sentences(number: int) -> list[str]:
    return [
        f"Ida Berg {(number + n) % SPEAKERS} said the {_word(number + n)} of district {number} opened in year {n}."
        for n in range(SAID_BY_ARTICLE)
    ]


# --- What is asked ---


def measure(rounds: int) -> Iterator[bool]:
    """Ask each page so many times; whether each is as fast as it must be."""
    from django.test import Client

    from factcheck.corpus.models import Article, ConflictPair
    from factcheck.newsroom.models import User

    ben, reviewer = Client(), User.objects.get(username="ben")
    ben.force_login(reviewer)
    pairs = list(ConflictPair.objects.readable_by(reviewer).awaiting_editor().best_first()[: rounds + 5])
    article = Article.objects.filter(access="open").latest("added_at")
    queue = "/admin/corpus/conflictpair/?status__exact=suggested"
    pages = {
        "inbox": lambda _: ben.get("/"),
        "queue": lambda _: ben.get(queue),
        "reader": lambda _: ben.get(article.get_absolute_url()),
        "conflict": lambda n: ben.get(pairs[n].get_absolute_url()),
        "search": lambda n: ben.get("/search/", {"q": f"{_word(n)} district"}),
    }
    for name, ask in pages.items():
        yield _timed(name, ask, rounds, 200, MOST_PAGE)

    def decide(n: int) -> Any:
        fields = {"decision": "conflict", "version": pairs[n].version}
        return ben.post(f"{pairs[n].get_absolute_url()}decide/", fields, headers={"x-queue": "1"})

    yield _timed("decide", decide, rounds, 200, MOST_DECISION)


def _timed(name: str, ask: Callable[[int], Any], rounds: int, status: int, most: float) -> bool:
    times: list[tuple[float, float]] = []
    for number in range(rounds + 3):
        began, used = time.perf_counter(), time.process_time()
        answer = ask(number)
        times.append((time.perf_counter() - began, time.process_time() - used))
        assert answer.status_code == status, f"{name}: {answer.status_code}"
    walls, processors = ([1000 * row[place] for row in times[3:]] for place in (0, 1))  # the first fill what is kept
    is_met = _p95(walls) < 1000 * most
    print(
        f"{name:10} p50 {sorted(walls)[len(walls) // 2]:6.0f} ms   p95 {_p95(walls):6.0f} ms   "
        f"of the processor alone {_p95(processors):6.0f} ms   {'ok' if is_met else f'over {1000 * most:.0f} ms'}"
    )
    return is_met


def _p95(times: list[float]) -> float:
    return sorted(times)[min(int(len(times) * 0.95), len(times) - 1)]


if __name__ == "__main__":
    sys.exit(main())
