"""In which language a text is, however short it is."""

import pytest

from factcheck.corpus.services.languages import tell_language

SHORT = {
    "en": "The mayor of Київ said no.",
    "uk": "Міст відкриють у травні, заявила мер.",
    "ru": "Мост откроют в мае, заявила мэр города.",
    "zh": "市长周二表示，新桥将于五月开放。",
    "ja": "大臣は火曜日、新しい橋が五月に開通すると述べた。",
    "ko": "시장은 화요일 새 다리가 5월에 개통될 것이라고 말했다.",
    "ar": "قال العمدة يوم الثلاثاء إن الجسر الجديد سيفتح في مايو.",
    "he": "ראש העיר אמר ביום שלישי שהגשר החדש ייפתח במאי.",
    "el": "Ο δήμαρχος είπε την Τρίτη ότι η γέφυρα θα ανοίξει.",
    "hi": "मेयर ने मंगलवार को कहा कि नया पुल मई में खुलेगा।",
}


@pytest.mark.parametrize(("language", "text"), SHORT.items(), ids=SHORT)
def test_a_short_text_is_told_by_its_letters(language: str, text: str) -> None:
    assert tell_language(text) == language


def test_a_long_text_without_spaces_is_told_too() -> None:
    assert (
        tell_language(
            SHORT["zh"] + "反对党要求调查费用。市议会将在六月投票决定是否继续建设，居民们则担心噪音和交通。" * 3
        )
        == "zh"
    )


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        ("Le maire a dit que le pont ouvrira en mai.", "fr", "fr"),
        ("The mayor said that it will open.", "fr", "en"),
        ("Le maire a dit que le pont ouvrira en mai.", "", "en"),
        ("", "fr", "en"),
    ],
)
def test_what_a_page_says_holds_for_a_short_text_without_a_word_of_english(text: str, said: str, language: str) -> None:
    assert tell_language(text, said) == language
