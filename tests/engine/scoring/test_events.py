"""What is counted in an event, against tables worked out by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.engine.scoring import Event, EventScore, Setup, UnreadableGold, evaluate_event, read_event, score_event

FIRST = (
    "Quarry row\nCourier | 2026-04-01\n\nMina Holt said the quarry will reopen in June. The union denied it was safe.\n"
)
SECOND = "Later\n\nThe firm told us that Holt promised forty jobs. Nobody was hurt. Rain is expected soon.\n"


def mark(mark_id: str, article: str, content: str, speaker: str, **more: Any) -> dict[str, Any]:
    row = {"source": "", "cue": "", "reported_by": None, "act": "assertion", "quote": "indirect", "checkable": True}
    return {"id": mark_id, "article": article, "content": content, "speaker": speaker, **row, **more}


GOLD: dict[str, Any] = {
    "event": "quarry",
    "speakers": [
        {"id": "holt", "name": "Mina Holt", "aliases": ["Mayor Holt"], "kind": "person"},
        {"id": "union", "name": "Stoneworkers' Union", "aliases": [], "kind": "organisation"},
        {"id": "firm", "name": "Grey Rock Ltd", "aliases": ["the firm"], "kind": "organisation"},
    ],
    "statements": [
        mark("m1", "first", "the quarry will reopen in June", "holt", source="Mina Holt", cue="said"),
        mark("m2", "first", "it was safe", "union", source="The union", cue="denied", act="denial"),
        mark("m3", "second", "forty jobs", "holt", source="Holt", cue="promised", reported_by="firm", act="pledge"),
        mark("m4", "second", "Nobody was hurt", "narrator", quote="none"),
    ],
    "conflicts": [
        {"a": "m1", "b": "m3", "kind": "figure", "why": ""},
        {"a": "m2", "b": "m4", "kind": "denial", "why": ""},
    ],
    "not_conflicts": [{"a": "m1", "b": "m2", "why": ""}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for name, text in {"first": FIRST, "second": SECOND}.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


@pytest.fixture
def event(folder: Path) -> Event:
    return read_event(folder)


def said(statement_id: str, text: str, words: str, name: str, **more: Any) -> dict[str, Any]:
    start = text.index(words)
    row = {"kind": "person", "name": name}
    spans = {"content": [start, start + len(words)], "content_spans": [[start, start + len(words)]]}
    told = {"speaker": row, "reported_by": None, "act": "assertion", "quote": "indirect"}
    return {"id": statement_id, **spans, **told, **more}


def analysis(first: list[Any] | None = None, second: list[Any] | None = None, *pairs: tuple[str, str, str]) -> Any:
    articles = [{"id": "first", "statements": first or []}, {"id": "second", "statements": second or []}]
    return {"articles": articles, "conflicts": [{"a": a, "b": b, "kind": kind} for a, b, kind in pairs]}


M1 = said("s1", FIRST, "the quarry will reopen in June", "Holt")
M2 = said("s2", FIRST, "it was safe", "the stoneworkers’ union", act="denial")
M3 = said("s3", SECOND, "forty jobs", "M. Holt", reported_by={"name": "Grey Rock"}, act="pledge", quote="mixed")
M4 = said("s4", SECOND, "Nobody was hurt", "narrator", speaker={"kind": "narrator", "name": "narrator"})


def test_hedges_are_counted_where_somebody_marked_them(folder: Path) -> None:
    gold = {**GOLD, "statements": [{**row, "hedged": row["id"] == "m1"} for row in GOLD["statements"]]}
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    found = analysis([{**M1, "hedged": False}, {**M2, "hedged": True}], [{**M3, "hedged": False}])

    figures = score_event(read_event(folder), found).figures()

    assert figures["hedges"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n_gold": 1}


def test_a_hedge_that_is_found_is_right(folder: Path) -> None:
    gold = {**GOLD, "statements": [{**row, "hedged": row["id"] == "m1"} for row in GOLD["statements"]]}
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")

    figures = score_event(read_event(folder), analysis([{**M1, "hedged": True}, M2])).figures()

    assert figures["hedges"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n_gold": 1}


def test_everything_right_is_counted_in_full(event: Event) -> None:
    found = analysis([M1, M2], [M3, M4], ("s1", "s3", "figure"), ("s4", "s2", "denial"))

    assert score_event(event, found).figures() == {
        "events": 1,
        "statements": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n_gold": 3},
        "speaker_accuracy": 1.0,
        "provenance": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n_gold": 1},
        "act_accuracy": 1.0,
        "quote_accuracy": 0.667,
        "conflicts": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n_gold": 2, "n_predicted": 2},
        "kind_accuracy": 1.0,
        "false_alarms_on_lookalikes": "0/1",
    }


def test_nothing_found_is_nought_everywhere(event: Event) -> None:
    figures = score_event(event, analysis()).figures()

    assert figures["statements"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n_gold": 3}
    assert figures["conflicts"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n_gold": 2, "n_predicted": 0}


# The six words of m1; a found stretch counts from half of all words on.
STRETCHES = [
    ("the quarry will reopen in June", 1),
    ("quarry will reopen", 1),  # 3 of 6
    ("will reopen", 0),  # 2 of 6
    ("Mina Holt said the quarry will reopen in June", 1),  # 6 of 9
    ("the quarry will reopen in June. The union denied it was safe", 1),  # 6 of 12
    ("said the quarry will reopen in June. The union denied it was safe", 0),  # 6 of 13
]


@pytest.mark.parametrize(("words", "matched"), STRETCHES)
def test_a_statement_is_found_from_half_of_all_words_on(event: Event, words: str, matched: int) -> None:
    score = score_event(event, analysis([said("s1", FIRST, words, "Holt")]))

    assert score.read.statements.right == matched


def test_the_greater_overlap_takes_the_mark(event: Event) -> None:
    part = said("s0", FIRST, "quarry will reopen in", "the union")

    score = score_event(event, analysis([part, M1]))

    assert (score.read.statements.right, score.read.statements.wrong, score.read.speakers) == (1, 1, 1)


def test_each_part_of_a_statement_counts_as_one(event: Event) -> None:
    start, end = M1["content"]
    in_two = {**M1, "content_spans": [[start, start + 10], [start + 11, end]]}

    score = score_event(event, analysis([in_two]))

    assert (score.read.statements.found, score.read.statements.right) == (2, 1)


def test_the_narrator_is_no_statement_but_may_be_a_side(event: Event) -> None:
    score = score_event(event, analysis([M2], [M4], ("s2", "s4", "denial")))

    assert (score.read.statements.found, score.paired.conflicts.right) == (1, 1)


SPEAKERS = [
    ("Mina Holt", 1),
    ("Mayor Holt", 1),
    ("President Mina Holt", 1),
    ("Sir Peter Holt", 1),  # the surname tells
    ("Mina", 0),
    ("the mayor", 0),
    ("", 0),
    (None, 0),
]


@pytest.mark.parametrize(("name", "right"), SPEAKERS)
def test_a_person_is_meant_by_name_alias_or_surname(event: Event, name: str | None, right: int) -> None:
    found = {**M1, "speaker": {"kind": "person", "name": name}}

    assert score_event(event, analysis([found])).read.speakers == right


BODIES = [("Union", 1), ("stoneworkers' union of Greyshire", 1), ("the Stoneworkers’ Union", 1), ("the board", 0)]


@pytest.mark.parametrize(("name", "right"), BODIES)
def test_a_body_is_meant_by_part_of_its_name_or_more(event: Event, name: str, right: int) -> None:
    found = {**M2, "speaker": {"kind": "organisation", "name": name}}

    assert score_event(event, analysis([found])).read.speakers == right


RELAYS = [
    (M1, None, (0, 0, 0)),
    (M1, "the firm", (0, 1, 0)),
    (M3, None, (0, 0, 1)),
    (M3, "the firm", (1, 0, 0)),
    (M3, "the union", (0, 1, 1)),
]


@pytest.mark.parametrize(("row", "relay", "counts"), RELAYS)
def test_a_relay_is_right_wrong_or_missed(
    event: Event, row: dict[str, Any], relay: str | None, counts: tuple[int, int, int]
) -> None:
    found = {**row, "reported_by": {"name": relay} if relay else None}

    first, second = ([], [found]) if row is M3 else ([found], [])
    score = score_event(event, analysis(first, second))

    tally = score.read.provenance
    assert (tally.right, tally.wrong, tally.missed) == counts


COPY = said("s5", SECOND, "promised forty jobs", "Holt")
NARROW = said("s6", FIRST, "safe", "the union")

# pairs → right, wrong, missed, of the right kind, false alarms
PAIRS: list[tuple[str, list[tuple[str, str, str]], tuple[int, int, int, int, int]]] = [
    ("right, in either order", [("s3", "s1", "figure")], (1, 0, 1, 1, 0)),
    ("of another kind", [("s1", "s3", "denial")], (1, 0, 1, 0, 0)),
    ("a copy of what is found counts for nothing", [("s1", "s3", "figure"), ("s1", "s5", "figure")], (1, 0, 1, 1, 0)),
    ("a look-alike is wrong and an alarm", [("s1", "s2", "denial")], (0, 1, 2, 0, 1)),
    ("anything else is wrong", [("s2", "s3", "denial")], (0, 1, 2, 0, 0)),
    ("too little of a side", [("s6", "s4", "denial")], (0, 1, 2, 0, 0)),
    ("a statement against itself", [("s1", "s1", "denial")], (0, 1, 2, 0, 0)),
]


@pytest.mark.parametrize(("name", "pairs", "counts"), PAIRS, ids=[row[0] for row in PAIRS])
def test_pairs(
    event: Event, name: str, pairs: list[tuple[str, str, str]], counts: tuple[int, int, int, int, int]
) -> None:
    paired = score_event(event, analysis([M1, M2, NARROW], [M3, M4, COPY], *pairs)).paired

    right, wrong, missed = paired.conflicts.right, paired.conflicts.wrong, paired.conflicts.missed
    assert (right, wrong, missed, paired.kinds, paired.alarms) == counts


WIDE = "that Holt promised forty jobs. Nobody was hurt"


def test_a_side_that_could_be_two_earns_the_pair_of_its_kind(event: Event, folder: Path) -> None:
    gold = {**GOLD, "conflicts": [{"a": "m1", "b": "m3", "kind": "figure"}, {"a": "m1", "b": "m5", "kind": "reversal"}]}
    gold["statements"] = [*GOLD["statements"], mark("m5", "second", "promised forty jobs", "firm")]
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")

    score = score_event(read_event(folder), analysis([M1], [COPY], ("s1", "s5", "reversal")))

    assert (score.paired.conflicts.right, score.paired.kinds) == (1, 1)


def test_events_add_up_count_by_count(event: Event) -> None:
    whole = sum((score_event(event, analysis([M1], [M3])), score_event(event, analysis())), EventScore())

    assert whole.figures()["statements"] == {"precision": 1.0, "recall": 0.333, "f1": 0.5, "n_gold": 6}


def test_a_span_outside_its_article_is_no_figure(event: Event) -> None:
    outside = {**M1, "content": [90, 900], "content_spans": None}

    with pytest.raises(ValueError, match="out of range in first"):
        score_event(event, analysis([outside]))


def test_the_second_place_of_the_same_words_can_be_marked(folder: Path) -> None:
    text = "Head\n\nIt rained, Ana Lima said. It rained, Tom Rowe said.\n"
    (folder / "articles" / "first.txt").write_text(text, encoding="utf-8")
    rows = [mark("m1", "first", "It rained", "holt", occurrence=2, cue="said", source="Tom Rowe")]
    gold = {**GOLD, "statements": rows, "conflicts": [], "not_conflicts": []}
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")

    assert read_event(folder).marks["m1"].content.start == text.rindex("It rained")


Spoil = Callable[[dict[str, Any]], object]
SPOILED: list[tuple[str, Spoil]] = [
    ("gold.json lacks 'speakers'", lambda gold: gold.pop("speakers")),
    ("lacks 'third'", lambda gold: gold["statements"][0].update(article="third")),
    ("the words of m1 do not stand", lambda gold: gold["statements"][0].update(content="no such words")),
    ("the words of m1 do not stand", lambda gold: gold["statements"][0].update(content="")),
    ("the words of m1 do not stand", lambda gold: gold["statements"][0].update(occurrence=2)),
]


@pytest.mark.parametrize(("words", "spoil"), SPOILED, ids=["no speakers", "no article", "no words", "empty", "twice"])
def test_spoiled_marks_are_refused_by_name(folder: Path, words: str, spoil: Spoil) -> None:
    gold = json.loads(json.dumps(GOLD))
    spoil(gold)
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")

    with pytest.raises(UnreadableGold, match=words):
        read_event(folder)


def test_a_folder_without_marks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableGold, match=r"gold\.json: cannot be read \(No such file"):
        read_event(tmp_path)


def test_marked_statements_given_to_the_engine_are_all_found(event: Event) -> None:
    score = evaluate_event(event, Setup(), gold_statements=True)

    figures = score.figures()
    assert [figures[name] for name in ("speaker_accuracy", "act_accuracy", "quote_accuracy")] == [1.0, 1.0, 1.0]
    assert figures["statements"]["f1"] == figures["provenance"]["f1"] == 1.0


def test_a_mark_whose_cue_stands_nowhere_cannot_be_given(folder: Path) -> None:
    gold = json.loads(json.dumps(GOLD))
    gold["statements"][0]["cue"] = "whispered"
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")

    with pytest.raises(UnreadableGold, match="“whispered” of m1 does not stand"):
        evaluate_event(read_event(folder), Setup(), gold_statements=True)


def test_thresholds_reach_the_engine(event: Event) -> None:
    found = [evaluate_event(event, Setup(min_confidence=least)).read.statements.found for least in (0.0, 1.01)]

    assert found[0] > 0
    assert found[1] == 0
