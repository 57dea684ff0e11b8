"""JSON-LD by golden files, and by the rules of those who read it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factcheck.publishing import jsonld
from factcheck.publishing.linter import rich_problems, strict_problems
from factcheck.publishing.review import Review
from tests.publishing.reviews import BRIDGE, SAID, VARGA

GOLDEN = Path(__file__).parent / "golden"
BODY = replace(BRIDGE, checked=replace(SAID, voice=replace(VARGA, kind="organisation", name="Orla council")))
BARE = replace(
    BRIDGE,
    rating=replace(BRIDGE.rating, value=None, best=None, worst=None),
    appearances=(replace(SAID, url="", published=None),),
    checked=None,
    associated=(),
)


@pytest.mark.parametrize("profile", [jsonld.rich, jsonld.strict])
@pytest.mark.parametrize(("name", "review"), [("bridge", BRIDGE), ("body", BODY), ("bare", BARE)])
def test_a_review_becomes_the_document_in_the_golden_file(name: str, review: Review, profile: Any) -> None:
    path = GOLDEN / f"{name}.{profile.__name__}.json"

    assert profile(review) == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("review", [BRIDGE, BODY, BARE])
def test_the_strict_profile_passes_dukes_schema(review: Review) -> None:
    assert strict_problems(jsonld.strict(review)) == rich_problems(jsonld.rich(review)) == []


@pytest.mark.parametrize("name", ["@id", "inLanguage", "dateModified", "associatedReview"])
def test_the_strict_profile_leaves_out_what_the_schema_does_not_know(name: str) -> None:
    assert name in jsonld.rich(BRIDGE)
    assert name not in jsonld.strict(BRIDGE)
    assert strict_problems(jsonld.strict(BRIDGE) | {name: "x"}) == [f"{name} is not known"]


def test_who_rejects_a_claim_does_not_appear_as_its_author() -> None:
    assert "Reyle" not in json.dumps(jsonld.rich(BRIDGE))


def test_numbers_are_numeric_strings() -> None:
    rating = jsonld.rich(BRIDGE)["reviewRating"]

    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == ("4", "5", "1")


@pytest.mark.parametrize("words", ["</script>", "<!--", "a & b", "“quoted”", "\u2028", "שלום", '"'])
def test_no_words_end_the_element_that_they_stand_in(words: str) -> None:
    written = jsonld.written(jsonld.rich(replace(BRIDGE, claim=words)))

    assert not set(b"<>&") & set(written)
    assert json.loads(written)["claimReviewed"] == words


@pytest.mark.parametrize("review", [BRIDGE, BODY, BARE])
def test_a_review_is_read_back_as_it_was_written(review: Review) -> None:
    assert Review.from_json(json.loads(json.dumps(review.as_json()))) == review
