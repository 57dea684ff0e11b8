"""What the rules find and what a model sees, side by side."""

import numpy as np

from factcheck.engine.annotations import Span
from factcheck.engine.attribution import find_by_rule, set_scenes
from factcheck.engine.attribution.learned.merging import find_candidates, merge_drafts
from factcheck.engine.attribution.learned.perception import Perception, Sighting
from factcheck.engine.attribution.learned.pieces import Pieces
from factcheck.engine.segment import segment_text

HEAD = "Bridge\n\n"
SENTENCE = "Ana Lima said the bridge was safe. "
MANY = 40
NOTHING = Perception((), Pieces((), (), (), (), ()), np.zeros(0, dtype=np.float32), {})


def see(at: int, first: str, last: str) -> Sighting:
    """The model's sighting in one of the sentences, with a cue from one word to another."""
    start, base = SENTENCE.index(first), len(HEAD) + at * len(SENTENCE)
    cue = Span(base + start, base + SENTENCE.index(last) + len(last))
    content = Span(base + SENTENCE.index("the"), base + SENTENCE.index("."))
    return Sighting(None, cue, (content,), 0.9, 0.9)


def test_each_draft_is_joined_with_the_sighting_of_its_own_words() -> None:
    document = segment_text(HEAD + SENTENCE * MANY)
    drafts = find_by_rule(document, set_scenes(document))
    # Every third cue is seen elsewhere in its sentence: then the content tells that it is the same statement.
    seen = [see(at, "Ana", "Lima") if at % 3 == 0 else see(at, "said", "said") for at in range(MANY)]
    perception = Perception(tuple(seen), NOTHING.pieces, NOTHING.begins, {})

    candidates = find_candidates(document, drafts, perception)

    assert [candidate.sighting for candidate in candidates] == seen
    assert [candidate.rule for candidate in candidates] == drafts


def merged(body: str, cue: str, content: str, weights: dict[str, float]) -> list[tuple[str, bool]]:
    """What rules and one sighting make of a sentence: each content, and whether it reaches the desk's threshold."""
    text = HEAD + body
    document = segment_text(text)
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in (cue, content)]
    seen = Sighting(None, spans[0], (spans[1],), 0.9, 0.9)
    perception = Perception((seen,), NOTHING.pieces, NOTHING.begins, weights)

    drafts = merge_drafts(document, find_by_rule(document, set_scenes(document)), perception)

    return [(draft.span.of(text), draft.confidence >= 0.5) for draft in drafts]


def test_what_relays_no_statement_is_a_statement_of_its_own() -> None:
    body = "Ana Lima said the board had promised to mend the bridge."
    inner, outer = "to mend the bridge", "the board had promised to mend the bridge"

    assert merged(body, "said", outer, {"always": 1.0}) == [(outer, False), (inner, True)]
    assert merged(body, "said", outer, {"always": 1.0, "relayed": -9.0}) == [(outer, True), (inner, False)]


def test_a_bare_phrase_ends_where_the_model_sees_it_end() -> None:
    body = "Ana Lima demanded an apology on paper, which never came."

    assert merged(body, "demanded", "an apology on paper", {"always": 1.0}) == [("an apology on paper", True)]


def test_an_infinitive_stays_with_its_phrase() -> None:
    body = "Ana Lima called for the gate, a rusty one, to be mended."
    whole = "the gate, a rusty one, to be mended"

    assert merged(body, "called for", "the gate", {"always": 1.0}) == [(whole, True)]


def test_a_source_before_its_cue_is_no_content() -> None:
    body = "The Norland Institute, in a study published in May, predicts a loss."

    text = HEAD + body
    named = ("The Norland Institute", "predicts", "a loss")
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in named]
    seen = Sighting(spans[0], spans[1], (spans[2],), 0.9, 0.9)
    document = segment_text(text)
    perception = Perception((seen,), NOTHING.pieces, NOTHING.begins, {"always": 1.0})

    drafts = merge_drafts(document, find_by_rule(document, set_scenes(document)), perception)

    assert [draft.span.of(text) for draft in drafts if draft.frame != "narration"] == ["a loss"]


def test_a_question_that_nobody_asks_is_no_statement() -> None:
    body = "Asked whether it would rain, she left."

    assert merged(body, "Asked", "whether it would rain", {"always": 1.0}) == [("whether it would rain", False)]
