"""The article of a page, measured by words against what is known to stand there."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.documents import Document
from factcheck.intake.parsing.pages import read_page
from tests.intake.parsing.layouts import LAYOUTS, Story, known
from tests.intake.parsing.tongues import SHAPES, TONGUES, Tongue

SEEDS = range(2)


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def measure(found: Sequence[str], wanted: Sequence[str]) -> tuple[float, float]:
    """Precision and recall by words."""
    both = sum((Counter(found) & Counter(wanted)).values())
    return share(both, len(found)), share(both, len(wanted))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_the_words_of_the_article_are_found_and_few_others(layout: Callable[[Story], str]) -> None:
    for seed in SEEDS:
        text, story = known(layout, seed)
        document = read_page(text, "https://daily.example/2026/03/02/a")
        precision, recall = measure(document.text.split(), story.words)

        assert precision >= 0.95, document.text
        assert recall >= 0.95, document.text
        assert document.title == story.headline


def test_paragraphs_stay_apart_and_what_is_no_part_is_set_aside() -> None:
    documents: dict[str, Document] = {}
    for layout in LAYOUTS:
        text, story = known(layout, 7)
        documents[layout.__name__] = document = read_page(text, "https://daily.example/a")
        assert set(story.paragraphs) <= set(document.paragraphs), layout.__name__

    left_out = " ".join(line for document in documents.values() for line in document.left_out)
    for words in ("Read more", "Orla Pictures", "Workers at the north bank", "Story continues below"):
        assert words in left_out


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.code)
def test_what_stands_around_is_told_in_the_languages_of_the_papers_read_most(tongue: Tongue) -> None:
    kept, left_out = part(tongue.around)

    assert kept == ()
    assert len(left_out) == len(tongue.around)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.code)
def test_no_sentence_of_an_article_is_lost_for_how_it_begins(tongue: Tongue) -> None:
    assert part(tongue.sentences)[1] == ()
    assert part(tongue.story.paragraphs)[1] == ()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.code)
def test_the_words_of_an_article_in_another_language_are_found(shape: Callable[[Tongue], str], tongue: Tongue) -> None:
    document = read_page(shape(tongue), "https://daily.example/a")
    precision, recall = measure(document.text.split(), tongue.story.words)

    assert precision >= 0.95, document.text
    assert recall >= 0.95, document.text
    assert document.title == tongue.story.headline
