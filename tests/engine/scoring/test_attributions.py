"""What is counted in a split of attributions, against tables worked out by hand."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from factcheck.engine.scoring import (
    Setup,
    SplitArticle,
    UnreadableGold,
    evaluate_article,
    read_split,
    score_article,
)

TEXT = "Mina Holt said, “The quarry reopens,” and added that “jobs” follow."


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def row(**more: Any) -> dict[str, Any]:
    spans = {"source": [at("Mina Holt")], "cue": [at("said")], "content": [at("“The quarry reopens,”")]}
    return {"text": TEXT, "primary": True, "attributions": [spans], **more}


@pytest.fixture
def article(tmp_path: Path) -> SplitArticle:
    return written(tmp_path, row())[0]


def written(folder: Path, *rows: dict[str, Any]) -> list[SplitArticle]:
    path = folder / "split.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return read_split(path)


def found(content: str | None, source: str | None = None, cue: str | None = None, **more: Any) -> dict[str, Any]:
    spans = {"content": at(content or "Mina"), "source": source and at(source), "cue": cue and at(cue)}
    return {**spans, "content_spans": None, "speaker": {"kind": "person"}, **more}


def test_marks_and_spaces_at_the_ends_do_not_count(article: SplitArticle) -> None:
    score = score_article(article, [found("The quarry reopens", "Mina Holt", "said")])

    assert score.figures() == {
        "articles": 1,
        "strict": {kind: {"precision": 1.0, "recall": 1.0, "f1": 1.0} for kind in ("source", "cue", "content")},
        "strict_micro": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "any_overlap": {kind: {"precision": 1.0, "recall": 1.0, "f1": 1.0} for kind in ("source", "cue", "content")},
        "linked": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
    }


def test_a_shorter_span_agrees_loosely_only(article: SplitArticle) -> None:
    score = score_article(article, [found("The quarry", "Holt", "said")])

    assert (score.strict.source.right, score.strict.content.right, score.strict.cue.right) == (0, 0, 1)
    assert (score.loose.source.right, score.loose.content.right) == (1, 1)
    assert score.strict.together.figures() == {"precision": 0.333, "recall": 0.333, "f1": 0.333}
    assert score.linked.right == 1


def test_a_part_that_is_missing_unlinks(article: SplitArticle) -> None:
    score = score_article(article, [found("The quarry reopens", None, "said")])

    assert (score.linked.right, score.linked.wrong, score.linked.missed) == (0, 1, 1)
    assert (score.strict.source.missed, score.strict.source.wrong) == (1, 0)


def test_a_part_that_both_lack_links(tmp_path: Path) -> None:
    spans = {"source": [], "cue": [at("added")], "content": [at("that “jobs” follow")]}
    (article,) = written(tmp_path, row(attributions=[spans]))

    score = score_article(article, [found("jobs", None, "added")])

    assert score.linked.right == 1


def test_each_marked_span_is_met_once(article: SplitArticle) -> None:
    halves = [found("The quarry", "Mina Holt", "said"), found("reopens", "Mina Holt", "said")]

    score = score_article(article, halves)

    assert (score.loose.content.right, score.loose.content.wrong) == (1, 1)
    assert (score.linked.right, score.linked.wrong) == (1, 1)
    assert (score.strict.source.right, score.strict.source.found) == (1, 1)  # one span, found twice


def test_each_part_of_a_content_counts(tmp_path: Path) -> None:
    spans = {"source": [at("Mina Holt")], "cue": [at("said")], "content": [at("The quarry reopens"), at("jobs")]}
    (article,) = written(tmp_path, row(attributions=[spans]))
    both = found(None, "Mina Holt", "said", content_spans=[at("“The quarry reopens,”"), at("jobs")])

    score = score_article(article, [both])

    assert (score.strict.content.right, score.strict.content.wrong, score.linked.right) == (2, 0, 1)


def test_the_narrator_counts_for_nothing(article: SplitArticle) -> None:
    score = score_article(article, [found("The quarry reopens", speaker={"kind": "narrator"})])

    assert (score.strict.content.found, score.linked.found) == (0, 0)


def test_only_the_main_annotators_rows_are_read(tmp_path: Path) -> None:
    assert len(written(tmp_path, row(), row(primary=False), row())) == 2


def test_a_packed_split_is_read_as_well(tmp_path: Path, article: SplitArticle) -> None:
    path = tmp_path / "split.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row()).encode()))

    assert read_split(path) == [article]


BROKEN = [
    (b"{", "line 1: no row of a split"),
    (b'{"primary": true}', "line 1: no row of a split"),
    (json.dumps(row()).encode() + b'\n{"primary": true, "text": "", "attributions": [{}]}', "line 2"),
    (b"\xff", "cannot be read"),
]


@pytest.mark.parametrize(("raw", "words"), BROKEN, ids=["no JSON", "no text", "no spans", "not UTF-8"])
def test_a_broken_split_is_refused_by_its_line(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "split.jsonl"
    path.write_bytes(raw)

    with pytest.raises(UnreadableGold, match=words):
        read_split(path)


@pytest.mark.parametrize("name", ["missing.jsonl", "missing.jsonl.gz"])
def test_a_missing_split_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableGold, match="No such file"):
        read_split(tmp_path / name)


def test_a_split_that_is_not_packed_as_its_name_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "split.jsonl.gz"
    path.write_bytes(b"{}")

    with pytest.raises(UnreadableGold, match="cannot be read"):
        read_split(path)


def test_the_engine_is_asked_with_its_threshold(article: SplitArticle) -> None:
    sure, never = (evaluate_article(article, Setup(min_confidence=least)) for least in (0.0, 1.01))

    assert (sure + never).articles == 2
    assert sure.strict.content.right == 1
    assert never.strict.content.found == 0
