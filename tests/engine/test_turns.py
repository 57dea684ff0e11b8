"""Conversations printed with speaker labels."""

import re
from collections.abc import Callable

import pytest

from factcheck.engine import Statement

Read = Callable[[str], tuple[Statement, ...]]

INTERVIEW = """HOST: Is the bridge safe?

MAYOR: It has never been safer. I promise to walk across it on Monday.

HOST: The builders disagree, do they not?

MAYOR: Ana Lima told me that two bolts were missing."""


def said(statements: tuple[Statement, ...]) -> list[tuple[str, str]]:
    return [(row.speaker.name, row.text) for row in statements if row.speaker.kind != "narrator"]


def test_each_turn_is_a_statement_of_the_one_its_label_names(read: Read) -> None:
    found = said(read(INTERVIEW))

    assert ("HOST", "Is the bridge safe?") in found
    assert ("MAYOR", "It has never been safer. I promise to walk across it on Monday") in found


def test_a_turn_has_a_source_and_no_cue_and_is_quoted_directly(read: Read) -> None:
    turns = [row for row in read(INTERVIEW) if row.passage.slice(row.source) in {"HOST", "MAYOR"}]

    assert len(turns) == 3
    assert all(row.cue is None and row.quote == "direct" for row in turns)


def test_what_a_turn_tells_of_others_is_relayed_by_its_speaker(read: Read) -> None:
    (relayed,) = [row for row in read(INTERVIEW) if row.speaker.name == "Ana Lima"]

    assert relayed.text == "that two bolts were missing"
    assert relayed.reported_by is not None
    assert relayed.reported_by.speaker.name == "MAYOR"


def test_a_turn_that_only_passes_on_what_another_said_is_that_statement_alone(read: Read) -> None:
    assert [text for name, text in said(read(INTERVIEW)) if name == "MAYOR"] == [
        "It has never been safer. I promise to walk across it on Monday"
    ]


def test_a_turn_is_what_its_speaker_says_beside_what_is_passed_on(read: Read) -> None:
    body = INTERVIEW.replace("were missing.", "were missing. I did not believe it.")

    found = said(read(body))

    assert ("Ana Lima", "that two bolts were missing") in found
    assert ("MAYOR", "I did not believe it") in found


def test_labels_with_titles_and_seats_are_labels(read: Read) -> None:
    body = """Ana Lima (Port): Is the bridge safe?

The Minister for Roads (Tom Rowe): It has never been safer.

Ana Lima: The builders disagree.

Tom Rowe: So they do.

MR. ORR: Order."""

    assert said(read(body)) == [
        ("Ana Lima", "Is the bridge safe?"),
        ("Tom Rowe", "It has never been safer"),
        ("Ana Lima", "The builders disagree"),
        ("Tom Rowe", "So they do"),
        ("ORR", "Order"),
    ]


def test_what_speakers_say_of_themselves_stays_in_their_turn(read: Read) -> None:
    assert [text for _, text in said(read(INTERVIEW)) if text.startswith("to walk")] == []


def test_a_sentence_with_a_colon_is_no_turn(read: Read) -> None:
    body = "Two things are missing: a bolt and a nut.\n\nOne thing is certain: snow fell."

    assert said(read(body)) == []


def test_labels_that_do_not_come_back_are_no_turns(read: Read) -> None:
    body = "Monday: Rain fell.\n\nTuesday: Snow fell.\n\nWednesday: Hail fell.\n\nThursday: Nothing fell."

    assert said(read(body)) == []


@pytest.mark.parametrize(
    "timed",
    [
        *(r"[00:01:12] \1: ", r"00:01:12 \1: ", r"01:12 - \1: ", r"(1:12) \1: "),
        *(r"\1 (00:01:12): ", r"\1 [01:12]: ", r"\1 01:12: ", r"[00:01:12.480] \1: "),
    ],
)
def test_the_time_before_or_behind_a_label_is_no_part_of_it(read: Read, timed: str) -> None:
    assert said(read(re.sub(r"(HOST|MAYOR): ", timed, INTERVIEW))) == said(read(INTERVIEW))


def test_a_question_about_what_somebody_said_is_nobody_elses_statement(read: Read) -> None:
    found = said(read(INTERVIEW.replace("Is the bridge safe?", "Can the board say that the bridge is safe?")))

    assert ("HOST", "Can the board say that the bridge is safe?") in found
    assert "that the bridge is safe" not in {text for _, text in found}
