import pytest

from factcheck.engine.segment import find_paragraphs, find_quotations, segment_text, split_words, tag_words

SENTENCES = [
    ("Dr. Lima left. She was late.", ["Dr. Lima left.", "She was late."]),
    ("It cost 2.5 million. Nobody paid.", ["It cost 2.5 million.", "Nobody paid."]),
    ("The U.S. envoy left at 9 a.m. on Monday.", ["The U.S. envoy left at 9 a.m. on Monday."]),
    ("“We left. It was late,” she said. He stayed.", ["“We left. It was late,” she said.", "He stayed."]),
    ("“Why?” Ana Lima asked. Nobody knew.", ["“Why?” Ana Lima asked.", "Nobody knew."]),
    ("“We left.” The room was empty.", ["“We left.”", "The room was empty."]),
    ("Was it late? It was!", ["Was it late?", "It was!"]),
]


@pytest.mark.parametrize(("body", "expected"), SENTENCES)
def test_sentences(body: str, expected: list[str]) -> None:
    document = segment_text(f"Headline\n\n{body}")

    found = [sentence.span.of(document.text) for sentence in document.sentences if not sentence.headline]

    assert found == expected


QUOTATIONS = [
    ('She said "no" twice.', ["no"]),
    ("“One,” he said. “Two.”", ["One,", "Two."]),
    ("‘The boys’ coats were wet,’ she said.", ["The boys’ coats were wet,"]),
    ("The Millers’ Guild doesn’t quote.", []),
    ("He don't say 'maybe', he says 'yes'.", ["maybe", "yes"]),
    ("Il a dit « non » hier.", [" non "]),
    ("„Nein“, sagte sie.", ["Nein"]),
    ("''Two apostrophes,'' he wrote.", ["Two apostrophes,"]),
    ("“The word ‘never’ was used,” she said.", ["The word ‘never’ was used,"]),
    ("“An open mark says nothing.", []),
]


@pytest.mark.parametrize(("paragraph", "expected"), QUOTATIONS)
def test_quotations(paragraph: str, expected: list[str]) -> None:
    spans = [found.span for found in find_paragraphs(f"H\n\n{paragraph}")]

    quotations = find_quotations(f"H\n\n{paragraph}", spans)[1]

    assert [quotation.inner.of(f"H\n\n{paragraph}") for quotation in quotations] == expected


def test_a_quotation_goes_on_where_the_next_paragraph_reopens_it() -> None:
    text = "H\n\n“One.\n\n“Two,” she said."
    spans = [paragraph.span for paragraph in find_paragraphs(text)]

    _, first, second = find_quotations(text, spans)

    assert [quotation.goes_on for quotation in (*first, *second)] == [True, False]


PARAGRAPHS = [
    ("Head\nOutlet | 2026-01-31\n\nBody one.\n\nBody two.", ["Head", "Body one.", "Body two."]),
    ("Head\r\nOutlet | 2026-01-31 14:05\r\n\r\nBody.", ["Head", "Body."]),
    ("Head\nOutlet | 2026-13-31\nBody.", ["Head", "Outlet | 2026-13-31", "Body."]),
    ("Head\n\nA line that goes on,\nsmall and wrapped.", ["Head", "A line that goes on,\nsmall and wrapped."]),
    ("\ufeffHead\n\nBody.", ["Head", "Body."]),
    ("Head\n\nVESSANY, May 3 (UPW) - It rained.", ["Head", "It rained."]),
    ("Head\n\nPORT ANNE — It rained.", ["Head", "It rained."]),
    ("Head\n\nIt rained - again.", ["Head", "It rained - again."]),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [paragraph.span.of(text) for paragraph in find_paragraphs(text)] == expected


WORDS = [
    ("Lima's plan doesn't work.", ["Lima", "'s", "plan", "doesn't", "work", "."]),
    ("1,200 people, 9.15 and a 30-metre wall", ["1,200", "people", ",", "9.15", "and", "a", "30-metre", "wall"]),
    ("Mr. Rowe, of the U.N., left", ["Mr.", "Rowe", ",", "of", "the", "U.N.", ",", "left"]),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in split_words(text, 0, len(text))] == expected


TAGS = [
    ("the union plans a vote", "plans", "VBZ"),
    ("the plans were late", "plans", "NNS"),
    ("she wants to strike", "strike", "VB"),
    ("a trunk was kept at school", "kept", "VBN"),
    ("Pell Harrow arrived", "Pell", "NNP"),
    ("the ring will attract visitors", "ring", "NN"),
    ("they didn’t open it", "didn’t", "VBD"),
    ("they cannot open it", "cannot", "MD"),
]


@pytest.mark.parametrize(("sentence", "word", "expected"), TAGS)
def test_tags(sentence: str, word: str, expected: str) -> None:
    words = tag_words(split_words(sentence, 0, len(sentence)))

    assert next(found.tag for found in words if found.text == word) == expected
