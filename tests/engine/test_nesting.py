"""Statements inside statements, and statements side by side: who says each, and who passes it on."""

from collections.abc import Callable

import pytest

from factcheck.engine import Article, Statement, extract

Told = Callable[[str], list[Statement]]


def in_short(rows: list[Statement]) -> list[tuple[str, str | None, str]]:
    return [(row.speaker.name, row.reported_by.speaker.name if row.reported_by else None, row.text) for row in rows]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Tom Rowe left. A guard had told him, Ana Lima said, that the gate was shut.",
            ("guard", "Ana Lima", "that the gate was shut"),
        ),
        (
            "The harbour board had promised the crew, Ana Lima says, to mend the crane.",
            ("harbour board", "Ana Lima", "to mend the crane"),
        ),
        ("Ana Lima was told by a guard to wait outside.", ("guard", "Ana Lima", "to wait outside")),
        ("Ana Lima was assured in May by the bank that it would pay.", ("bank", "Ana Lima", "that it would pay")),
        (
            "Tom Rowe had been told by a nurse that the ward was full, said Ana Lima.",
            ("nurse", "Ana Lima", "that the ward was full"),
        ),
        ("Ana Lima said a guard had told her to wait.", ("guard", "Ana Lima", "to wait")),
        ("The ferry firm plans to sell two boats, Ana Lima said.", ("ferry firm", "Ana Lima", "to sell two boats")),
        ("According to her, the bank had promised to pay.", ("bank", "her", "to pay")),
    ],
)
def test_who_says_it_and_who_passes_it_on(told: Told, body: str, expected: tuple[str, str | None, str]) -> None:
    assert in_short(told(body)) == [expected]


@pytest.mark.parametrize(
    ("body", "contents"),
    [
        (
            "Ana Lima said that the crane had failed and that nobody was hurt.",
            ["that the crane had failed", "that nobody was hurt"],
        ),
        (
            "Ana Lima said the crane had failed, but that nobody was hurt.",
            ["the crane had failed", "that nobody was hurt"],
        ),
        (
            "The crane had failed, Ana Lima said, and nobody was hurt.",
            ["The crane had failed", "nobody was hurt"],
        ),
        (
            "The crane had failed, Ana Lima said, and would be sold.",
            ["The crane had failed", "would be sold"],
        ),
        ("There was no plan, Ana Lima said: the board had lost it.", ["There was no plan", "the board had lost it"]),
        (
            "The crane had failed, according to the board, but nobody was hurt.",
            ["The crane had failed", "nobody was hurt"],
        ),
    ],
)
def test_two_clauses_of_one_source_are_two_statements(told: Told, body: str, contents: list[str]) -> None:
    rows = told(body)

    assert [row.text for row in rows] == contents
    assert len({(row.speaker, row.cue) for row in rows}) == 1


@pytest.mark.parametrize(
    ("body", "contents"),
    [
        ("The crane had failed, Ana Lima said, and left the room.", ["The crane had failed"]),
        ("Ana Lima said the board and that crane were a burden.", ["the board and that crane were a burden"]),
        ("Ana Lima said it was “late and that rain fell”.", ["it was “late and that rain fell”"]),
    ],
)
def test_what_only_looks_like_a_second_statement(told: Told, body: str, contents: list[str]) -> None:
    assert [row.text for row in told(body)] == contents


@pytest.mark.parametrize(
    ("body", "source", "content"),
    [
        (
            "Ana Lima, who paints boats and sold two in May, says the market is thin.",
            "Ana Lima, who paints boats and sold two in May",
            "the market is thin",
        ),
        (
            "When the tide turned, according to the board, three boats were lost.",
            "the board",
            "three boats were lost",
        ),
        ("The clerk accused the mayor, Tom Rowe, of hiding the letter.", "The clerk", "hiding the letter"),
    ],
)
def test_a_source_with_commas_is_no_content(told: Told, body: str, source: str, content: str) -> None:
    (row,) = told(body)

    assert row.source is not None
    assert (row.passage.slice(row.source), row.text) == (source, content)


def test_the_same_words_are_stated_once_by_the_surest_cue() -> None:
    extraction = extract(
        Article("a", "Headline\n\nThe ministry now says the letter was lost in the post. The crowd stayed.")
    )

    assert [row.cue_text for row in extraction.statements] == ["now says"]
