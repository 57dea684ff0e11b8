"""What people read can be said in another language, and is said in French, whole."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import override

from config import settings
from factcheck.ledger.wording import day_of, grouped, say
from factcheck.newsroom.models import Language
from tests import catalogue
from tests.factories import NOW

NAMES = {"Factcheck", "Factcheck API", "Atom", "JSON Feed", "ClaimReview", "Markdown"}
READ_ALOUD = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
SILENT = {"code", "kbd", "script", "style"}
WORD = re.compile(r"[^\W\d_]{2,}")
FOR_MACHINES = {"answers.py", "csv_tables.py", "jsonld.py", "tokens.py", "translation.py", "trials.py"}
ROOMS = ("newsroom", "corpus", "claims", "publishing", "workbench", "intake")


class Reader(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.seen += [words or "" for name, words in attrs if name in READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        self.seen += [] if self.silent else [data]


def unmarked(source: str) -> list[str]:
    """The words of a template that stand outside its tags for translation."""
    reader = Reader()
    reader.feed("".join(_plain(Lexer(source).tokenize())))
    reader.close()
    words = (re.sub(r"[\s·|]+", " ", seen.replace("\x01", " ")).strip() for seen in reader.seen)
    return [seen for seen in words if WORD.search(seen) and seen not in NAMES]


def _plain(tokens: list[Token]) -> Iterator[str]:
    """The text of a template; a value is a letter that is no word, what is marked is nothing."""
    marked = False
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            marked = token.contents.startswith("blocktrans") or (
                marked and not token.contents.startswith("endblocktrans")
            )
        elif token.token_type == TokenType.VAR and not marked:
            yield "\x01"
        elif token.token_type == TokenType.TEXT and not marked:
            yield token.contents


def test_every_word_of_a_template_is_marked_for_translation() -> None:
    pages = sorted((catalogue.ROOT / "templates").rglob("*.html"))
    found = {page.name: words for page in pages if (words := unmarked(page.read_text(encoding="utf-8")))}
    allowed = {"_side.html": ['class="name">']}  # its tag is a value

    assert found == allowed


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Plain words</p>", ["Plain words"]),
        ('<p>{% translate "Marked" %} <b>{{ value }}</b></p>', []),
        ("<p>{% blocktranslate count n=n %}{{ n }} thing{% plural %}{{ n }} things{% endblocktranslate %}</p>", []),
        ('<input placeholder="Search" class="wide">', ["Search"]),
        ("<kbd>Enter</kbd><script>let words</script>", []),
    ],
)
def test_the_test_itself_sees_words(source: str, words: list[str]) -> None:
    assert unmarked(source) == words


def said_plainly(path: Path) -> Iterator[str]:
    """Sentences that a refusal, a message or a field's error says without being marked."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        call = node.exc if isinstance(node, ast.Raise) else node
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        is_shown = isinstance(node, ast.Raise) and not name.endswith(("Error", "BadRequest"))
        if is_shown or name in {"add_error", "success", "warning"}:
            yield from (f"{path.name}: {ast.unparse(part)}" for part in call.args if _is_sentence(part))


def _is_sentence(part: ast.expr) -> bool:
    words = part.values if isinstance(part, ast.JoinedStr) else [part]
    texts = [word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    return " " in "".join(texts).strip()


def test_every_refusal_and_message_is_marked_for_translation() -> None:
    paths = [path for room in ROOMS for path in (catalogue.ROOT / "factcheck" / room).rglob("*.py")]

    assert [line for path in paths if path.name not in FOR_MACHINES for line in said_plainly(path)] == []


def test_the_french_catalogue_is_complete() -> None:
    found, known = catalogue.found_messages(), catalogue.read_po()
    waiting = catalogue.missing(found, known)

    assert not waiting, f"translate these (make messages adds them):\n\n{catalogue.whole(found, waiting)}"
    assert sorted(set(known) - set(found)) == [], "make messages takes out what is gone"
    assert not catalogue.is_fuzzy()


def test_a_translation_has_the_gaps_of_its_message() -> None:
    found, known = catalogue.found_messages(), catalogue.read_po()
    pairs = [
        (source, told) for one, forms in known.items() for source, told in zip(_forms(found[one]), forms, strict=True)
    ]

    assert [told for source, told in pairs if catalogue.gaps(source) != catalogue.gaps(told)] == []


def _forms(message: catalogue.Message) -> list[str]:
    return [message.one, message.many] if message.many else [message.one]


def test_what_django_reads_is_the_catalogue() -> None:
    made = catalogue.as_mo(catalogue.found_messages(), catalogue.read_po(), catalogue.head_of())

    assert catalogue.PO.with_suffix(".mo").read_bytes() == made, "run make messages"


def test_people_choose_among_the_languages_of_the_settings() -> None:
    assert [value for value in Language.values if value] == [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            "The page stands behind a paywall. Open it in a browser and paste the text.",
            "La page est derrière un péage.",
        ),
        ("reading article 3 of 12", "lecture de l’article 3 sur 12"),
        ("This text is already on the desk: “A {b} %(c)s”. Nothing was added.", "« A {b} %(c)s »"),
        ("a: b.exe: This packed file is broken. Pack it again.", "a: b.exe\u00a0: Ce fichier compressé"),
        ("No sentence of ours", "No sentence of ours"),
        ("No sentence: of ours", "No sentence: of ours"),
    ],
)
def test_a_sentence_kept_in_english_is_said_in_french(english: str, french: str) -> None:
    with override("fr"):
        assert french.replace("« ", "«\xa0").replace(" »", "\xa0»") in say(english)
    assert say(english) == english


def test_days_and_numbers_are_told_as_the_language_does() -> None:
    told = {}
    for language in ("en", "fr"):
        with override(language):
            told[language] = (day_of(NOW), grouped(12_345))

    assert told == {"en": ("2 March 2026", "12,345"), "fr": ("2 mars 2026", "12\xa0345")}
