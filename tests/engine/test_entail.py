"""What follows from one text for another: three shares a line, in order, or one line that says what is wrong."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.engine import Models
from factcheck.engine.__main__ import main
from factcheck.engine.conflict.inference import PairReader, reader_of
from factcheck.engine.encoder import Kind, load_model

ROWS: list[dict[str, Any]] = [
    {"id": "same", "premise": "The bridge was closed on Monday.", "hypothesis": "The bridge was closed."},
    {"id": 2, "premise": "The bridge was closed on Monday.", "hypothesis": "The bridge was not closed on Monday."},
    {
        "id": "open",
        "premise": "The council met to discuss the budget.",
        "hypothesis": "Taxes will rise in May.",
        "y": 1,
    },
    {"id": "é", "premise": "", "hypothesis": "word " * 50_000},
]
SHARES = ("entailment", "neutral", "contradiction")
Infer = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def infer(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Infer:
    """Rows → what the command prints for them."""

    def infer_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        assert main(["entail", str(path)]) == 0
        printed = capfdbinary.readouterr()
        assert printed.err == b""
        return [json.loads(line) for line in printed.out.splitlines()]

    return infer_rows


def test_every_line_gets_its_three_shares_in_order(infer: Infer) -> None:
    found = infer(ROWS)

    assert [row["id"] for row in found] == ["same", 2, "open", "é"]
    assert all(set(row) == {"id", *SHARES} for row in found)
    assert all(sum(row[share] for share in SHARES) == pytest.approx(1, abs=0.001) for row in found)


def test_what_follows_what_contradicts_and_what_is_open_are_told_apart(infer: Infer) -> None:
    found = infer(ROWS[:3])

    assert [max(SHARES, key=row.__getitem__) for row in found] == ["entailment", "contradiction", "neutral"]


def test_a_pair_is_read_alone_so_that_its_neighbors_change_nothing(infer: Infer) -> None:
    shuffled = random.Random(3).sample(ROWS, len(ROWS))
    together = {row["id"]: row for row in infer(ROWS)}

    assert together == {row["id"]: row for row in infer(shuffled)}
    assert together == {row["id"]: infer([row])[0] for row in ROWS}


@pytest.mark.thorough
def test_two_threads_infer_as_one() -> None:
    readers: list[PairReader] = []
    for threads in (1, 2):
        model = load_model(Models(threads=threads), Kind.PAIR)
        assert model is not None
        readers.append(reader_of(model))
    one, two = ([read(row["premise"], row["hypothesis"]) for row in ROWS] for read in readers)

    assert one == two


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("no json", "line 1 is no JSON"),
        ('{"id": 1, "premise": "a"}', 'line 1 is no object with "id"'),
        ('{"id": [], "premise": "a", "hypothesis": "b"}', 'line 1 is no object with "id"'),
        ('{"id": 1, "premise": "a", "hypothesis": null}', 'line 1 is no object with "id"'),
    ],
)
def test_a_line_of_another_shape_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], line: str, problem: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(line)

    assert main(["entail", str(path)]) == 2

    printed = capfd.readouterr()
    assert printed.out == ""
    assert f"rows.jsonl: {problem}" in printed.err


def test_nothing_in_is_nothing_out(infer: Infer) -> None:
    assert infer([]) == []
