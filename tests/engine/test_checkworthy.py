"""Sentences that stand alone: a score for each line, in order, or one line that says what is wrong."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.engine import Models
from factcheck.engine.__main__ import main
from factcheck.engine.acts import score_sentence
from factcheck.engine.encoder import load_model

ROWS: list[dict[str, Any]] = [
    {"id": "a", "text": "Unemployment fell from 5.1 to 4.2 percent between 2018 and March 2019."},
    {"id": 7, "text": "Thank you very much.", "label": "NFS"},
    {"id": "é", "text": "We cut taxes for 2.4 million families last year, the largest cut in our history."},
    {"id": "dash", "text": " — "},
]
Score = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Score:
    """Rows → what the command prints for them, as the engine's own model reads them."""
    monkeypatch.delenv("FACTCHECK_ATTRIBUTION_MODEL", raising=False)  # the tests choose rules alone

    def score_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        assert main(["checkworthy", str(path)]) == 0
        printed = capfdbinary.readouterr()
        assert printed.err == b""
        return [json.loads(line) for line in printed.out.splitlines()]

    return score_rows


def test_every_line_gets_its_score_in_order(score: Score) -> None:
    found = score(ROWS)

    assert [row["id"] for row in found] == ["a", 7, "é", "dash"]
    assert all(set(row) == {"id", "score"} and 0 <= row["score"] <= 1 for row in found)


def test_figures_ask_for_a_check_and_thanks_do_not(score: Score) -> None:
    figures, thanks, taxes, dash = [row["score"] for row in score(ROWS)]

    assert min(figures, taxes) > thanks > dash == 0.0


def test_a_sentence_is_read_alone_so_that_its_neighbors_change_nothing(score: Score) -> None:
    together = {row["id"]: row["score"] for row in score(ROWS)}
    backward = {row["id"]: row["score"] for row in score(ROWS[::-1])}
    alone = {row["id"]: score([row])[0]["score"] for row in ROWS}

    assert together == backward == alone


def test_two_threads_score_as_one() -> None:
    one, two = (load_model(Models(threads=threads)) for threads in (1, 2))

    assert [score_sentence(row["text"], one) for row in ROWS] == [score_sentence(row["text"], two) for row in ROWS]


def test_rules_alone_know_figures_from_thanks() -> None:
    figures, thanks, taxes, dash = [score_sentence(row["text"], None) for row in ROWS]

    assert min(figures, taxes) > thanks > dash == 0.0


def test_the_command_scores_as_the_model_does(score: Score) -> None:
    own = load_model(Models())

    assert [row["score"] for row in score(ROWS)] == [score_sentence(row["text"], own) for row in ROWS]


def test_the_model_scores_other_than_the_rules() -> None:
    text = ROWS[0]["text"]

    assert score_sentence(text, load_model(Models())) != score_sentence(text, None)


def test_a_sentence_without_end_is_scored() -> None:
    assert 0 <= score_sentence("word " * 400_000, load_model(Models())) <= 1


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(ROWS[0]).encode())))

    assert main(["checkworthy", "-"]) == 0

    assert json.loads(capfdbinary.readouterr().out)["id"] == "a"


def test_nothing_in_gives_nothing_out(score: Score) -> None:
    assert score([]) == []


GOOD = b'{"id": 1, "text": "a"}\n'
BAD_LINES = [
    (GOOD + b"{", "line 2 is no JSON"),
    (GOOD + b"\n" + GOOD, "line 2 is no JSON"),
    (b'["id", "text"]', 'line 1 is no object with "id"'),
    (b'{"id": 1}', 'line 1 is no object with "id"'),
    (b'{"id": null, "text": "a"}', 'line 1 is no object with "id"'),
    (b'{"id": 1, "text": ["a"]}', 'line 1 is no object with "id"'),
    (b'{"id": "\\ud800", "text": "a"}', "line 1 is no JSON"),
    (b'{"id": 1, "text": "caf\xe9"}', "not UTF-8 (byte 22)"),
    (b"[" * 100_000, "line 1 is no JSON"),
]


@pytest.mark.parametrize(("content", "problem"), BAD_LINES, ids=[problem for _, problem in BAD_LINES])
def test_a_bad_line_is_one_line_and_status_2(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], content: bytes, problem: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)

    status = main(["checkworthy", str(path)])

    printed = capfdbinary.readouterr()
    assert (status, printed.out) == (2, b"")
    assert printed.err.count(b"\n") == 1
    assert f"rows.jsonl: {problem}".encode() in printed.err
