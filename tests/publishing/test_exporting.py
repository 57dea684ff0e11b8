"""Exports hold what their asker may read, whole and once, and are handed to nobody else."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from factcheck.corpus.models import Article, Statement
from factcheck.corpus.services.articles import restrict_article
from factcheck.jobs.runner import run_job
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import User
from factcheck.publishing import export_rows
from factcheck.publishing.errors import ExportGone, ExportNotReady, UnfitExport
from factcheck.publishing.export_files import folder_of_exports, path_of
from factcheck.publishing.export_rows import rows_left
from factcheck.publishing.export_shapes import SHAPES
from factcheck.publishing.exporting import EXPIRE, ask_export, job_of, open_export, remove_export
from factcheck.publishing.models import Export, ExportOf
from tests.factories import make_bridge_pair, make_published
from tests.people import People


def export(people: People, what: str, shape: str, person: User | None = None) -> bytes:
    """Ask for a file, let it be written, and give what is in it."""
    return path_of(made(people, what, shape, person).part).read_bytes()


def made(people: People, what: str, shape: str, person: User | None = None) -> Export:
    person = person or people.lea
    asked = ask_export(what, shape, people.desk, person, timezone.now())
    write(asked)
    return open_export(asked, person, timezone.now())


def write(asked: Export) -> None:
    """Do its work and no other."""
    Job.objects.filter(pk=job_of(asked).pk).update(run_after=None)
    run_job(job_of(asked).pk)
    asked.refresh_from_db()


def table(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_every_shape_holds_the_same_rows(people: People) -> None:
    make_published(people)
    counts: dict[str, set[int]] = {what: set() for what in ExportOf.values}
    for what, shape in SHAPES:
        raw = export(people, what, shape)
        if shape == "csv":
            counts[what].add(len(table(raw)))
        elif shape == "jsonl":
            counts[what].add(len([json.loads(line) for line in raw.splitlines()]))
        else:
            whole = json.loads(raw)
            counts[what].add(len(whole.get("dataFeedElement", whole.get("items"))))

    assert counts == {"reviews": {1}, "claims": {1}, "statements": {2}}


def test_a_published_review_stands_under_dukes_names_and_as_it_was_published(people: People) -> None:
    publication = make_published(people)

    (row,) = table(export(people, "reviews", "csv"))
    feed = json.loads(export(people, "reviews", "claimreview"))

    assert row["claimReviewed"] == publication.text
    assert row["itemReviewed.author.name"] == "Ilse Varga"
    assert row["reviewRating.alternateName"] == publication.rating_label
    assert feed["@type"] == "DataFeed"
    assert feed["dataFeedElement"][0]["item"] == [json.loads(bytes(publication.live.rich))]


def test_whoever_comes_gets_the_same_table(people: People, client: Client) -> None:
    make_published(people)

    answer = client.get("/feeds/claimreview.csv")

    assert b"".join(answer.streaming_content) == export(people, "reviews", "csv")  # type: ignore[attr-defined]  # streamed


def test_an_annotation_names_words_that_stand_at_its_code_points(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada, day="𝕊unday")  # beyond the basic plane: one code point, two units

    page = json.loads(export(people, "statements", "annotations"))

    text = pair.a.article.current.text
    for annotation in page["items"]:
        quotation, position = annotation["target"]["selector"]
        words = text[position["start"] : position["end"]]
        assert quotation["exact"] == words
        assert text[: position["start"]].endswith(quotation["prefix"])
        assert text[position["end"] :].startswith(quotation["suffix"])
    assert {body["value"] for one in page["items"] for body in one["body"] if body["purpose"] == "identifying"} == {
        "Ilse Varga",
        "Tomas Reyle",
    }


def test_no_cell_is_a_formula_and_words_come_back(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    Article.objects.filter(pk=pair.a.article_id).update(title='=HYPERLINK("http://x.example")')

    row = table(export(people, "statements", "csv"))[0]

    assert row["title"].startswith("'=")
    assert row["content"] == pair.a.content
    assert float(row["confidence"]) == pytest.approx(pair.a.confidence, abs=1e-4)


def test_what_is_not_published_is_the_editors_and_what_is_restricted_is_left_out(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    for person in (people.ada, people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            ask_export("statements", "csv", people.desk, person, timezone.now())
    assert len(table(export(people, "statements", "csv", people.ben))) == 2

    restrict_article(pair.a.article, [], pair.a.article.version, people.lea, timezone.now())

    assert table(export(people, "statements", "csv", people.ben)) == []
    assert len(table(export(people, "statements", "csv"))) == 2


def test_access_is_looked_at_again_when_a_file_is_taken(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    theirs = made(people, "statements", "jsonl", people.ben)
    restrict_article(pair.a.article, [], pair.a.article.version, people.lea, timezone.now())
    with pytest.raises(ExportGone, match="restricted"):
        open_export(theirs, people.ben, timezone.now())

    ours = made(people, "statements", "jsonl")
    people.lea.memberships.all().delete()
    with pytest.raises(NotAllowed):
        open_export(ours, User.objects.get(pk=people.lea.pk), timezone.now())


def test_an_export_is_cut_by_the_change_sequence(people: People) -> None:
    make_bridge_pair(people.desk, people.ada)
    asked = ask_export("statements", "jsonl", people.desk, people.lea, timezone.now())
    later = make_bridge_pair(people.desk, people.ada, day="Monday", month="May")
    write(asked)

    told = {json.loads(line)["id"] for line in path_of(asked.part).read_bytes().splitlines()}
    assert len(told) == 2
    assert not told & {str(later.a_id), str(later.b_id)}
    missed = Statement.objects.filter(seq__gt=asked.as_of).values_list("pk", flat=True)
    assert told | {str(pk) for pk in missed} >= {str(pk) for pk in Statement.objects.values_list("pk", flat=True)}


def test_a_worker_that_was_killed_is_followed_by_one_that_goes_on(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in ("January", "February", "March", "April"):
        make_bridge_pair(people.desk, people.ada, month=month)
    whole = [json.loads(line)["id"] for line in export(people, "statements", "jsonl").splitlines()]
    asked = ask_export("statements", "jsonl", people.desk, people.lea, timezone.now())
    monkeypatch.setattr(export_rows, "PIECE", 3)
    read, pieces = export_rows.read_piece, 0

    def dies_at_the_third(export: Export) -> Any:
        nonlocal pieces
        pieces += 1
        if pieces == 3:
            raise RuntimeError
        return read(export)

    monkeypatch.setattr("factcheck.publishing.exporting.read_piece", dies_at_the_third)
    write(asked)
    half = path_of(asked.part)
    half.write_bytes(half.read_bytes() + b'{"id": "half a li')  # as a killed process may leave it
    stands = asked.rows
    write(asked)

    told = [json.loads(line)["id"] for line in path_of(asked.part).read_bytes().splitlines()]
    assert stands == 6
    assert told == whole
    assert asked.rows == len(whole) == 8
    assert [path.name for path in folder_of_exports().glob(f"{asked.pk}*")] == [asked.part]


def test_a_file_is_kept_for_a_week_and_then_removed(people: People) -> None:
    make_published(people)
    kept = made(people, "reviews", "csv")
    later = timezone.now() + timedelta(days=8)
    with pytest.raises(ExportGone):
        open_export(kept, people.lea, later)

    Export.objects.update(expires_at=timezone.now())
    queue_routine("expire exports", timezone.now())
    run_job(Job.objects.get(kind=EXPIRE).pk)

    kept.refresh_from_db()
    assert kept.removed_at
    assert not path_of(kept.part).exists()


def test_a_file_is_not_given_before_it_is_whole_nor_after_it_was_removed(people: People) -> None:
    asked = ask_export("reviews", "jsonl", people.desk, people.amir, timezone.now())
    with pytest.raises(ExportNotReady):
        open_export(asked, people.amir, timezone.now())
    with pytest.raises(UnfitExport):
        ask_export("reviews", "annotations", people.desk, people.amir, timezone.now())
    write(asked)
    remove_export(asked, people.amir, timezone.now())
    asked.refresh_from_db()

    with pytest.raises(ExportGone):
        open_export(asked, people.amir, timezone.now())
    verbs = AuditEntry.objects.filter(subject_id=asked.pk).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["ask_export", "export", "remove_export"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how much there is")
@pytest.mark.parametrize("what", ExportOf)
def test_each_piece_begins_where_the_last_one_ended(people: People, what: ExportOf) -> None:
    make_bridge_pair(people.desk, people.ada)
    asked = Export(what=what, desk=people.desk, asked_by=people.lea, as_of=10**6, position=uuid4())

    plan = rows_left(asked)[:200].explain()

    assert "(id>?)" in plan
    assert "TEMP B-TREE" not in plan  # all that is left, sorted for each piece
