"""A statement as a plain sentence, the form in which the model of pairs reads both sides."""

from __future__ import annotations

from typing import Final

from ..annotations import Act, SpeakerKind, Statement

_SAYS: Final = {
    Act.ASSERTION: "says", Act.DENIAL: "denies", Act.PLEDGE: "promises", Act.PREDICTION: "expects",
    Act.ACCUSATION: "alleges", Act.DEMAND: "demands", Act.REFUSAL: "refuses", Act.OPINION: "thinks",
    Act.QUESTION: "asks",
}  # fmt: skip


def say(speaker: str, act: Act, content: str) -> str:
    """`Vice-Chancellor Mendes denies: the vote was held`; who is committed, with which act, to which words."""
    flat = " ".join(content.split()).strip(" ,.;:“”\"‘’'").removeprefix("that ")
    return f"{speaker} {_SAYS[act]}: {flat}"


def voice(statement: Statement) -> str:
    """A statement's sentence; what the article tells itself is reported by the article."""
    told = statement.speaker.kind is SpeakerKind.NARRATOR
    return say("the article" if told else statement.speaker.name, statement.act, statement.text)
