"""From the words that name a source to the one meant: names, titles, roles, pronouns, bodies, groups."""

from collections.abc import Callable

import pytest

from factcheck.engine import Article, SpeakerKind, Statement
from tests.engine.by_rule import analyze_by_rule, extract_by_rule

Told = Callable[[str], list[Statement]]

LAST_SPEAKER = [
    # surnames and titles
    ("Ana Lima, a baker, arrived. Lima said it rained.", "Ana Lima", "person"),
    ("Mayor Ana Lima arrived. Ms Lima said it rained.", "Ana Lima", "person"),
    ("Transport Minister Ana Lima said it rained.", "Ana Lima", "person"),
    ("Norwegian President Olaf Brenn said it rained.", "Olaf Brenn", "person"),
    # roles
    ("The mayor, Ana Lima, arrived. The mayor said it rained.", "Ana Lima", "person"),
    ("Ana Lima, the harbor master, arrived. The harbor master said it rained.", "Ana Lima", "person"),
    ("Superintendent Ana Lima arrived. The superintendent said it rained.", "Ana Lima", "person"),
    ("The guild’s head, Ana Lima, said it rained.", "Ana Lima", "person"),
    # pronouns
    ("Ana Lima met Mr Rowe. She said it rained.", "Ana Lima", "person"),
    ("Ms Lima met Mr Tom Rowe. He said it rained.", "Tom Rowe", "person"),
    ("“It rained,” said Ana Lima, a baker. It would stop, she added.", "Ana Lima", "person"),
    ("The Data Office opened a case. It said it rained.", "Data Office", "organisation"),
    ("Two farmers waited. They said it rained.", "Two farmers", "group"),
    # pronouns, by what stands between
    ("Tom Rowe, a baker, was late. He had slept badly. The oven was cold, he said.", "Tom Rowe", "person"),
    ("Ilkay Tamm met the baker in Vessany. She said it rained.", "Ilkay Tamm", "person"),
    ("Asked by Tom Rowe whether it rained, he said it did.", "he", "unknown"),
    ("Olaf Brenn spoke. Asked by Tom Rowe whether it rained, he said it did.", "Olaf Brenn", "person"),
    ("Tamm closed the shop in Vessany. It rained, she said.", "Tamm", "organisation"),
    # names with small prefixes, family names first, first names alone
    ("Rima al-Sabbagh, a nurse, arrived. Al-Sabbagh said it rained.", "Rima al-Sabbagh", "person"),
    ("Justice Minister Tariq bin Salim al-Masri said it rained.", "Tariq bin Salim al-Masri", "person"),
    ("Captain Han Do-yun arrived. Han said it rained.", "Han Do-yun", "person"),
    ("Ana Lima, a baker, arrived. Ana said it rained.", "Ana Lima", "person"),
    # descriptions
    ("Ana Lima, 54, left. Tom Rowe, 61, stayed. The 54-year-old said it rained.", "Ana Lima", "person"),
    ("Her counsel, Ana Lima, left. Judge Tom Rowe stayed. The barrister said it rained.", "Ana Lima", "person"),
    ("Ana Lima was a flautist in Vessany. The flautist said it rained.", "Ana Lima", "person"),
    (
        "The head of a bank quit on Monday.\n\n“I am tired,” Ana Lima said.\n\nThe head said it rained.",
        "Ana Lima",
        "person",
    ),
    ("One year ago Ana Lima won the vote. The president said it rained.", "Ana Lima", "person"),
    ("General Ana Lima arrived. The army chief said it rained.", "Ana Lima", "person"),
    ("Mayor Ana Lima arrived. The driver said it rained.", "driver", "person"),
    ("The Health Ministry met. The lands ministry said it rained.", "lands ministry", "organisation"),
    ("The Drivers’ Guild met. The bakers’ union said it rained.", "bakers’ union", "organisation"),
    # bodies
    (
        "PORT ROWE, May 3 (ML) - Tallis Rowe Ltd opened a shop. The company said it rained.",
        "Tallis Rowe Ltd",
        "organisation",
    ),
    ("The Drivers’ Guild met. The guild said it rained.", "Drivers’ Guild", "organisation"),
    ("Tallis Rowe Ltd opened a shop. The company said it rained.", "Tallis Rowe Ltd", "organisation"),
    ("The National Rivers Authority (NRA) met. The NRA said it rained.", "National Rivers Authority", "organisation"),
    ("The rivers ministry met. The ministry said it rained.", "rivers ministry", "organisation"),
    ("A club that calls itself Grey Heron said it rained.", "Grey Heron", "organisation"),
    ("A Grey Heron Ltd statement said it rained.", "Grey Heron Ltd", "organisation"),
    # sources with more around them
    ("The dairy’s director-general, Ana Lima, said it rained.", "Ana Lima", "person"),
    ("The owner, the trader Ana Lima, said it rained.", "Ana Lima", "person"),
    ("Ana Lima left. Lima herself said it rained.", "Ana Lima", "person"),
    ("A senior U.S. official said it rained.", "senior U.S. official", "person"),
    ("The founder said it rained.\n\nAna Lima, the founder, left.", "Ana Lima", "person"),
    # documents, once whoever speaks through them is named
    ("It snowed, a Grey Heron Ltd statement said. The statement said it rained.", "Grey Heron Ltd", "organisation"),
    ("The Rivers Authority met. It snowed. Its report said it rained.", "Rivers Authority", "organisation"),
    # whoever passes something on is not whom a pronoun in it means
    ("Mayor Ana Lima wore a hat. Ms Lima bought Ovens Ltd. She said it rained.", "Ana Lima", "person"),
    # groups and the unnamed
    ("Two diplomats in Vessany said it rained.", "Two diplomats in Vessany", "group"),
    ("A baker who retired in May said it rained.", "baker", "person"),
    ("Letters to the paper claimed it rained.", "Letters to the paper", "group"),
]


@pytest.mark.parametrize(("body", "name", "kind"), LAST_SPEAKER)
def test_speaker(told: Told, body: str, name: str, kind: str) -> None:
    speaker = told(body)[-1].speaker

    assert (speaker.name, speaker.kind) == (name, kind)


def test_an_unknown_pronoun_is_not_guessed(told: Told) -> None:
    (statement,) = told("She said it rained.")

    assert (statement.speaker.name, statement.speaker.kind) == ("she", SpeakerKind.UNKNOWN)


def test_nobody_calls_himself_by_name(told: Told) -> None:
    statement = told("Ana Lima, a baker, met Eva Rowe, a nurse. Lima would go home, she said.")[-1]

    assert statement.speaker.name == "Eva Rowe"


RELAYED = [
    ("Ana Lima said the board had promised that nobody would pay.", "that nobody would pay", "board", "Ana Lima"),
    ("According to the palace, Olaf Brenn agreed to pay.", "Olaf Brenn agreed to pay", "Olaf Brenn", "palace"),
    ("Olaf Brenn denied that he had paid, according to the palace.", "that he had paid", "Olaf Brenn", "palace"),
    ("The premier, her office said, offered to pay.", "to pay", "premier", "premier’s office"),
    ("A cab was near, the driver told her, Ana Lima recalls.", None, "driver", None),
    ("Ana Lima said she had promised to pay.", "she had promised to pay", "Ana Lima", None),
    ("Tom Rowe was late. The guard had told him that it rained.", "that it rained", "guard", "Tom Rowe"),
    ("He had complained that it rained, his mother, Ana Lima, said.", "that it rained", "he", "Ana Lima"),
    (
        "Ana Lima conceded that the board had warned her to pay.",
        "that the board had warned her to pay",
        "Ana Lima",
        None,
    ),
]


@pytest.mark.parametrize(("body", "content", "speaker", "relay"), RELAYED)
def test_relayed_statements(told: Told, body: str, content: str | None, speaker: str, relay: str | None) -> None:
    if content is None:
        pytest.xfail("a relay behind a trailing cue")

    (statement,) = told(body)

    reporter = statement.reported_by.speaker.name if statement.reported_by else None
    assert (statement.text, statement.speaker.name, reporter) == (content, speaker, relay)


def test_a_relay_behind_according_to_shares_its_spans(told: Told) -> None:
    (statement,) = told("According to the palace, Olaf Brenn agreed to pay.")

    relay = statement.reported_by
    assert relay is not None
    assert (relay.source, relay.cue) == (statement.source, statement.cue)


def test_one_name_is_one_speaker_across_articles() -> None:
    first = Article("a", "H\n\nAna Lima, a baker, said it rained.")
    second = Article("b", "H\n\nMs Lima said it snowed.")

    analysis = analyze_by_rule([first, second])

    assert [speaker.name for speaker in analysis.speakers] == ["Ana Lima"]
    assert {row.speaker.id for extraction in analysis.extractions for row in extraction.statements} == {"p1"}


def test_a_surname_that_two_people_have_stays_by_itself() -> None:
    texts = ["Ana Lima, a baker, said it rained.", "Eva Lima, a nurse, said it rained.", "Ms Lima said it snowed."]

    analysis = analyze_by_rule([Article(name, f"H\n\n{text}") for name, text in zip("abc", texts, strict=True)])

    assert sorted(speaker.name for speaker in analysis.speakers) == ["Ana Lima", "Eva Lima", "Lima"]


def test_ids_of_speakers_and_statements_are_unique() -> None:
    article = Article("a", "H\n\nAna Lima said it rained. Tom Rowe said it snowed. Lima said it was May.")

    extraction = extract_by_rule(article)

    assert [speaker.id for speaker in extraction.speakers] == ["p1", "p2"]
    assert [row.id for row in extraction.statements] == ["a-s1", "a-s2", "a-s3"]


def test_a_name_that_is_a_role_breaks_nothing() -> None:
    text = "Ride\n\nThe council said a canoe or a mule named Deacon would do. A man named Deacon said it was far."

    speakers = {statement.speaker.name for statement in extract_by_rule(Article("a", text)).statements}

    assert "council" in speakers
