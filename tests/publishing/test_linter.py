"""The linter says by name why a review may not be published, and what would make it better."""

from dataclasses import replace
from typing import Any

import pytest

from factcheck.publishing.findings import Finding
from factcheck.publishing.linter import errors_of, lint
from factcheck.publishing.review import Review
from tests.publishing.reviews import BRIDGE, SAID, VARGA

OURS = replace(SAID, url="https://www.news.example/our-own-story")

ERRORS: list[tuple[str, dict[str, Any]]] = [
    ("claim_missing", {"claim": " "}),
    ("rating_missing", {"rating": replace(BRIDGE.rating, label="")}),
    ("summary_missing", {"summary": ""}),
    ("reasoning_missing", {"reasoning": "\n"}),
    ("evidence_missing", {"evidence": ()}),
    ("appearance_missing", {"appearances": ()}),
    ("appearance_is_ours", {"appearances": (OURS,)}),
    ("rating_out_of_bounds", {"rating": replace(BRIDGE.rating, value=6)}),
    ("strict_shape", {"url": "news.example/reviews/x/"}),
    ("rich_shape", {"rating": replace(BRIDGE.rating, value=1, best=1, worst=1)}),
    ("rich_shape", {"appearances": (replace(SAID, url="", title=""),)}),
    ("rich_shape", {"associated": ("the other side",)}),
]
WARNINGS: list[tuple[str, dict[str, Any]]] = [
    ("evidence_without_address", {"evidence": (replace(BRIDGE.evidence[0], url=""),)}),
    ("speaker_missing", {"checked": None}),
    ("speaker_missing", {"checked": replace(SAID, voice=replace(VARGA, kind="narrator"))}),
    ("appearance_without_address", {"appearances": (replace(SAID, url=""),)}),
    ("claim_without_date", {"appearances": (replace(SAID, published=None),)}),
    ("claim_long", {"claim": "word " * 20}),
    ("rating_in_claim", {"claim": "It is mostly true."}),
    ("rating_without_number", {"rating": replace(BRIDGE.rating, value=None)}),
    ("address_not_public", {"url": "http://127.0.0.1:8000/reviews/x/"}),
    ("strict_without_speaker", {"checked": replace(SAID, voice=replace(VARGA, kind="organisation"))}),
    ("language_unclear", {"language": "English"}),
    ("solo", {"solo": True}),
]


def named(findings: list[Finding]) -> list[str]:
    return [finding.name for finding in findings]


def test_a_sound_review_has_no_finding() -> None:
    assert lint(BRIDGE) == []


@pytest.mark.parametrize(("name", "changed"), ERRORS)
def test_an_error_blocks(name: str, changed: dict[str, Any]) -> None:
    found = lint(replace(BRIDGE, **changed))

    assert name in named(errors_of(found))
    assert all(finding.message for finding in found)


@pytest.mark.parametrize(("name", "changed"), WARNINGS)
def test_a_warning_does_not_block(name: str, changed: dict[str, Any]) -> None:
    review: Review = replace(BRIDGE, **changed)

    assert named(lint(review)) == [name]
    assert errors_of(lint(review)) == []


def test_errors_come_first() -> None:
    found = lint(replace(BRIDGE, evidence=(), solo=True))

    assert [finding.is_error for finding in found] == [True, False]
