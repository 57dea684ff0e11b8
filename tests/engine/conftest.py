"""What the tables of this folder share: an article around a few sentences, and its statements in short."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from factcheck.engine import Article, Statement
from tests.engine.by_rule import extract_by_rule

PUBLISHED = datetime(2026, 4, 9, 12, 0, tzinfo=UTC)


@pytest.fixture
def read() -> Callable[[str], tuple[Statement, ...]]:
    """Text of a body → its statements, whatever their confidence; the headline says nothing."""

    def read_body(body: str) -> tuple[Statement, ...]:
        article = Article("a1", f"A quiet day\n\n{body}", None, PUBLISHED)
        return extract_by_rule(article, min_confidence=0.0).statements

    return read_body


@pytest.fixture
def told(read: Callable[[str], tuple[Statement, ...]]) -> Callable[[str], list[Statement]]:
    """Text of a body → the statements somebody makes, without the narrator's, at the desk's own threshold."""

    def read_told(body: str) -> list[Statement]:
        return [row for row in read(body) if row.speaker.kind != "narrator" and row.confidence >= 0.5]

    return read_told
