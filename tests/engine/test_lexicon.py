"""The word lists: each says where it comes from, and holds what its readers expect."""

from pathlib import Path

import pytest

import factcheck.engine
from factcheck.engine import Act
from factcheck.engine.lexicon import find_cue_verbs, inflect, read_rows, read_tag_rules

ENGINE = Path(factcheck.engine.__file__).parent
LISTS = sorted((ENGINE / "lexicon" / "data").glob("*.txt"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_says_where_it_comes_from(path: Path) -> None:
    head, *rows = path.read_text(encoding="utf-8").splitlines()

    assert head.startswith("# ")
    assert rows


FORMS = [
    ("say", ("says", "said", "said", "saying")),
    ("deny", ("denies", "denied", "denied", "denying")),
    ("plan", ("plans", "planned", "planned", "planning")),
    ("forecast", ("forecasts", "forecast", "forecast", "forecasting")),
    ("admit", ("admits", "admitted", "admitted", "admitting")),
    ("agree", ("agrees", "agreed", "agreed", "agreeing")),
    ("lie", ("lies", "lay", "lain", "lying")),
]


@pytest.mark.parametrize(("base", "forms"), FORMS)
def test_verbs_inflect(base: str, forms: tuple[str, ...]) -> None:
    found = inflect(base)

    assert (found.present, found.past, found.participle, found.gerund) == forms


def test_a_cue_verb_is_found_by_each_form_in_both_spellings() -> None:
    assert {verb.base for form in ("signals", "signaled", "signalled") for verb in find_cue_verbs(form)} == {"signal"}


def test_cue_verbs_have_known_frames_acts_and_weights() -> None:
    for name, frames, act, weight in read_rows("cue_verbs"):
        assert set(frames) <= set("TZWQVIOGNAPXSDURBC"), name
        assert Act(act), name
        assert 0 < float(weight) <= 1, name


def test_tag_rules_change_a_tag() -> None:
    assert all(rule.before != rule.after for rule in read_tag_rules())


def test_the_readme_names_every_module() -> None:
    text = (ENGINE / "README.md").read_text(encoding="utf-8")
    modules = [path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py")]

    assert [name for name in modules if not name.endswith("__init__.py") and name not in text] == []


def test_the_readme_names_every_list() -> None:
    text = (ENGINE / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in LISTS if path.name not in text] == []
