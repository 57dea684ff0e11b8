"""One side of a pair, or one appearance of a claim: who said it, how we know, and the words in their paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from factcheck.corpus.models import Anchor, Statement


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and how it is shown: context around the statement, its words, or words that clash."""

    text: str
    role: str  # "context", "said" or "clash"


@dataclass(frozen=True, slots=True)
class Side:
    """A statement with its paragraph in pieces."""

    statement: Statement
    said: str  # the word of saying, as the text has it
    pieces: Sequence[Piece]
    paragraph: int
    tint: int
    language: str = ""


def side_of(statement: Statement, marks: Sequence[Sequence[int]], tint: int) -> Side:
    """The statement in its paragraph of the newest revision, with the words that clash marked."""
    places = Anchor.objects.filter(statement=statement).select_related("revision")
    anchor = places.order_by("-revision__number").first()
    if anchor is None:  # it is gone, and another stands in its place by now
        return Side(statement, _("said"), [Piece(statement.content, "said")], 0, tint)
    text = anchor.revision.text
    start, end = _paragraph(text, anchor, marks)
    pieces = _pieces(text, start, end, anchor, marks)
    number = text.count("\n", 0, start) - text.count("\n\n", 0, start) + 1
    is_relays = anchor.cue_start is None or anchor.cue_start == anchor.relay_cue_start  # then it says who tells of it
    cue = "" if is_relays else text[anchor.cue_start : anchor.cue_end]
    return Side(statement, cue or _("said"), pieces, number, tint, anchor.revision.language)


def _paragraph(text: str, anchor: Anchor, marks: Sequence[Sequence[int]]) -> tuple[int, int]:
    first = min([anchor.start, anchor.passage_start, *(mark[0] for mark in marks)])
    last = max([anchor.end, anchor.passage_end, *(mark[1] for mark in marks)])
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    return start, len(text) if end == -1 else end


def _pieces(text: str, start: int, end: int, anchor: Anchor, marks: Sequence[Sequence[int]]) -> list[Piece]:
    spans = [*anchor.parts, *marks]
    cuts = sorted({start, end, *(edge for span in spans for edge in span if start < edge < end)})
    return [Piece(text[left:right], _role(left, right, anchor.parts, marks)) for left, right in pairwise(cuts)]


def _role(left: int, right: int, parts: Sequence[Sequence[int]], marks: Sequence[Sequence[int]]) -> str:
    def inside(spans: Sequence[Sequence[int]]) -> bool:
        return any(start <= left and right <= end for start, end in spans)

    return "clash" if inside(marks) else "said" if inside(parts) else "context"
