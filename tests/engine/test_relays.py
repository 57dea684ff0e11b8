"""Who passes a statement on and who says it, for drafts that come with their spans and no pattern."""

import re

import pytest

from factcheck.engine import Act, Span
from factcheck.engine.attribution import LEARNED, Draft, resolve_speakers, set_scenes
from factcheck.engine.attribution.provenance import nest_learned, settle_provenance
from factcheck.engine.attribution.relays import find_labels, find_relays
from factcheck.engine.segment import segment_text


def at(text: str, words: str) -> Span:
    found = re.search(rf"\b{re.escape(words)}\b", text)
    assert found is not None
    return Span(*found.span())


def read(body: str, source: str, cue: str, content: str) -> tuple[str, str | None]:
    """Who says a content and who passes it on, where source, cue and content are given."""
    text = f"A quiet day\n\n{body}"
    document = segment_text(text)
    scenes = set_scenes(document)
    spans = at(text, source), at(text, cue), (at(text, content),)
    number = sum(sentence.span.start <= spans[1].start for sentence in document.sentences) - 1
    drafts = find_relays(scenes, [Draft(number, *spans, Act.ASSERTION, LEARNED, 0.9, lemma="tell")])
    ((speaker, relay),) = resolve_speakers(scenes, drafts)
    return speaker.name, relay.name if relay else None


@pytest.mark.parametrize(
    ("body", "source", "cue", "content", "expected"),
    [
        ("Ana Lima was told by a guard that it rained.", "a guard", "was told", "it rained", ("guard", "Ana Lima")),
        ("Ana Lima was told by a guard that it rained.", "Ana Lima", "was told", "it rained", ("guard", "Ana Lima")),
        ("Ana Lima was told that it rained.", "Ana Lima", "was told", "it rained", ("Ana Lima", None)),
        ("Tom Rowe met a guard, who said it rained.", "who", "said", "it rained", ("guard", None)),
        ("Tom Rowe met Ana Lima, who said it rained.", "who", "said", "it rained", ("Ana Lima", None)),
        ("Teachers were told by a guard that it rained.", "a guard", "were told", "it rained", ("guard", None)),
        ("Tom Rowe left. A guard had told him it rained.", "A guard", "had told", "it rained", ("guard", "Tom Rowe")),
        ("Tom Rowe left. A guard told him it rained.", "A guard", "told", "it rained", ("guard", None)),
        ("Tom Rowe left. He had told her it rained.", "He", "had told", "it rained", ("Tom Rowe", None)),
        ("ANA LIMA: Go.\n\nTOM ROWE: The guard said so.", "The guard", "said", "so", ("guard", "TOM ROWE")),
        ("ANA LIMA: Go.\n\nTOM ROWE: I told you it snowed.", "I", "told", "it snowed", ("TOM ROWE", None)),
        (
            "Ana Lima read out a letter from a guard, who said it snowed.", "who", "said", "it snowed",
            ("guard", "Ana Lima"),
        ),
        (
            "A guard said in a letter read out by Ana Lima that it snowed.", "A guard", "said", "it snowed",
            ("guard", "Ana Lima"),
        ),
        ("Note: The guard claimed it snowed.", "The guard", "claimed", "it snowed", ("guard", None)),
    ],
)  # fmt: skip
def test_a_draft_without_a_pattern_has_its_speaker_and_relay(
    body: str, source: str, cue: str, content: str, expected: tuple[str, str | None]
) -> None:
    assert read(body, source, cue, content) == expected


def test_whoever_is_quoted_passes_on_what_the_quotation_tells() -> None:
    text = "A quiet day\n\n“Dad reckoned the sea laughed,” Ana Lima said."
    scenes = set_scenes(segment_text(text))
    outer = Draft(
        1,
        at(text, "Ana Lima"),
        at(text, "said"),
        (at(text, "Dad reckoned the sea laughed"),),
        Act.OPINION,
        LEARNED,
        0.9,
        direct=True,
    )
    inner = Draft(1, at(text, "Dad"), at(text, "reckoned"), (at(text, "the sea laughed"),), Act.OPINION, LEARNED, 0.9)

    drafts = find_relays(scenes, [outer, inner])

    pairs = resolve_speakers(scenes, drafts)
    assert [(speaker.name, relay.name if relay else None) for speaker, relay in pairs] == [
        ("Ana Lima", None),
        ("Dad", "Ana Lima"),
    ]


def test_one_colon_makes_no_conversation() -> None:
    scenes = set_scenes(segment_text("A quiet day\n\nThe Verdict: It rained.\n\nTom Rowe left."))

    assert find_labels(scenes) == {}


def test_a_statement_told_in_another_is_relayed_whatever_found_the_two() -> None:
    text = "A quiet day\n\nAna Lima said the board had sworn that it rained."
    scene = set_scenes(segment_text(text))[1]
    inside = (at(text, "the board had sworn that it rained"),)
    outer = Draft(1, at(text, "Ana Lima"), at(text, "said"), inside, Act.ASSERTION, LEARNED, 0.9, lemma="say")
    inner = Draft(
        1, at(text, "the board"), at(text, "had sworn"), (at(text, "that it rained"),), Act.PLEDGE, LEARNED, 0.9
    )

    (settled,) = settle_provenance(scene, [outer, inner])

    assert (settled.source, settled.relay_source) == (inner.source, outer.source)


def test_what_a_model_alone_sees_inside_anothers_words_is_relayed_by_that_other() -> None:
    text = "A quiet day\n\nAna Lima said the guard had promised her that the gate would open."
    scenes = set_scenes(segment_text(text))
    content = "the guard had promised her that the gate would open"
    outer = Draft(1, at(text, "Ana Lima"), at(text, "said"), (at(text, content),), Act.ASSERTION, "Z", 0.9, lemma="say")
    spans = at(text, "the guard"), at(text, "had promised"), (at(text, "that the gate would open"),)
    inner = Draft(1, *spans, Act.ASSERTION, LEARNED, 0.2, lemma="promise")

    whole, nested = nest_learned(scenes, [outer, inner])

    assert nested.relay_source == at(text, "Ana Lima")
    assert nested.confidence >= 0.5 > whole.confidence
