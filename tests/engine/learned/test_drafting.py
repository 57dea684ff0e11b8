"""Sightings as drafts: the edges that the contract wants."""

import pytest

from factcheck.engine.annotations import Span
from factcheck.engine.attribution.learned.drafting import draft_sighting
from factcheck.engine.attribution.learned.perception import Sighting
from factcheck.engine.segment import segment_text

HEAD = "Mayor: bridge is safe\nThe Courier | 2026-04-09"
TEXT = f"{HEAD}\n\n“It is safe,” Ana Lima did not say. She fears that it will fall."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def sighting(cue: str, *parts: str) -> Sighting:
    return Sighting(span("Ana Lima"), span(cue), tuple(map(span, parts)), 0.8, 0.9)


@pytest.mark.parametrize(
    ("cue", "part", "content", "direct"),
    [
        ("did not say", "“It is safe,” ", "It is safe", True),
        ("fears", "that it will fall.", "that it will fall", False),
        ("Mayor", TEXT[7:60], "bridge is safe", False),
    ],
)
def test_a_content_keeps_its_words_and_no_marks_around_them(cue: str, part: str, content: str, direct: bool) -> None:
    draft = draft_sighting(segment_text(TEXT), sighting(cue, part))

    assert draft is not None
    assert [found.of(TEXT) for found in draft.parts] == [content]
    assert draft.direct is direct


def test_a_cue_that_is_denied_is_known() -> None:
    denied = draft_sighting(segment_text(TEXT), sighting("did not say", "It is safe"))
    told = draft_sighting(segment_text(TEXT), sighting("fears", "that it will fall"))

    assert denied is not None
    assert told is not None
    assert (denied.negated_cue, told.negated_cue) == (True, False)


def test_a_source_stands_in_one_paragraph() -> None:
    seen = Sighting(span("2026-04-09\n\n“It is safe,” Ana Lima"), span("did not say"), (span("It is safe"),), 0.8, 0.9)

    draft = draft_sighting(segment_text(TEXT), seen)

    assert draft is not None
    assert draft.source is not None
    assert draft.source.of(TEXT) == "“It is safe,” Ana Lima"


def test_nothing_but_marks_is_no_content() -> None:
    assert draft_sighting(segment_text(TEXT), sighting("did not say", ",” ")) is None
