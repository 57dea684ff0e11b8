"""Source, cue and content spans: one row per phenomenon."""

from collections.abc import Callable

import pytest

from factcheck.engine import Statement

Told = Callable[[str], list[Statement]]

ROWS = [
    # indirect speech
    ("The mayor said the bridge was safe.", "The mayor", "said", "the bridge was safe"),
    ("The mayor said that the bridge was safe.", "The mayor", "said", "that the bridge was safe"),
    ("The mayor said on Friday that the bridge was safe.", "The mayor", "said", "that the bridge was safe"),
    ("The bridge was safe, the mayor said.", "the mayor", "said", "The bridge was safe"),
    ("The bridge was safe, said the mayor.", "the mayor", "said", "The bridge was safe"),
    ("The bridge was safe, its builder, Ana Lima, said.", "its builder, Ana Lima", "said", "The bridge was safe"),
    ("According to the agency, nine trains were late.", "the agency", "According to", "nine trains were late"),
    ("Nine trains were late, according to the agency.", "the agency", "according to", "Nine trains were late"),
    ("In the words of Ana Lima, the law has failed.", "Ana Lima", "In the words of", "the law has failed"),
    ("By her own account, nine trains were late.", "her", "By her own account", "nine trains were late"),
    (
        "By the agency’s account, nine trains were late.",
        "the agency",
        "By the agency’s account",
        "nine trains were late",
    ),
    ("In Lima’s view, the law will fail.", "Lima", "In Lima’s view", "the law will fail"),
    (
        "Ana Lima, the mayor, told reporters that snow had fallen.",
        "Ana Lima, the mayor",
        "told",
        "that snow had fallen",
    ),
    ("The firm wrote to its clients to tell them it was bankrupt.", "The firm", "to tell", "it was bankrupt"),
    # frames
    ("Ana Lima denied having seen the letter.", "Ana Lima", "denied", "having seen the letter"),
    ("Ana Lima denied that she had seen it.", "Ana Lima", "denied", "that she had seen it"),
    ("Ana Lima promised to read the letter.", "Ana Lima", "promised", "to read the letter"),
    ("Ana Lima called on the firm to pay.", "Ana Lima", "called on", "the firm to pay"),
    ("Ana Lima called for an inquiry by June.", "Ana Lima", "called for", "an inquiry by June"),
    ("Ana Lima urged drivers to stay at home.", "Ana Lima", "urged", "drivers to stay at home"),
    ("The farmers want the dam lowered.", "The farmers", "want", "the dam lowered"),
    ("The agency put the leak at five gallons an hour.", "The agency", "put", "the leak at five gallons an hour"),
    ("Ana Lima asked whether the pump had been checked.", "Ana Lima", "asked", "whether the pump had been checked"),
    ("Ana Lima wanted to know who had paid.", "Ana Lima", "wanted to know", "who had paid"),
    ("The bank expects prices to fall.", "The bank", "expects", "prices to fall"),
    ("Ana Lima ruled out a second vote.", "Ana Lima", "ruled out", "a second vote"),
    ("Ana Lima accused the firm of hiding the letter.", "Ana Lima", "accused", "hiding the letter"),
    ("Ana Lima called the offer “a bag of feathers”.", "Ana Lima", "called", "the offer “a bag of feathers”"),
    ("Ana Lima described the talks as “frank”.", "Ana Lima", "described", "the talks as “frank”"),
    (
        "Ana Lima is not optimistic that the strike will end.",
        "Ana Lima",
        "is not optimistic",
        "that the strike will end",
    ),
    ("The agency counted 14 boats.", "The agency", "counted", "14 boats"),
    ("The agency repeated a demand that the firm leave.", "The agency", "repeated a demand", "that the firm leave"),
    ("The guild’s only demand is that the tax be dropped.", "The guild", "demand", "that the tax be dropped"),
    ("Ana Lima was quoted as saying that she would stay.", "Ana Lima", "was quoted as saying", "that she would stay"),
    ("Ana Lima left early, adding that she was tired.", "Ana Lima", "adding", "that she was tired"),
    # phrases: denials, judgments, figures, what records hold
    ("Ana Lima denied the theft of the oars.", "Ana Lima", "denied", "the theft of the oars"),
    ("Ana Lima called the report untrue.", "Ana Lima", "called", "the report untrue"),
    ("Ana Lima called him a thief.", "Ana Lima", "called", "him a thief"),
    ("The agency considers that quite unlikely.", "The agency", "considers", "that quite unlikely"),
    ("The union spoke of 4,000 marchers.", "The union", "spoke of", "4,000 marchers"),
    ("The harbour log lists nine boats.", "The harbour log", "lists", "nine boats"),
    ("The minutes show no vote on the toll.", "The minutes", "show", "no vote on the toll"),
    ("The court gave the firm ten days to pay the fine.", "The court", "gave", "to pay the fine"),
    ("The board has given them until May to leave, a clerk said.", "The board", "has given", "to leave"),
    ("The court barred the firm from paying its crews late.", "The court", "barred", "paying its crews late"),
    ("Ana Lima rejected the official version.", "Ana Lima", "rejected", "the official version"),
    # what somebody is set on
    ("Ana Lima refused to sell the ferry.", "Ana Lima", "refused", "to sell the ferry"),
    ("Ana Lima has declined to sell it.", "Ana Lima", "has declined", "to sell it"),
    ("Ana Lima will not sell the ferry.", "Ana Lima", "will not", "sell the ferry"),
    ("The company will contest the fine.", "The company", "will contest", "the fine"),
    # behind a colon
    ("Ana Lima writes: still no ferry.", "Ana Lima", "writes", "still no ferry"),
    ("Ana Lima was quite firm: the ferry would sail.", "Ana Lima", "was quite firm", "the ferry would sail"),
    # forms that look like something else
    ("The ferry is late, Lima estimates.", "Lima", "estimates", "The ferry is late"),
    ("The ferry was late, drivers from Norland claim.", "drivers from Norland", "claim", "The ferry was late"),
    ("Ana Lima said none survived.", "Ana Lima", "said", "none survived"),
    (
        "On a call with lenders, Ana Lima said cancelled tours amounted to a third.",
        "Ana Lima",
        "said",
        "cancelled tours amounted to a third",
    ),
    ("According to president Ana Lima, two boats left.", "president Ana Lima", "According to", "two boats left"),
    (
        "According to a former clerk of the firm, Ana Lima, the owner had read the letter.",
        "a former clerk of the firm, Ana Lima",
        "According to",
        "the owner had read the letter",
    ),
    # direct quotations
    ("“We left early,” Ana Lima said.", "Ana Lima", "said", "We left early"),
    ("“We left early,” said Ana Lima, who runs the shop.", "Ana Lima, who runs the shop", "said", "We left early"),
    ("Ana Lima told the Courier: “We left early.”", "Ana Lima", "told", "We left early"),
    ("Ana Lima said, “We left early.”", "Ana Lima", "said", "We left early"),
    ("“Nobody was asked,” was how Ana Lima put it.", "Ana Lima", "put it", "Nobody was asked"),
]


@pytest.mark.parametrize(("body", "source", "cue", "content"), ROWS)
def test_spans(told: Told, body: str, source: str, cue: str, content: str) -> None:
    statements = told(body)

    found = [(row.passage.slice(row.source), row.cue_text, row.text) for row in statements]

    assert found == [(source, cue, content)]


PARTS = [
    ("“We left,” she said. “It was late.”", ["We left", "It was late"]),
    ("“We left,” she said, “because it was late.”", ["We left", "because it was late"]),
    ("He had, Ana Lima claims, “never” been there.", ["He had", "“never” been there"]),
    ("“One gate was open.\n\n“Two were shut,” the warden said.", ["One gate was open", "Two were shut"]),
    (
        "“One.” It rained on the tents.\n\nThe warden said: “Two were shut.\n\n“One was open.”",
        ["Two were shut", "One was open"],
    ),
]


@pytest.mark.parametrize(("body", "parts"), PARTS)
def test_an_interrupted_quotation_is_one_statement(told: Told, body: str, parts: list[str]) -> None:
    statement = told(body)[-1]

    assert [statement.passage.slice(part) for part in statement.parts] == parts


SILENT = [
    "The mayor declined to comment.",
    "The mayor would not talk.",
    "If the mayor says so, we shall see.",
    "The council voted and signed the papers.",
    "The two sides agreed to meet again.",
    "The pipe was expected to hold.",
    "The so-called “Iron Rule” is out of print.",
    "The lake is what locals call the “Blue Eye”.",
    "The bank’s plans were said to be ready.",
    "The mayor denied the request.",
    "The mayor denied the guests a table.",
    "The mayor called the police.",
    "The mayor calls him every day.",
    "The mayor was told by the clerk what to wear.",
    "The snow will not close the road.",
    "The mayor will not come on Friday.",
]


@pytest.mark.parametrize("body", SILENT)
def test_bare_acts_and_scare_quotes_say_nothing(told: Told, body: str) -> None:
    assert told(body) == []


CONTINUED = [
    ("The search was going on, he said; the boats had left.", ["The search was going on", "the boats had left"]),
    (
        "The mayor said the gate was shut, and the agency denied having shut it.",
        ["the gate was shut", "having shut it"],
    ),
    ("The agency put the leak at 9 litres, and called for a halt.", ["the leak at 9 litres", "a halt"]),
    ("The union said it was paid in May and would row on Sunday.", ["it was paid in May", "would row on Sunday"]),
    ("The union said it was paid in May and rowed on Sunday.", ["it was paid in May and rowed on Sunday"]),
]


@pytest.mark.parametrize(("body", "contents"), CONTINUED)
def test_a_new_attribution_ends_the_one_before(told: Told, body: str, contents: list[str]) -> None:
    assert [row.text for row in told(body)] == contents


NOT_YET = [
    ("Ana Lima: no vote before May.", "no vote before May"),
    ("The accord, a paper of two pages, is dead, as Ana Lima sees it.", "The accord, a paper of two pages, is dead"),
    ("Word from the palace is that the vote is off.", "that the vote is off"),
]


@pytest.mark.xfail(reason="beyond the rules of this version", strict=True)
@pytest.mark.parametrize(("body", "content"), NOT_YET)
def test_spans_to_come(told: Told, body: str, content: str) -> None:
    assert [" ".join(row.passage.slice(part) for part in row.parts) for row in told(body)] == [content]


QUOTES = [
    ("“We left early,” Ana Lima said.", "direct"),
    ("Ana Lima said they had left early.", "indirect"),
    ("Ana Lima said they had left “rather early”.", "mixed"),
]


@pytest.mark.parametrize(("body", "quote"), QUOTES)
def test_quote(told: Told, body: str, quote: str) -> None:
    assert [row.quote for row in told(body)] == [quote]


def test_a_content_keeps_the_marks_it_opens(told: Told) -> None:
    (statement,) = told("Ana Lima said the plan was “a bag of feathers”.")

    assert statement.text == "the plan was “a bag of feathers”"
