import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from factcheck.intake.cleaning import LARGEST_TEXT, LONGEST_LINE, UnfitText, clean_article, clean_text, decode_text

ROWS = [
    ("plain", "a", "a", ()),
    ("kept tabs", "a\tb", "a\tb", ()),
    ("line ends", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne", ()),
    ("composed", "e\u0301", "é", ()),
    ("NUL", "a\x00b", "ab", ("controls_removed",)),
    ("lone surrogate", "a\ud800b", "ab", ("controls_removed",)),
    ("noncharacter", "a\ufdd0\U0001ffffb", "ab", ("controls_removed",)),
    ("escape", "a\x1b[31mb", "a[31mb", ("controls_removed",)),
    ("byte order mark at the start", "\ufeffa", "a", ()),
    ("byte order mark within", "a\ufeffb", "ab", ("controls_removed",)),
    ("direction override", "a\u202eb", "a\u202eb", ("bidi",)),
    ("zero width", "a\u200bb", "a\u200bb", ("invisible",)),
    ("tag characters", "a\U000e0041", "a\U000e0041", ("invisible",)),
    ("emoji", "👩\u200d🚒", "👩\u200d🚒", ("invisible",)),
    ("alphabets that look alike", "\u0420resident", "\u0420resident", ("mixed",)),
    ("alphabets side by side", "IT-сектор, β-carotene, 5 μg, TNFα", "IT-сектор, β-carotene, 5 μg, TNFα", ()),
    ("Hebrew", "שלום", "שלום", ()),
]


@pytest.mark.parametrize(("name", "given_text", "text", "flags"), ROWS)
def test_what_becomes_of_a_text(name: str, given_text: str, text: str, flags: tuple[str, ...]) -> None:
    clean = clean_text(given_text)

    assert (clean.text, clean.flags) == (text, flags)


@given(st.text(st.characters(), max_size=60))
def test_clean_text_is_fit_to_store_and_stays_as_it_is(text: str) -> None:
    clean = clean_text(text).text

    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    assert not {"\x00", "\r", "\ufeff"} & set(clean)
    assert clean_text(clean).text == clean


REFUSED = [
    ("", "no text"),
    (" \n\t\n", "no text"),
    ("\x00\x00", "no text"),
    ("\u200b\n\u2060\u202e", "no text"),
    ("é" * (LARGEST_TEXT // 2 + 1), "2.1 MB; an article may have 2 MB"),
    ("a" * (LONGEST_LINE + 1) + "\nb", "One line of this text is over 1 MB"),
]


@pytest.mark.parametrize(
    ("text", "words"), REFUSED, ids=["empty", "blank", "only NUL", "invisible", "too large", "one long line"]
)
def test_an_unfit_article_is_refused_with_the_remedy(text: str, words: str) -> None:
    with pytest.raises(UnfitText, match=words):
        clean_article(text)


def test_a_line_of_one_megabyte_is_taken() -> None:
    assert len(clean_article("a" * LONGEST_LINE).text) == LONGEST_LINE


def test_bytes_that_are_not_utf8_are_refused_at_their_place() -> None:
    with pytest.raises(UnfitText, match="byte 4 does not fit"):
        decode_text("café".encode("latin-1") + b"\xff")


def test_offsets_count_the_text_as_it_is_stored() -> None:
    text = clean_article("\ufeffA\r\nE\u0301l\u00e9 said so").text

    assert text.index("said") == len("A\nÉlé ")
