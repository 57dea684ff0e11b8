from collections.abc import Callable

import pytest

from factcheck.engine import Act, Statement
from factcheck.engine.acts import find_hedge, is_hedged, score_checkworthiness, suggest_act

Told = Callable[[str], list[Statement]]

ACTS = [
    ("Ana Lima said it had rained in May.", "assertion"),
    ("Ana Lima denied that it had rained.", "denial"),
    ("Ana Lima said no such order had been given.", "denial"),
    ("Ana Lima said she had never met the driver.", "denial"),
    ("Ana Lima said the firm had not received a single letter.", "denial"),
    ("At no point was the gate shut, Ana Lima said.", "denial"),
    ("“There is no plan to sell the port,” Ana Lima said.", "denial"),
    ("Ana Lima said the storm was likely to turn north.", "prediction"),
    ("Ana Lima said inspectors would not be sent out.", "refusal"),
    ("Ana Lima told the crew to wait.", "demand"),
    ("“We paid nobody,” Ana Lima replied.", "denial"),
    ("Ana Lima said there was no bread left.", "assertion"),
    ("“Not one crate was lost,” Ana Lima said.", "denial"),
    ("Ana Lima said the firm had sold no boats.", "denial"),
    ("Ana Lima said she had found no boats.", "assertion"),
    ("“This has nothing to do with the boats,” Ana Lima said.", "denial"),
    ("Ana Lima called the allegation “a fairy tale”.", "denial"),
    ("Ana Lima assured the board that it had rained.", "assertion"),
    ("Ana Lima assured the board that she would pay.", "pledge"),
    ("Ana Lima warned that the gate had been left open.", "assertion"),
    ("“I would rather wait for the ferry,” Ana Lima said.", "opinion"),
    ("“You could hear the ferry in the kitchen,” Ana Lima said.", "opinion"),
    ("“We have the tickets,” Ana Lima said.", "assertion"),
    ("“They are living with relatives,” Ana Lima said.", "assertion"),
    ("“Ask him about the ferry,” Ana Lima said.", "demand"),
    ("“We are not paying,” Ana Lima said.", "refusal"),
    ("Ana Lima saw no reason to resign, she said.", "refusal"),
    ("Ana Lima said the ferry would be ready in May.", "prediction"),
    ("“I accuse this board of theft,” Ana Lima said.", "accusation"),
    ("Ana Lima said a crate might have been lost.", "assertion"),
    ("Ana Lima promised to pay.", "pledge"),
    ("Ana Lima said the buses would run on Sunday.", "pledge"),
    ("“Nobody will be left behind,” Ana Lima said.", "pledge"),
    ("Ana Lima expects prices to fall.", "prediction"),
    ("Ana Lima said prices could fall.", "prediction"),
    ("Ana Lima said the toll would rise.", "prediction"),
    ("Ana Lima said she feared a flood.", "prediction"),
    ("Ana Lima accused the firm of hiding the letter.", "accusation"),
    ("Ana Lima urged the firm to pay.", "demand"),
    ("“Open the gate,” Ana Lima said.", "demand"),
    ("Ana Lima said she would not step down.", "refusal"),
    ("Ana Lima said there would be no rerun.", "refusal"),
    ("Ana Lima ruled out a second vote.", "refusal"),
    ("Ana Lima called the vote “a fine mess”.", "opinion"),
    ("“It is a fine mess,” Ana Lima said.", "opinion"),
    ("Ana Lima said nobody had opened the gate.", "denial"),
    ("“Nothing has been sold,” Ana Lima said.", "denial"),
    ("Ana Lima said none of the boats had come back.", "assertion"),
    ("Ana Lima said not one of the boats had been sold.", "denial"),
    ("Ana Lima said the firm had not spoken to anybody.", "denial"),
    ("Ana Lima said the boat was not hers.", "denial"),
    ("“There is no list,” Ana Lima said.", "denial"),
    ("“There is no money,” Ana Lima said.", "opinion"),
    ("Ana Lima rejected any suggestion that she had sold the boat.", "denial"),
    ("Ana Lima guarantees the ferry has been checked.", "assertion"),
    ("Ana Lima said the ferry was not for sale.", "refusal"),
    ("Ana Lima said that the ban stays.", "refusal"),
    ("Ana Lima said she would stay where she was.", "refusal"),
    ("Ana Lima said the ban would stay in place.", "refusal"),
    ("Ana Lima said the boats would stay in the water.", "prediction"),
    ("Ana Lima said Harlan Foods would not let the boats in.", "refusal"),
    ("“I can’t discuss a passenger,” Ana Lima said.", "refusal"),
    ("Ana Lima said the ferry would not be ready before May.", "prediction"),
    ("Ana Lima said she would be surprised to see half of them.", "prediction"),
    ("Ana Lima said the boat would have fetched more.", "assertion"),
    ("Ana Lima insisted that every boat leave the port.", "demand"),
    ("“I ask that the books be opened,” Ana Lima said.", "demand"),
    ("“Then open the gate,” Ana Lima said.", "demand"),
    ("“No handle was found,” Ana Lima said.", "denial"),
    ("“I sold two boats. Nobody was cheated,” Ana Lima said.", "denial"),
    ("“We wrote to the board twice. They never replied,” Ana Lima said.", "assertion"),
    ("Ana Lima said the crew would have to row.", "prediction"),
    ("Ana Lima called the allegation untrue.", "denial"),
    ("Ana Lima rejected the official version.", "denial"),
    ("The court gave the firm ten days to pay.", "demand"),
    ("“I’ll mend the gate,” Ana Lima said.", "pledge"),
    ("“They’ve left the port,” Ana Lima said.", "assertion"),
    ("“We’d have sold the boats,” Ana Lima said.", "opinion"),
    ("Ana Lima said she’d promised nobody a boat.", "denial"),
    ("“In a shed by the port,” Ana Lima said.", "assertion"),
    ("“He put the oars in a shed,” Ana Lima said.", "assertion"),
    ("Ana Lima will not sell the ferry.", "refusal"),
    ("The company will contest the fine.", "pledge"),
    ("Ana Lima asked why the gate was shut.", "question"),
    ("“Who shut the gate?” Ana Lima said.", "question"),
]


@pytest.mark.parametrize(("body", "act"), ACTS)
def test_act(told: Told, body: str, act: str) -> None:
    assert [row.act for row in told(body)] == [act]


CUES = [
    ("asked", "whether it rained", "question", "ask"),
    ("asked", "the board to pay", "demand", "ask"),
    ("asked that", "it be struck out", "demand", "ask"),
    ("told him", "to wait", "demand", "tell"),
    ("told a meeting", "the ferry is open to visitors", "assertion", "tell"),
    ("called on", "the board to pay", "demand", "call"),
    ("called", "the ferry a bathtub", "opinion", "call"),
    ("insisted that", "he keep his word", "demand", "insist"),
    ("insisted that", "it had rained", "assertion", "insist"),
    ("gave her word that", "the ferry would sail", "pledge", "word"),
    ("gave", "the number of boats as 14", "assertion", "give"),
    ("gives", "it two weeks", "prediction", "give"),
    ("gave the firm ten days", "to pay", "demand", "give"),
    ("said in a statement", "it had rained", "assertion", "say"),
    ("did not deny that", "it had rained", "assertion", "deny"),
    ("did not rule out that", "it had rained", "opinion", "rule"),
    ("continues to want", "the ferry stopped", "demand", "want"),
    ("now", "expects a loss of 4 million", "prediction", "expect"),
    ("has", "agreed to stop the ferry", "pledge", "agree"),
    ("asked", "the board for nothing", "denial", "ask"),
    ("promised", "nobody any boats", "denial", "promise"),
    ("lambasted", "the board for its delay", "accusation", "lambast"),
    ("rebutted", "the claim", "denial", "rebut"),
    ("beseeched", "the board to pay", "demand", "beseech"),
    ("According to", "it rained", "assertion", "according"),
    ("purred", "it rained", "assertion", ""),
]


@pytest.mark.parametrize(("cue", "content", "act", "lemma"), CUES)
def test_a_cue_suggests_an_act_without_a_pattern(cue: str, content: str, act: str, lemma: str) -> None:
    assert suggest_act(cue, content, direct=False) == (act, lemma)


@pytest.mark.parametrize(
    ("content", "hedged"),
    [
        ("the dam may fail", True),
        ("it could have been a flare", True),
        ("the dam failed", False),
        ("the vote on May 3", False),
    ],
)
def test_hedges(content: str, hedged: bool) -> None:
    assert is_hedged(content) is hedged


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("the mayor purportedly agreed to close the pier", "purportedly"),
        ("Reportedly, two boats sank", "Reportedly"),
        ("the dam may fail", ""),
        ("an unlikelyhood", ""),
    ],
)
def test_the_adverb_that_hedges_is_found_as_it_stands(content: str, word: str) -> None:
    assert find_hedge(content) == word


@pytest.mark.parametrize(
    ("body", "negated"),
    [
        ("Ana Lima said nobody had paid.", True),
        ("Ana Lima does not expect a vote.", True),
        ("Ana Lima said it was not only rain.", False),
        ("Ana Lima said the firm that had not paid was gone.", False),
    ],
)
def test_negation(told: Told, body: str, negated: bool) -> None:
    assert [row.negated for row in told(body)] == [negated]


def test_a_dated_figure_is_worth_more_of_a_check_than_a_view() -> None:
    figure = score_checkworthiness("the agency paid 4,000 crowns on March 3", Act.ASSERTION, hedged=False)
    view = score_checkworthiness("I like the river in spring", Act.OPINION, hedged=False)

    assert 0 <= view < 0.2
    assert 0.7 < figure <= 1
