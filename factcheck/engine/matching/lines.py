"""Claims and questions as JSON lines: what other programs ask which claims a text makes again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from .meaning import Encoder
from .parts import Record
from .shelf import Match, Shelf, read_question
from .words import pack_words

Id = str | int | float


class Line(NamedTuple):
    """A claim or a question: its text under the id that its owner gave it, given back as it came."""

    id: Id
    text: str


def read_lines(lines: str) -> list[Line]:
    """The claims or questions of JSONL, one a line: `{"id", "text"}`; other keys are left alone.

    Raises:
        ValueError: a line is no such object; the message names its number.
    """
    ends = lines.removesuffix("\n").split("\n") if lines.strip() else []
    return [_read_line(line, number) for number, line in enumerate(ends, 1)]


def _read_line(line: str, number: int) -> Line:
    try:
        row: Any = json.loads(line)
        json.dumps(row, ensure_ascii=False).encode()  # half a character could not be written again
    except (ValueError, RecursionError) as error:
        raise ValueError(f"line {number} is no JSON ({error})") from error
    match row:
        case {"id": str() | int() | float() as id_, "text": str() as text}:
            return Line(id_, text)
    raise ValueError(f'line {number} is no object with "id", a string or number, and "text", a string')


def match_lines(
    claims: Sequence[Line], questions: Sequence[Line], most: int, encoder: Encoder, told: Callable[[float], None]
) -> Iterator[tuple[Id, list[Match[int]]]]:
    """For each question, in order, the claims that it most likely makes again; a key is a claim's place among them.

    `told` is called with the share of all texts that is read.
    """
    whole = len(claims) + len(questions)
    records = []
    for place, claim in enumerate(claims):
        records.append(Record(place, pack_words(claim.text), encoder.keep(claim.text)))
        told((place + 1) / whole)
    shelf: Shelf[int] = Shelf()
    shelf.put(records)
    for number, question in enumerate(questions, 1):
        yield question.id, shelf.match(read_question(question.text, encoder.ask(question.text)), most)
        told((len(claims) + number) / whole)
