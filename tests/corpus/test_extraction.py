from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from factcheck import engine
from factcheck.corpus.errors import SpanMismatch
from factcheck.corpus.models import (
    AnalysisRun,
    Anchor,
    ConflictPair,
    Detection,
    PairStatus,
    Speaker,
    Statement,
)
from factcheck.corpus.services.extraction import queue_extractions, store_extraction
from factcheck.corpus.services.speakers import is_full_name
from factcheck.corpus.services.translation import anchor_for, engine_value
from factcheck.ledger.changes import record_change
from factcheck.ledger.models import AuditEntry, Job, JobState
from tests.corpus.rereading import VARGA, read_again
from tests.factories import (
    BRIDGE,
    make_analyzed_article,
    make_article,
    make_bridge_pair,
    make_engine_statement,
    make_said,
    run_open_jobs,
)
from tests.people import People


def test_the_worker_extracts_then_pairs(people: People) -> None:
    article = make_analyzed_article(people.desk, people.ada)

    assert Statement.objects.filter(article=article).exists()
    assert list(Job.objects.order_by("created_at").values_list("kind", "state")) == [
        ("extract", "done"),
        ("pair", "done"),
    ]
    assert AuditEntry.objects.filter(verb="analyze_article").count() == 1


def test_every_stored_statement_stands_in_its_text(people: People) -> None:
    article = make_analyzed_article(people.desk, people.ada)
    text = article.current.text

    anchors = list(Anchor.objects.select_related("statement"))
    assert anchors
    for anchor in anchors:
        assert text[anchor.start : anchor.end] == anchor.content == anchor.statement.content


def test_a_statement_whose_words_stand_elsewhere_is_refused(people: People) -> None:
    article = make_article(people.desk, people.ada)
    found = make_engine_statement(article, article.current.text, VARGA, "inspected in January")
    shifted = replace(found, content=engine.Span(found.content.start + 1, found.content.end + 1))

    with pytest.raises(SpanMismatch, match="not the statement's words"):
        anchor_for(Statement(article=article), replace(shifted, passage=found.passage), article.current)


def test_the_database_refuses_an_anchor_beside_its_words(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    with pytest.raises(DatabaseError, match="do not stand where"), transaction.atomic():
        Anchor.objects.filter(statement=pair.a).update(start=0)
    with pytest.raises(DatabaseError, match="do not stand where"), transaction.atomic():
        Anchor.objects.filter(statement=pair.a).update(content="other words")


def test_offsets_hold_beyond_the_basic_plane(people: People) -> None:
    text = "Fire 🔥🔥 at the mill\n\n“The mill 🔥 burned,” Ilse Varga said."
    article = make_article(people.desk, people.ada, text)

    (statement,) = make_said(article, ("Ilse Varga", "The mill 🔥 burned"))

    assert statement.anchors.get().start == text.index("The mill 🔥")


def test_stored_statements_come_back_as_the_engine_said_them(people: People) -> None:
    article = make_article(people.desk, people.ada)
    found = make_engine_statement(article, article.current.text, VARGA, "inspected in January")
    with record_change(actor=None, now=timezone.now()) as change:
        store_extraction(change, article.current, engine.Extraction(str(article.pk), (VARGA,), (found,)))

    anchor = Anchor.objects.select_related("statement__speaker", "statement__article").get()
    back = engine_value(anchor, article.current.text)

    assert (back.content, back.parts, back.passage, back.text) == (
        found.content,
        found.parts,
        found.passage,
        found.text,
    )
    assert (back.speaker.name, back.act, back.quote, back.published) == (
        "Ilse Varga",
        found.act,
        found.quote,
        found.published,
    )


def test_a_reading_is_queued_once_per_engine(people: People) -> None:
    article = make_article(people.desk, people.ada)

    with record_change(actor=None, now=timezone.now()) as change:
        queue_extractions(change, {article.current: 0})

    assert Job.objects.count() == 1


def test_the_same_run_is_not_stored_twice(people: People) -> None:
    article = make_article(people.desk, people.ada)
    make_said(article, ("Ilse Varga", "inspected in January"))

    with pytest.raises(IntegrityError):
        make_said(article, ("Ilse Varga", "inspected in January"))

    assert AnalysisRun.objects.count() == Detection.objects.count() == 1


def test_a_new_engine_keeps_statements_that_it_finds_again(people: People) -> None:
    article = make_article(people.desk, people.ada)
    before = make_said(article, ("Ilse Varga", "inspected in January"), ("Ilse Varga", "closed the Orla bridge"))

    run = read_again(article, "inspected in January", "crack is found")

    kept, gone, new = (
        Statement.objects.get(content=c) for c in ("inspected in January", "closed the Orla bridge", "crack is found")
    )
    assert kept.pk == before[0].pk
    assert gone.gone_at is not None
    assert new.pk not in {row.pk for row in before}
    assert run.outcome == {"kept": [str(kept.pk)], "moved": [], "gone": [str(gone.pk)], "new": 1}


def test_a_suggestion_is_obsolete_while_its_side_is_gone(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    article = pair.a.article

    read_again(article, "The bridge was inspected in January")
    assert ConflictPair.objects.get().status == PairStatus.OBSOLETE

    read_again(article, "The bridge was inspected in January", "that the bridge was inspected in January")
    assert ConflictPair.objects.get().status == PairStatus.SUGGESTED


def test_people_are_shared_by_full_name_and_others_are_not(people: People) -> None:
    for number in (1, 2):
        article = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", f"day {number}"))
        make_said(article, ("Ilse Varga", "inspected in January"), ("Reyle", "closed the Orla bridge"))

    assert Speaker.objects.filter(name="Ilse Varga").count() == 1
    assert Speaker.objects.filter(name="Reyle").count() == 2


NAMES = [
    ("Ilse Varga", "person", True),
    ("Varga", "person", False),
    ("the mayor", "person", False),
    ("Orla Council", "organisation", True),
    ("Kremlin", "organisation", True),
    ("the ministry", "organisation", False),
    ("Orla residents", "group", False),
    ("he", "unknown", False),
]


@pytest.mark.parametrize(("name", "kind", "expected"), NAMES)
def test_which_names_say_who_is_meant_anywhere(name: str, kind: str, expected: bool) -> None:
    assert is_full_name(name, engine.SpeakerKind(kind)) is expected


def test_a_text_without_speakers_ends_well(people: People) -> None:
    article = make_article(people.desk, people.ada, "Weather\n\nRain fell all day.")

    run_open_jobs()

    assert not Job.objects.exclude(state=JobState.DONE).exists()
    assert not Statement.objects.attributed().filter(article=article).exists()
