"""An article as pieces and windows; a tokenizer that cuts at blanks stands for the model's."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from factcheck.engine.attribution.learned.pieces import (
    IN_HEADLINE,
    IN_QUOTATION,
    OPENS_PARAGRAPH,
    Pieces,
    cut_pieces,
    cut_windows,
)
from factcheck.engine.encoder import Tokens
from factcheck.engine.segment import segment_text

TEXT = "Bridge shut\n\nAna Lima said “it is safe” on Friday. Nobody asked.\n\nIt rained."


def at_blanks(text: str) -> Tokens:
    found = [match.span() for match in re.finditer(r"\S+", text)]
    return Tokens(list(range(len(found))), found)


def test_pieces_keep_their_offsets_in_the_article() -> None:
    pieces = cut_pieces(at_blanks, segment_text(TEXT))

    words = [TEXT[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]

    assert words == TEXT.split()


def test_pieces_know_where_they_stand() -> None:
    pieces = cut_pieces(at_blanks, segment_text(TEXT))

    layout = dict(zip(TEXT.split(), pieces.layout, strict=True))

    assert layout["Bridge"] == IN_HEADLINE | OPENS_PARAGRAPH
    assert layout["shut"] == IN_HEADLINE
    assert layout["Ana"] == OPENS_PARAGRAPH
    assert layout["“it"] == layout["is"] == layout["safe”"] == IN_QUOTATION
    assert layout["Friday."] == 0


def test_sentences_open_at_pieces() -> None:
    pieces = cut_pieces(at_blanks, segment_text(TEXT))

    assert [TEXT.split()[index] for index in pieces.openings] == ["Bridge", "Ana", "Nobody", "It"]


def test_characters_are_covered_by_the_pieces_they_touch() -> None:
    pieces = cut_pieces(at_blanks, segment_text(TEXT))
    start = TEXT.index("Lima said")

    first, last = pieces.covering(start, start + len("Lima said"))

    assert TEXT.split()[first:last] == ["Lima", "said"]


def test_an_empty_text_has_no_windows() -> None:
    assert cut_windows(Pieces((), (), (), (), ()), 8, 2) == []


@settings(deadline=None)
@example(count=10, openings={1, 5}, size=8, overlap=6)
@given(
    count=st.integers(1, 400),
    openings=st.sets(st.integers(0, 399)),
    size=st.integers(8, 60),
    overlap=st.integers(0, 7),
)
def test_every_piece_is_read_in_one_window_of_its_own(count: int, openings: set[int], size: int, overlap: int) -> None:
    numbers = tuple(range(count))
    pieces = Pieces(numbers, numbers, numbers, numbers, tuple(sorted(n for n in openings if n < count)))

    windows = cut_windows(pieces, size, overlap // 2)

    assert all(window.end - window.start <= size for window in windows)
    assert all(window.start <= window.own_start < window.own_end <= window.end for window in windows)
    assert [n for window in windows for n in range(window.own_start, window.own_end)] == list(numbers)
