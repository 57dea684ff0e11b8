"""What the rules find and what a model sees, side by side."""

import numpy as np

from factcheck.engine.annotations import Span
from factcheck.engine.attribution import find_by_rule, set_scenes
from factcheck.engine.attribution.learned.merging import find_candidates
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
