"""A file of reviews is read whatever its shape, and what is wrong in it is said row by row."""

from typing import Any

import pytest

from factcheck.intake.parsing.documents import UnfitFile
from factcheck.intake.reviews.meaning import read_row
from factcheck.intake.reviews.rows import Row
from factcheck.intake.reviews.shapes import read_documents
from tests.intake.reviews.made import DUKES, HOSTILE, SHAPES, review, told


def rows_of(name: str, content: bytes) -> list[Row]:
    return [read_row(number, found) for number, found in read_documents(name, content)]


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_says_the_same_review(name: str) -> None:
    row = rows_of(name, SHAPES[name])[0]

    assert row.said is not None
    assert (row.said.claim_text, row.said.claimant) == ("The bridge was inspected 1 times.", "Ilse Varga")
    assert (row.said.rating_text, row.said.publisher_name) == ("Mostly false", "Orla Checks")
    assert (row.said.publisher_site, row.said.url) == ("checks.example", "https://www.checks.example/1")
    assert (row.said.claim_date, row.said.review_date) == ("2026-01-30", "2026-02-01")
    assert row.problems == ()


def test_a_row_is_named_by_its_place_in_the_file() -> None:
    lines = b"\n".join([told(review()), b"", b"no JSON", told({"claims": []}), told([review(2), review(3)])])

    assert [(row.number, row.said is not None) for row in rows_of("a.jsonl", lines)] == [
        *((1, True), (3, False), (4, False)),
        *((5, True), (5, True)),
    ]


ODD: list[tuple[dict[str, Any], str, bool]] = [
    ({"url": "javascript:alert(1)"}, "url", True),
    ({"url": None}, "url", True),
    ({"claimReviewed": " "}, "claimReviewed", True),
    ({"claimReviewed": "x" * 10_001}, "claimReviewed", True),
    ({"reviewRating": {}}, "reviewRating", True),
    ({"datePublished": "soon"}, "datePublished", False),
    ({"inLanguage": "the language"}, "inLanguage", False),
    ({"reviewRating": {"alternateName": "False", "ratingValue": "1e999"}}, "reviewRating.ratingValue", False),
    ({"headline": "x" * 501}, "headline", False),
    ({"extra": "x" * 70_000}, "row", True),
]


@pytest.mark.parametrize(("more", "field", "refuses"), ODD)
def test_what_is_wrong_is_named_with_a_remedy(more: dict[str, Any], field: str, refuses: bool) -> None:
    (row,) = rows_of("a.json", told(review(**more)))

    assert [(problem.field, problem.refuses) for problem in row.problems] == [(field, refuses)]
    assert (row.said is None) == refuses
    assert all(problem.problem.strip() and problem.remedy.strip() for problem in row.problems)


def test_a_bare_number_is_told_as_one_and_lists_are_looked_into() -> None:
    rated = review(reviewRating=[{"ratingValue": 2, "bestRating": "5"}], author=[{"name": "A"}, {"name": "B"}])
    (row,) = rows_of("a.json", told(rated))

    assert row.said is not None
    assert (row.said.rating_text, row.said.rating_value, row.said.publisher_name) == ("2 of 5", 2.0, "A")


def test_a_cell_that_an_export_made_harmless_comes_back_as_it_was() -> None:
    (row,) = rows_of("a.csv", DUKES.replace("The bridge", "'=The bridge").encode())

    assert row.said is not None
    assert row.said.claim_text.startswith("=The bridge")


def test_nothing_unprintable_is_stored() -> None:
    (row,) = rows_of("a.json", told(review(claimReviewed="A\x00b\ud800c", extra={"x\x00": ["\x07y"]})))

    assert row.said is not None
    assert row.said.claim_text == "Abc"
    assert row.document["extra"] == {"x": ["y"]}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_holds_no_review_and_says_why(name: str) -> None:
    try:
        rows = rows_of(name, HOSTILE[name])
    except UnfitFile as reason:
        rows, said = [], str(reason)
    else:
        said = " ".join(problem.problem for row in rows for problem in row.problems)

    assert [row.said for row in rows] == [None] * len(rows)
    assert said.endswith(".")
