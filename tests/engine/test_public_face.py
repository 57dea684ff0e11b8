"""What the product relies on: names, errors, progress, the same bytes every time, and no Django."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

import factcheck.engine
from factcheck.engine import AnalysisStopped, Article, UnreadableArticle, analyze, extract, read_article

ARTICLES = [
    Article("a", "H\n\nThe agency counted 17 cracks. The firm put the number of cracks at four.", None, None),
    Article("b", "H\n\nAna Lima ruled out selling the pier.", None, datetime(2026, 4, 6, tzinfo=UTC)),
    Article("c", "H\n\nMs Lima announced that the pier would be sold.", None, datetime(2026, 4, 9, tzinfo=UTC)),
]


def test_the_public_names_exist() -> None:
    assert all(hasattr(factcheck.engine, name) for name in factcheck.engine.__all__)


def test_importing_the_engine_loads_no_django() -> None:
    code = "import sys, factcheck.engine; print([name for name in sys.modules if name.partition('.')[0] == 'django'])"

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert printed.stdout.strip() == "[]"


@pytest.mark.thorough
def test_the_same_bytes_for_any_hash_seed() -> None:
    seed = "seeds/articles/ukraine-russia-belarus-talks.txt"
    command = [sys.executable, "-m", "factcheck.engine", "analyze", seed]

    printed = [
        subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": number}).stdout
        for number in ("1", "2")
    ]

    assert printed[0] == printed[1]
    assert json.loads(printed[0])["conflicts"]


def test_the_order_of_articles_changes_nothing_but_their_order() -> None:
    forward, backward = analyze(ARTICLES), analyze(ARTICLES[::-1])

    assert forward.conflicts == backward.conflicts
    assert forward.speakers == backward.speakers
    assert forward.extractions == backward.extractions[::-1]


def test_progress_grows_to_one() -> None:
    shares: list[float] = []

    analyze(ARTICLES, progress=shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_progress_may_stop_an_extraction() -> None:
    def stop(share: float) -> None:
        raise AnalysisStopped(f"stopped at {share}")

    with pytest.raises(AnalysisStopped):
        extract(ARTICLES[0], progress=stop)


@pytest.mark.parametrize(("text", "remedy"), [("", "headline"), ("a\0b", "plain text"), ("é" * 1_100_000, "cut it")])
def test_an_unreadable_text_is_refused_with_a_remedy(text: str, remedy: str) -> None:
    with pytest.raises(UnreadableArticle, match=remedy):
        extract(Article("a", text))


BYLINES = [
    ("H\nThe Courier | 2026-04-09 07:30\n\nBody.", "The Courier", datetime(2026, 4, 9, 7, 30, tzinfo=UTC)),
    ("H\nThe Courier | 2026-04-09\n\nBody.", "The Courier", datetime(2026, 4, 9, tzinfo=UTC)),
    ("H\n\nBody.", None, datetime(2026, 1, 2, tzinfo=UTC)),
    ("H\nThe Courier | soon\n\nBody.", None, datetime(2026, 1, 2, tzinfo=UTC)),
    ("H", None, datetime(2026, 1, 2, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "outlet", "published"), BYLINES)
def test_reading_an_article(text: str, outlet: str | None, published: datetime) -> None:
    article = read_article("a", text, date(2026, 1, 2))

    assert (article.outlet, article.published) == (outlet, published)
    assert article.text == text


def test_a_byline_is_never_a_statement() -> None:
    article = read_article("a", "Ana Lima: “It rained”\nThe Courier, said Ana Lima | 2026-04-09\n\nIt rained.")

    found = extract(article, min_confidence=0.0).statements

    assert {row.text for row in found} == {"It rained"}
