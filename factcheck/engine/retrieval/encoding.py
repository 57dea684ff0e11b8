from __future__ import annotations

from typing import Final

from ..annotations import Encoding, SpeakerKind, Statement
from ..normalize import is_content_word, read_content, read_words_of, term, terms_of

_LONGEST: Final = 3000


def encode_statement(statement: Statement) -> Encoding:
    """What an index knows a statement by: what it says, and what it is said about.

    `terms` are the stems of its content words, names and figures; `context` what else stands in its passage, and the
    names of those who say it and pass it on. Two statements that clash often share no word: "it was sealed" and "no
    gate was closed that night". What they share is the happening, and that is told by the words around them.
    """
    text = " ".join(statement.passage.slice(part) for part in statement.parts)[:_LONGEST]
    reading = read_content(text, statement.published)
    terms = reading.terms | {f"{quantity.value:g}{quantity.unit}" for quantity in reading.quantities}
    around = terms_of(read_words_of(statement.passage.text[:_LONGEST]))
    return Encoding(terms, (around | _names(statement)) - terms)


def read_topic(words: str) -> tuple[frozenset[str], ...]:
    """For each word that says something, the terms of which an index may know it by one: as a word, or as a name."""
    lower = [word.lower for word in read_words_of(words)]
    return tuple(frozenset({word, term(word)}) for word in dict.fromkeys(lower) if is_content_word(word))


def _names(statement: Statement) -> frozenset[str]:
    """The words of the names of those who say it; of the narrator none."""
    people = [statement.speaker] + ([statement.reported_by.speaker] if statement.reported_by else [])
    named = [person.name for person in people if person.kind is not SpeakerKind.NARRATOR]
    return frozenset().union(*(terms_of(read_words_of(name)) for name in named))
