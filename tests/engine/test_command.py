"""The command: its JSON, and one line and status 2 for input it cannot read."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.engine import Models, find_digests
from factcheck.engine.__main__ import main

BODY = "A headline\nThe Courier | 2026-04-09 07:30\n\nAna Lima said the bridge was safe. “It was not,” said Tom Rowe.\n"
Write = Callable[..., str]
Run = Callable[..., Any]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Name and content → the path of a file."""

    def write_file(name: str, content: str | bytes = BODY) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write_file


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Arguments → the JSON the command prints."""

    def run_command(*arguments: str, stdin: bytes = b"") -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        assert main(["analyze", *arguments]) == 0
        printed = capfdbinary.readouterr()
        assert printed.err == b""
        return json.loads(printed.out)

    return run_command


def test_the_shape_of_the_json(write: Write, run: Run) -> None:
    document = run(write("first.txt"))

    assert list(document) == ["engine", "speakers", "articles", "conflicts"]
    assert document["engine"] == {"version": "0.1.0", "models": find_digests(Models())}
    assert document["speakers"][0] == {"id": "p1", "name": "Ana Lima", "aliases": [], "kind": "person"}
    (article,) = document["articles"]
    assert article["id"] == "first"
    statement = article["statements"][0]
    spans = {name: statement.pop(name) for name in ("content", "cue", "source")}
    assert {name: BODY[slice(*span)] for name, span in spans.items()} == {
        "content": "the bridge was safe",
        "cue": "said",
        "source": "Ana Lima",
    }
    assert statement == {
        "id": "first-s1",
        "content_spans": [spans["content"]],
        "speaker": {"id": "p1", "name": "Ana Lima", "kind": "person"},
        "reported_by": None,
        "act": "assertion",
        "quote": "indirect",
        "hedged": False,
        "negated": False,
        "checkworthiness": 0.43,
        "confidence": statement["confidence"],
    }
    assert 0.5 <= statement["confidence"] <= 1


def test_the_json_names_the_model_that_read(write: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_ATTRIBUTION_MODEL", raising=False)

    document = run(write("first.txt"))

    assert document["engine"]["models"] == find_digests(Models())
    assert document["engine"]["models"]["attribution"].startswith("sha256:")


def test_a_relay_has_its_own_spans(write: Write, run: Run) -> None:
    text = "H\n\nAna Lima said the board had promised that nobody would pay."

    (statement,) = run(write("a.txt", text))["articles"][0]["statements"]

    relay = statement["reported_by"]
    assert {"name": "Ana Lima", "kind": "person"}.items() <= relay.items()
    assert (text[slice(*relay["source"])], text[slice(*relay["cue"])]) == ("Ana Lima", "said")


def test_a_conflict_has_marks_among_its_signals(write: Write, run: Run) -> None:
    text = "H\n\nThe agency counted 17 cracks. The firm put the number of cracks at four."

    (conflict,) = run(write("a.txt", text))["conflicts"]

    assert {"a", "b", "kind", "score", "signals", "why"} == set(conflict)
    marks = conflict["signals"]["marks"]
    assert [text[slice(*mark)] for side in "ab" for mark in marks[side]] == ["17", "four"]


def test_articles_stand_in_the_order_of_the_arguments(write: Write, run: Run) -> None:
    document = run(write("b.txt", "Nothing here"), write("a.txt"))

    assert [article["id"] for article in document["articles"]] == ["b", "a"]
    assert document["articles"][0]["statements"] == []


def test_a_byte_order_mark_counts_as_one(write: Write, run: Run) -> None:
    text = "\ufeffH\r\n\r\nAna Lima said the bridge was safe."

    (statement,) = run(write("a.txt", text))["articles"][0]["statements"]

    assert text[slice(*statement["content"])] == "the bridge was safe"


def test_standard_input_is_an_article(run: Run) -> None:
    document = run("-", stdin=BODY.encode())

    assert [article["id"] for article in document["articles"]] == ["stdin"]


def test_a_higher_confidence_gives_fewer_statements(write: Write, run: Run) -> None:
    path = write("a.txt")

    assert len(run(path)["articles"][0]["statements"]) == 2
    assert run("--min-confidence", "1.0", path)["articles"][0]["statements"] == []


def test_given_statements_are_only_paired(write: Write, run: Run) -> None:
    path = write("a.txt", "H\n\nThe agency counted 17 cracks. The firm put the number of cracks at four.")
    document = run(path)
    conflicts = document.pop("conflicts")
    del document["engine"], document["speakers"]

    again = run("--statements", write("statements.json", json.dumps(document)), path)

    assert again["conflicts"] == conflicts
    assert again["articles"] == document["articles"]


def test_a_date_given_by_option_dates_articles_that_have_none(write: Write, run: Run) -> None:
    first = write("a.txt", "H\n\nThe firm promised to mend the roof within nine days.")
    later = write("b.txt", "H\nC | 2026-04-30\n\nThe roof was still not mended on Friday, the union said.")

    assert [row["kind"] for row in run("--date", "2026-04-09", first, later)["conflicts"]] == ["broken_pledge"]
    assert run("--date", "2026-04-28", first, later)["conflicts"] == []


BAD_FILES = [
    ("latin.txt", "caf\xe9".encode("latin-1"), "not UTF-8"),
    ("empty.txt", b" \n", "empty"),
    ("nul.txt", b"a\0b", "NUL"),
    ("large.txt", b"a " * 1_100_000, "larger than 2 MB"),
]


@pytest.mark.parametrize(("name", "content", "problem"), BAD_FILES)
def test_a_bad_file_is_one_line_and_status_2(
    write: Write, capfdbinary: pytest.CaptureFixture[bytes], name: str, content: bytes, problem: str
) -> None:
    status = main(["analyze", write("good.txt"), write(name, content)])

    printed = capfdbinary.readouterr()
    assert (status, printed.out) == (2, b"")
    assert printed.err.count(b"\n") == 1
    assert name.encode() in printed.err
    assert problem.encode() in printed.err


BAD_CALLS = [
    (["analyze", "missing.txt"], "missing.txt: cannot be read"),
    (["analyze", "--date", "tomorrow", "a.txt"], "no date"),
    (["analyze"], "required"),
    (["checkworthy", "missing.jsonl"], "missing.jsonl: cannot be read"),
    (["checkworthy"], "required"),
    (["translate"], "invalid choice"),
]


@pytest.mark.parametrize(("arguments", "problem"), BAD_CALLS)
def test_a_bad_call_is_one_line_and_status_2(
    capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str], problem: str
) -> None:
    status = main(arguments)

    printed = capfdbinary.readouterr()
    assert (status, printed.out) == (2, b"")
    assert printed.err.count(b"\n") == 1
    assert problem.encode() in printed.err


def test_two_files_with_one_id_are_refused(
    write: Write, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "other").mkdir()

    status = main(["analyze", write("a.txt"), write("other/a.txt")])

    assert status == 2
    assert b"two files" in capfdbinary.readouterr().err


@pytest.mark.parametrize("content", ["{}", "[]", "no json", '{"articles": [{"id": "other", "statements": []}]}'])
def test_statements_of_another_shape_are_refused(
    write: Write, capfdbinary: pytest.CaptureFixture[bytes], content: str
) -> None:
    status = main(["analyze", "--statements", write("s.json", content), write("a.txt")])

    assert status == 2
    assert b"s.json" in capfdbinary.readouterr().err


NO_MODEL = "its model.json cannot be read"
BAD_CHOICES = [
    ("analyze", "FACTCHECK_ATTRIBUTION_MODEL", "/nowhere", NO_MODEL),
    ("checkworthy", "FACTCHECK_ATTRIBUTION_MODEL", "/nowhere", NO_MODEL),
    ("entail", "FACTCHECK_PAIR_MODEL", "/nowhere", NO_MODEL),
    ("entail", "FACTCHECK_PAIR_MODEL", "rules", "rules alone cannot tell"),
    *(
        (command, "FACTCHECK_MODEL_THREADS", value, f"{value!r} is no whole number")
        for command in ("analyze", "checkworthy", "entail")
        for value in ("many", "65", "-1")
    ),
]


@pytest.mark.parametrize(("command", "variable", "value", "problem"), BAD_CHOICES)
def test_a_model_that_cannot_be_used_is_one_line_that_names_the_variable(
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    command: str,
    variable: str,
    value: str,
    problem: str,
) -> None:
    monkeypatch.setenv(variable, value)

    status = main([command, write("a.jsonl", '{"id": 1, "text": "a", "premise": "a", "hypothesis": "b"}')])

    printed = capfdbinary.readouterr()
    assert (status, printed.out) == (2, b"")
    assert printed.err.count(b"\n") == 1
    assert printed.err.startswith(f"{variable}: ".encode())
    assert problem.encode() in printed.err
