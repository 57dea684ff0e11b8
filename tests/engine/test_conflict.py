"""Two statements that clash, and pairs that only look as if they did."""

from datetime import UTC, datetime

import pytest

from factcheck.engine import Article, ConflictPair, encode, pair
from factcheck.engine.conflict.wording import shorten
from tests.engine.by_rule import analyze_by_rule

MONDAY = datetime(2026, 4, 6, 8, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 17, 18, 0, tzinfo=UTC)


def conflicts(first: str, later: str = "") -> tuple[ConflictPair, ...]:
    """The conflicts of one article's body, or of two, the second published eleven days on."""
    articles = [Article("first", f"A headline\n\n{first}", None, MONDAY)]
    if later:
        articles.append(Article("later", f"Another headline\n\n{later}", None, FRIDAY))
    return analyze_by_rule(articles).conflicts


WITHIN = [
    ("Tom Rowe said he had sent the bank a warning. The bank denied getting any such warning.", "denial"),
    (
        "The guild’s Tom Rowe accused the firm of threatening drivers. “We threatened nobody,” the firm replied.",
        "denial",
    ),
    ("The palace said Eva Brenn had agreed to close the port. Her office said there was no such agreement.", "denial"),
    ("The agency counted 17 cracks in the pylon. The firm put the number of cracks at four.", "figure"),
    ("The guild said 71 percent of the bakers stayed at home. The mill said 20 percent had.", "figure"),
    ("The union demanded that the pier be sold by May. The minister ruled out selling it.", "position"),
    ("The league called for ten night buses. The firm is offering three buses, and no more.", "position"),
    ("The bank expects prices to fall by October. The guild sees no relief before the new year.", "forecast"),
    ("The firm expects half the bolts to be replaced. The agency expects a tenth to be replaced.", "forecast"),
    ("The crew said nobody had lifted the hatch. The owner said a diver had lifted the hatch.", "denial"),
    (
        "The mill said it closed the weir voluntarily. The agency said it had ordered the weir closed.",
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
        "The drivers’ guild said a third of the drivers had been paid.",
        "broken_pledge",
    ),
    (
        "The firm promised to mend the roof within nine days.",
        "Rain fell. The roof was still not mended on Friday.",
        "broken_pledge",
    ),
    ("Ana Lima said no letters were burned.", "Ana Lima admitted that letters had been burned.", "reversal"),
    ("Ana Lima ruled out selling the pier.", "Ana Lima announced that the pier would be sold.", "reversal"),
    (
        "The mill said it first heard of the rats on March 9.",
        "Tom Rowe said he told the mill of the rats on February 2.",
        "contradiction",
    ),
]


@pytest.mark.parametrize(("first", "later", "kind"), ACROSS)
def test_clashes_across_articles(first: str, later: str, kind: str) -> None:
    assert [found.kind for found in conflicts(first, later)] == [kind]


LOOKALIKES = [
    # another quantity, another moment, a later count
    ("The club said 530 people had joined. Ana Lima said 410 had paid a fee.", ""),
    ("By noon, the port said, 14 boats were out. The coastguard counted 31 by four o’clock.", ""),
    ("The police said two people had died.", "The ministry said five people had died."),
    ("The police said two men had been arrested.", "The police said six men had now been arrested."),
    # one voice going on, agreement, questions
    ("Ana Lima said the shop was shut. Nobody had opened it all day, she added.", ""),
    ("The firm said no money was paid. Tom Rowe said nobody had paid any money.", ""),
    ("Ana Lima asked whether the gauge had been checked. The firm said the gauge had been checked.", ""),
    ("Ana Lima said she would not step down.", "Ana Lima said she would stay."),
    # hedges and conditions
    ("The agency said the dam could fail if it rained. The firm expects the dam to hold.", ""),
    ("The firm said the shots may not have come from the boat. Tom Rowe said the shots came from the boat.", ""),
    # another matter
    ("The firm said the pump was new. The mayor said the soup was cold.", ""),
    ("The league demanded a ferry. The minister said the school would reopen on Monday.", ""),
    # what one wins the other loses; the same words, read twice; what somebody did not deny
    ("The guild said the firm had won the case. The firm’s rival said the mill had lost the case.", ""),
    ("The firm did not deny that the pier was sold. Tom Rowe said the pier was sold.", ""),
    # an hour, and a count; a negation on something else
    ("Tom Rowe said the two guards had left. The crew said a boat came at about eight that night.", ""),
    ("The firm promised to print the rules within nine days.", "Ana Lima found rules that no clerk had read."),
    # a promise not yet due
    ("The firm promised to mend the roof by the end of next month. The roof had not been mended.", ""),
]


@pytest.mark.parametrize(("first", "later"), LOOKALIKES)
def test_lookalikes_are_not_raised(first: str, later: str) -> None:
    assert conflicts(first, later) == ()


NOT_YET = [
    ("The bank said the vault was empty. Tom Rowe said he saw gold in the vault.", "contradiction"),
    (
        "The club said the coach was in bed. A fan said the coach was dancing on a boat.",
        "contradiction",
    ),
    ("The bank denied that the list was out. The police said two papers had printed names from it.", "denial"),
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


WHYS = [
    (
        "The bank expects prices to rise by 4.2 percent. The guild expects 1.1 percent.",
        (
            "The bank expects “prices to rise by 4.2 percent”; the guild expects “1.1 percent”: they expect different "
            "figures, 4.2 and 1.1."
        ),
        (["4.2"], ["1.1"]),
    ),
    (
        "The guild wants every driver kept at home. The minister ruled out a lockdown.",
        (
            "The guild wants “every driver kept at home”; the minister ruled out “a lockdown”: what one asks for the "
            "other refuses."
        ),
        (["wants", "driver", "home"], ["ruled out", "lockdown"]),
    ),
    (
        "Tom Rowe told Ana Lima that the pier was sold. The bank denied that the pier was sold.",
        "Tom Rowe says “the pier was sold”; the bank denied “the pier was sold”: one affirms what the other denies.",
        (["pier", "sold"], ["denied", "pier", "sold"]),
    ),
    (
        "The mill said 41 miles stand today. Tom Rowe counted 27 finished miles.",
        (
            "The mill said “41 miles stand today”; Tom Rowe counted “27 finished miles”: 41 and 27 are given for the "
            "same quantity."
        ),
        (["41"], ["27"]),
    ),
]


@pytest.mark.parametrize(("body", "why", "marks"), WHYS)
def test_a_sentence_is_borne_out_by_the_words_that_are_marked(
    body: str, why: str, marks: tuple[list[str], list[str]]
) -> None:
    text = f"A headline\n\n{body}"

    (found,) = analyze_by_rule([Article("a", text)]).conflicts

    assert found.why == why
    assert ([mark.of(text) for mark in found.marks_a], [mark.of(text) for mark in found.marks_b]) == marks


INNER = [
    ("nothing to mark", "nothing to mark"),
    ("“all of it”", "all of it"),
    ('both would sail "as long as one is there."', "both would sail ‘as long as one is there.’"),
    ("“no,” she said, “never”", "‘no,’ she said, ‘never’"),
    ("a “figure of speech", "a ‘figure of speech’"),
]


@pytest.mark.parametrize(("text", "shown"), INNER)
def test_marks_inside_a_quotation_come_in_pairs(text: str, shown: str) -> None:
    assert shorten(text) == shown


def test_marks_are_the_words_that_clash() -> None:
    text = f"A headline\n\n{PLEDGE} {STRIKE}"

    (found,) = analyze_by_rule([Article("a", text)]).conflicts

    assert [mark.of(text) for mark in found.marks_a] == ["has promised", "missiles", "port"]
    assert [mark.of(text) for mark in found.marks_b] == ["missiles", "port"]


def test_signals_are_figures() -> None:
    (found,) = conflicts(f"{PLEDGE} {STRIKE}")

    assert found.signals
    assert all(isinstance(value, float) for value in found.signals.values())
    assert 0.5 <= found.score <= 1


def test_each_pair_comes_once_best_first_in_reading_order() -> None:
    later, first = (
        Article("a-later", "H\n\nAna Lima announced that the pier would be sold.", None, FRIDAY),
        Article(
            "b-first",
            "H\n\nAna Lima ruled out selling the pier. The union demanded that the pier be sold.",
            None,
            MONDAY,
        ),
    )

    found = analyze_by_rule([later, first]).conflicts

    assert len({frozenset((row.a, row.b)) for row in found}) == len(found) == 2
    assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)
    assert {(row.a[:1], row.b[:1]) for row in found} == {("b", "a"), ("b", "b")}


def test_only_given_candidates_are_weighed() -> None:
    statements = [
        row
        for extraction in analyze_by_rule([Article("a", f"H\n\n{PLEDGE} {STRIKE}")]).extractions
        for row in extraction.statements
    ]
    first, second = (row.id for row in statements)

    assert len(pair(statements, candidates=[(second, first)])) == 1
    assert pair(statements, candidates=[]) == ()
    assert pair(statements, candidates=[(first, "gone")]) == ()


def test_a_higher_threshold_gives_fewer_pairs() -> None:
    statements = [
        row
        for extraction in analyze_by_rule([Article("a", f"H\n\n{PLEDGE} {STRIKE}")]).extractions
        for row in extraction.statements
    ]

    assert len(pair(statements, min_score=0.0)) >= len(pair(statements)) > len(pair(statements, min_score=1.0))


def test_encodings_share_terms_where_statements_share_a_matter() -> None:
    statements = [
        row
        for extraction in analyze_by_rule([Article("a", f"H\n\n{PLEDGE} {STRIKE}")]).extractions
        for row in extraction.statements
    ]

    first, second = encode(statements)

    assert first.terms & second.terms
