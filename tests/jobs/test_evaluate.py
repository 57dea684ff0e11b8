"""The command that scores the engine: its figures as JSON and as a table, and what it refuses."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from factcheck.engine import Models
from factcheck.engine.scoring import EventScore, Setup, evaluate_event, read_event

GOLD = Path(__file__).parent.parent / "engine" / "gold"
TEXT = "Mill\n\nMina Holt said the mill will reopen."
ROW = {"source": [[6, 15]], "cue": [[16, 20]], "content": [[21, 41]]}


def evaluate(*words: Any, **options: Any) -> Any:
    out = io.StringIO()
    call_command("evaluate", *words, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def split(tmp_path: Path) -> Path:
    path = tmp_path / "split.jsonl"
    path.write_text(json.dumps({"primary": True, "text": TEXT, "attributions": [ROW]}), encoding="utf-8")
    return path


@pytest.mark.thorough
def test_the_figures_of_events_are_those_of_the_scorer() -> None:
    folders = sorted(GOLD.iterdir())

    figures = evaluate(*folders)

    scores = [evaluate_event(read_event(folder), Setup(models=Models(None, None))) for folder in folders]
    assert figures == sum(scores, EventScore()).figures()
    assert figures["events"] == 2


def test_marked_statements_can_be_given() -> None:
    figures = evaluate(GOLD / "bridge-closure", gold_statements=True)

    assert figures["statements"]["f1"] == figures["speaker_accuracy"] == 1.0


def test_thresholds_are_passed_on(split: Path) -> None:
    sure = evaluate(attributions=split)
    never = evaluate(attributions=split, min_confidence=1.01)
    alike = evaluate(GOLD / "bridge-closure", min_score=1.01)

    assert sure["strict_micro"]["f1"] == sure["linked"]["f1"] == 1.0
    assert never["strict_micro"]["recall"] == 0.0
    assert alike["conflicts"]["n_predicted"] == 0


def test_without_folders_it_takes_those_of_the_training(settings: Settings, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    (tmp_path / "training" / "events").mkdir(parents=True)
    (tmp_path / "training" / "events" / "bridge").symlink_to(GOLD / "bridge-closure")

    assert evaluate()["events"] == 1


def test_where_there_is_nothing_to_score_it_says_so(settings: Settings, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError, match="Name the event folders"):
        evaluate()


def test_what_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(attributions=tmp_path / "missing.jsonl")
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(tmp_path)


def test_the_tables_show_the_figures(capsys: pytest.CaptureFixture[str], split: Path) -> None:
    call_command("evaluate", GOLD / "bridge-closure")
    events = capsys.readouterr().out
    call_command("evaluate", attributions=split)
    spans = capsys.readouterr().out

    for words in ("1 event", "statements", "relayed by", "conflicts", "look-alikes taken for conflicts"):
        assert words in events
    for words in ("1 article", "content, exactly", "content, overlapping", "linked attributions", "1.000"):
        assert words in spans
