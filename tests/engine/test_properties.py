"""Whatever the text: no exception, and every span lies in the article and says what the statement says."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.engine import Article, Span, Statement
from tests.engine.by_rule import analyze_by_rule, extract_by_rule

PIECES = st.sampled_from(
    [
        "Ana Lima", "said", "that", "“", "”", "‘", "’", '"', "'", "''", "the board", "denied", ",", ".", ";", ":", "if",
        "\n\n", "\r\n", "according to", "she", "it", "17", "percent", "had", "promised", "to", "pay", "no", "who",
        "(", ")", "—", "May", "2026-01-31", "|", "\ufeff", "\u202e", "😀", "x" * 40, "«", "»", "?", "!", "U.S.", "'s",
        "told", "reporters", "and",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join)).filter(
    lambda text: bool(text.replace("\ufeff", "").strip()) and "\0" not in text
)


def spans_of(statement: Statement) -> list[Span]:
    relay = statement.reported_by
    spans = [statement.source, statement.cue, relay.source if relay else None, relay.cue if relay else None]
    return [statement.content, *statement.parts, *(span for span in spans if span is not None)]


@settings(max_examples=60, deadline=None, database=None)
@given(TEXTS)
def test_spans_lie_in_the_article_and_its_passages(text: str) -> None:
    for statement in extract_by_rule(Article("a", text), min_confidence=0.0).statements:
        passage = Span(statement.passage.start, statement.passage.start + len(statement.passage.text))
        assert passage.of(text) == statement.passage.text
        for span in spans_of(statement):
            assert passage.contains(span)
            assert statement.passage.slice(span) == span.of(text) != ""


@settings(max_examples=40, deadline=None, database=None)
@given(TEXTS)
def test_parts_stand_in_order_inside_the_content(text: str) -> None:
    for statement in extract_by_rule(Article("a", text), min_confidence=0.0).statements:
        assert statement.content == Span(statement.parts[0].start, statement.parts[-1].end)
        assert all(first.end <= second.start for first, second in pairwise(statement.parts))


@pytest.mark.parametrize(
    "text", ["It was the man whose", "She said whose", "note He said that at least", "Ana Lima left Peru's 'Altamar"]
)
def test_a_sentence_may_break_off(text: str) -> None:
    assert extract_by_rule(Article("a", f"Headline\n{text}"), min_confidence=0.0) is not None


@pytest.mark.parametrize("content", ["a plot of 5² metres burned", "it would pay within 99999999 years"])
def test_a_figure_may_be_out_of_reach(content: str) -> None:
    article = Article("a", f"Headline\nAna Lima said {content}.", published=datetime(2026, 4, 10, tzinfo=UTC))

    assert analyze_by_rule([article], min_confidence=0.0).extractions[0].statements


@settings(max_examples=30, deadline=None, database=None)
@given(TEXTS, TEXTS)
def test_marks_lie_in_their_articles(first: str, second: str) -> None:
    texts = {"a": first, "b": second}
    analysis = analyze_by_rule([Article(name, text) for name, text in texts.items()], min_confidence=0.0, min_score=0.0)
    article = {row.id: extraction.article_id for extraction in analysis.extractions for row in extraction.statements}

    for found in analysis.conflicts:
        assert 0 <= found.score <= 1
        for name, marks in ((article[found.a], found.marks_a), (article[found.b], found.marks_b)):
            assert all(mark.end <= len(texts[name]) for mark in marks)


@pytest.mark.thorough
@settings(max_examples=30, deadline=None, database=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    article = Article("a", text)

    assert extract_by_rule(article) == extract_by_rule(article)
