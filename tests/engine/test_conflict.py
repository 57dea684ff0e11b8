"""Two statements that clash, and pairs that only look as if they did."""

from datetime import UTC, datetime

import pytest

from factcheck.engine import Article, ConflictPair, analyze, encode, pair

MONDAY = datetime(2026, 4, 6, 8, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 17, 18, 0, tzinfo=UTC)


def conflicts(first: str, later: str = "") -> tuple[ConflictPair, ...]:
    """The conflicts of one article's body, or of two, the second published eleven days on."""
    articles = [Article("first", f"A headline\n\n{first}", None, MONDAY)]
    if later:
        articles.append(Article("later", f"Another headline\n\n{later}", None, FRIDAY))
    return analyze(articles).conflicts


WITHIN = [
    ("Ana Lima said she had warned the ministry. The ministry denied receiving any such warning.", "denial"),
    (
        "The guild’s Tom Rowe accused the firm of threatening drivers. “We threatened nobody,” the firm replied.",
        "denial",
    ),
    ("The palace said Eva Brenn had agreed to close the port. Her office said no such agreement was made.", "denial"),
    ("The agency counted 17 cracks in the pylon. The firm put the number of cracks at four.", "figure"),
    ("The guild said 92 percent of the crew stayed at home. The line said no more than 38 percent had.", "figure"),
    ("The union demanded that the lake be lowered by May. The minister ruled out lowering it.", "position"),
    ("The league called for five years of credit checks. The bank is offering twelve months, and no more.", "position"),
    ("The bank expects prices to fall by October. The guild sees no relief before the new year.", "forecast"),
    ("The firm expects half the bolts to be replaced. The agency expects a tenth to be replaced.", "forecast"),
    (
        "The club said the gate had not been opened by anyone. The police said stewards had opened the gate.",
        "contradiction",
    ),
    (
        "The firm said it stopped the tests of its own accord. The agency said it had ordered the tests stopped.",
        "contradiction",
    ),
    ("It was the tug that moved first, the navy said. The ferry had moved first, said Tom Rowe.", "contradiction"),
    (
        "The firm promised that no train would be searched. Tom Rowe said soldiers had searched his train.",
        "broken_pledge",
    ),
]


@pytest.mark.parametrize(("body", "kind"), WITHIN)
def test_clashes_in_one_article(body: str, kind: str) -> None:
    assert [found.kind for found in conflicts(body)] == [kind]


ACROSS = [
    (
        "The firm promised that every driver would be paid within seven days.",
        "The drivers’ guild said some 60 percent of the drivers had been paid.",
        "broken_pledge",
    ),
    (
        "The firm promised to publish the report within seven days.",
        "Rain fell. The report had still not been published on Friday.",
        "broken_pledge",
    ),
    ("Ana Lima said no passwords were copied.", "Ana Lima admitted that passwords had been copied.", "reversal"),
    ("Ana Lima ruled out lowering the lake.", "Ana Lima announced that the lake would be lowered.", "reversal"),
    (
        "The firm said it first learned of the leak on March 3.",
        "Tom Rowe said he told the firm of the leak on January 21.",
        "contradiction",
    ),
]


@pytest.mark.parametrize(("first", "later", "kind"), ACROSS)
def test_clashes_across_articles(first: str, later: str, kind: str) -> None:
    assert [found.kind for found in conflicts(first, later)] == [kind]


LOOKALIKES = [
    # another quantity, another moment, a later count
    ("The firm said 14,200 people had enrolled. Ana Lima said 11,850 had received a dose.", ""),
    ("By noon, the firm said, 214 flights were cancelled. The airport counted 301 by four o’clock.", ""),
    ("The police said nine people had died.", "The ministry said 14 people had died."),
    ("The police said three people were in custody.", "The police said seven people were in custody now."),
    # one voice going on, agreement, questions
    ("Ana Lima said the gate was shut. It had not been opened all day, she added.", ""),
    ("The firm said no money was paid. Tom Rowe said nobody had paid any money.", ""),
    ("Ana Lima asked whether the gauge had been checked. The firm said the gauge had been checked.", ""),
    ("Ana Lima said she would not resign.", "Ana Lima said she would stay."),
    # hedges and conditions
    ("The agency said the dam could fail if it rained. The firm expects the dam to hold.", ""),
    ("The firm said the shots may not have come from the boat. Tom Rowe said the shots came from the boat.", ""),
    # another matter
    ("The firm said the pump was new. The mayor said the soup was cold.", ""),
    ("The league demanded a ferry. The minister said the school would reopen on Monday.", ""),
    # a promise not yet due
    ("The firm promised to publish the report by the end of next month. The report had not been published.", ""),
]


@pytest.mark.parametrize(("first", "later"), LOOKALIKES)
def test_lookalikes_are_not_raised(first: str, later: str) -> None:
    assert conflicts(first, later) == ()


NOT_YET = [
    ("The bank said the vault was empty. Tom Rowe said he saw gold in the vault.", "contradiction"),
    (
        "The palace said the king was at his desk. A diplomat said the king had been flown to the coast.",
        "contradiction",
    ),
    ("The board denied that the paper had leaked. The police said 1,200 pupils had read the questions.", "denial"),
]


@pytest.mark.xfail(reason="needs knowledge of the world", strict=True)
@pytest.mark.parametrize(("body", "kind"), NOT_YET)
def test_clashes_to_come(body: str, kind: str) -> None:
    assert [found.kind for found in conflicts(body)] == [kind]


PLEDGE = "While brokering it, Ana Lima said Olaf Brenn has promised that no missiles would hit the port."
STRIKE = "Port officials said Norland had launched two missiles at the port on Sunday."


def test_a_pair_says_who_said_what_and_why() -> None:
    (found,) = conflicts(f"{PLEDGE} {STRIKE}")

    assert found.why == (
        "Olaf Brenn (via Ana Lima) has promised “no missiles would hit the port”; Port officials said “Norland had "
        "launched two missiles at the port on Sunday”: what was promised not to happen is reported to have happened."
    )


def test_marks_are_the_words_that_clash() -> None:
    text = f"A headline\n\n{PLEDGE} {STRIKE}"

    (found,) = analyze([Article("a", text)]).conflicts

    assert [mark.of(text) for mark in found.marks_a] == ["has promised", "missiles", "port"]
    assert [mark.of(text) for mark in found.marks_b] == ["missiles", "port"]


def test_signals_are_figures() -> None:
    (found,) = conflicts(f"{PLEDGE} {STRIKE}")

    assert found.signals
    assert all(isinstance(value, float) for value in found.signals.values())
    assert 0.5 <= found.score <= 1


def test_each_pair_comes_once_best_first_in_reading_order() -> None:
    later, first = (
        Article("a-later", "H\n\nAna Lima announced that the lake would be lowered.", None, FRIDAY),
        Article(
            "b-first",
            "H\n\nAna Lima ruled out lowering the lake. The union demanded that the lake be lowered.",
            None,
            MONDAY,
        ),
    )

    found = analyze([later, first]).conflicts

    assert len({frozenset((row.a, row.b)) for row in found}) == len(found) == 2
    assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)
    assert {(row.a[:1], row.b[:1]) for row in found} == {("b", "a"), ("b", "b")}


def test_only_given_candidates_are_weighed() -> None:
    statements = [
        row
        for extraction in analyze([Article("a", f"H\n\n{PLEDGE} {STRIKE}")]).extractions
        for row in extraction.statements
    ]
    first, second = (row.id for row in statements)

    assert len(pair(statements, candidates=[(second, first)])) == 1
    assert pair(statements, candidates=[]) == ()
    assert pair(statements, candidates=[(first, "gone")]) == ()


def test_a_higher_threshold_gives_fewer_pairs() -> None:
    statements = [
        row
        for extraction in analyze([Article("a", f"H\n\n{PLEDGE} {STRIKE}")]).extractions
        for row in extraction.statements
    ]

    assert len(pair(statements, min_score=0.0)) >= len(pair(statements)) > len(pair(statements, min_score=1.0))


def test_encodings_share_terms_where_statements_share_a_matter() -> None:
    statements = [
        row
        for extraction in analyze([Article("a", f"H\n\n{PLEDGE} {STRIKE}")]).extractions
        for row in extraction.statements
    ]

    first, second = encode(statements)

    assert first.terms & second.terms
