"""Which statements are on the same matter, though they share no word."""

from datetime import UTC, datetime

from factcheck.engine import Article, Entry, Models, encode, extract, rank

BREACH = """Intruders copy customer data

Every customer affected would get five years of free credit monitoring, Celia Brandt of Norvik Bank said on Monday.
"""
ANSWER = """Bank names its terms

“Twelve months, and no more,” Norvik Bank's lawyer Otto Reim said on Tuesday.
"""


def said(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    article = Article("a", text, None, datetime(2026, 4, 6, tzinfo=UTC))
    statements = extract(article, models=Models(None)).statements
    return [(encoding.terms, encoding.context) for encoding in encode(statements)]


def entry(key: str, article: int, terms: set[int], context: set[int] = frozenset(), **more: bool) -> Entry[str]:  # type: ignore[assignment]  # a frozen set for a set that nobody changes
    return Entry(key, article, frozenset(terms), frozenset(context), **more)


def test_what_stands_around_a_statement_leads_to_one_that_shares_no_word() -> None:
    (terms, context), *_ = said(BREACH)
    (others, around), *_ = said(ANSWER)

    assert not terms & others
    assert {"norvik", "bank"} <= context & around
    assert not terms & context


def test_the_nearest_come_first_and_no_more_than_asked_for() -> None:
    new = [entry("new", 9, {1, 2, 3})]
    known = [entry("one", 1, {1}), entry("two", 2, {1, 2}), entry("none", 3, {7}), entry("all", 4, {1, 2, 3})]

    assert rank(new, known, dict.fromkeys(range(9), 1.0), 3) == [["all", "two", "one"]]


def test_a_rare_term_says_more_than_two_common_ones() -> None:
    known = [entry("common", 1, {1, 2}), entry("rare", 2, {3})]

    assert rank([entry("new", 9, {1, 2, 3})], known, {1: 0.5, 2: 0.5, 3: 6.0}, 1) == [["rare"]]


def test_a_related_article_brings_statements_that_share_nothing() -> None:
    new = [entry("new", 9, {1}, {5, 6, 7})]
    related = [entry("related", 1, {2}), entry("its neighbor", 1, {5, 6}, {7})]

    found = rank(new, [entry("stray", 3, {8}), *related], dict.fromkeys(range(9), 2.0), 2)

    assert found == [["its neighbor", "related"]]


def test_the_articles_own_telling_comes_behind_what_is_said() -> None:
    known = [entry("told", 1, {1}, narrated=True), entry("said", 1, {1})]

    assert rank([entry("new", 9, {1})], known, {1: 3.0}, 2) == [["said", "told"]]


def test_of_equally_near_ones_the_later_come_first() -> None:
    known = [entry("early", 1, {1}), entry("late", 2, {1})]

    assert rank([entry("new", 9, {1})], known, {1: 3.0}, 2) == [["late", "early"]]
