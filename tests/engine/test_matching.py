"""Which stored claims a text makes again: by words, by meaning, and the same however they came onto the shelf."""

import subprocess
import sys

import pytest

from factcheck.engine import Models, matching
from factcheck.engine.matching import Match, Record, Shelf

CLAIMS = {
    "bridge": "The Orla bridge was closed although nobody had inspected it.",
    "wages": "Wages rose by 4 percent in May.",
    "other wages": "Wages rose by 9 percent in May.",
    "pier": "The mayor sold the pier to a firm from Norvik.",
    "school": "Every school in the county will get a nurse.",
}


@pytest.fixture(scope="module")
def encoder() -> matching.Encoder:
    return matching.load_encoder(Models(threads=1))


def record(encoder: matching.Encoder, key: str, text: str) -> Record[str]:
    return Record(key, matching.pack_words(text), encoder.keep(text))


def shelf_of(encoder: matching.Encoder, *keys: str) -> Shelf[str]:
    shelf: Shelf[str] = Shelf()
    shelf.put([record(encoder, key, CLAIMS[key]) for key in keys or CLAIMS])
    return shelf


def ask(shelf: Shelf[str], encoder: matching.Encoder, text: str) -> list[Match[str]]:
    return shelf.match(matching.read_question(text, encoder.ask(text)), 5)


QUESTIONS = [
    ("Nobody ever inspected the bridge in Orla before they shut it", "bridge"),
    ("They shut #OrlaBridge without a look at it!! pic.example/x1", "bridge"),
    ("In May, pay went up by 4%", "wages"),
    ("In May, pay went up by 9%", "other wages"),
    ("A Norvik company bought the pier", "pier"),
    ("There will be somebody to look after sick pupils in all of the county's classrooms", "school"),
]


@pytest.mark.parametrize(("text", "key"), QUESTIONS)
def test_a_claim_is_known_again_in_other_words(encoder: matching.Encoder, text: str, key: str) -> None:
    assert ask(shelf_of(encoder), encoder, text)[0].key == key


def test_the_same_claim_is_likely_and_another_is_not(encoder: matching.Encoder) -> None:
    found = ask(shelf_of(encoder), encoder, "Nobody had inspected the Orla bridge when it was closed")

    assert found[0].score > 0.9
    assert all(match.score < 0.1 for match in found[1:])
    assert {"Orla", "bridge", "inspected", "closed"} <= set(found[0].words)


def test_how_claims_came_onto_the_shelf_changes_nothing(encoder: matching.Encoder) -> None:
    at_once, one_by_one = shelf_of(encoder), Shelf[str]()
    for _ in range(3):  # so often that the parts are laid together
        for key, text in CLAIMS.items():
            one_by_one.put([record(encoder, key, text)])

    for text, _ in QUESTIONS:
        wanted = [(match.key, round(match.score, 5), match.words) for match in ask(at_once, encoder, text)]
        assert [(match.key, round(match.score, 5), match.words) for match in ask(one_by_one, encoder, text)] == wanted


def test_what_was_put_anew_or_dropped_is_not_found_as_it_was(encoder: matching.Encoder) -> None:
    shelf = shelf_of(encoder)
    shelf.put([record(encoder, "bridge", "The ferry to Port Vane will run at night.")])
    shelf.drop(["pier", "never here"])

    assert ask(shelf, encoder, "The ferry runs at night to Port Vane")[0].key == "bridge"
    assert "pier" not in {match.key for match in ask(shelf, encoder, "The mayor sold the pier")}
    assert len(shelf) == len(CLAIMS) - 1


def test_a_claim_whose_meaning_is_not_read_is_found_by_its_words(encoder: matching.Encoder) -> None:
    shelf = shelf_of(encoder, "wages", "school")
    shelf.put([Record("pier", matching.pack_words(CLAIMS["pier"]))])

    found = ask(shelf, encoder, "The mayor has sold the pier to a Norvik firm")[0]

    assert (found.key, found.meaning) == ("pier", None)


@pytest.mark.parametrize("text", ["", "??", "https://t.example/1", "the of and", "\ud83d", "9" * 3000])
def test_nothing_breaks_on_a_text_without_words(encoder: matching.Encoder, text: str) -> None:
    assert len(ask(shelf_of(encoder), encoder, text)) <= len(CLAIMS)
    assert ask(Shelf[str](), encoder, text) == []
    wordless = Shelf[str]()
    wordless.put([Record("a", b"")])
    assert len(ask(wordless, encoder, text)) <= 1


def test_a_line_that_is_no_claim_is_named() -> None:
    with pytest.raises(ValueError, match=r"line 2 is no object"):
        matching.read_lines('{"id": 1, "text": "A."}\n{"id": 1}\n')


def test_a_process_that_never_asks_pays_for_nothing() -> None:
    code = "import sys, factcheck.engine.matching; print([n for n in ('numpy', 'onnxruntime') if n in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert printed.stdout.strip() == "[]"
