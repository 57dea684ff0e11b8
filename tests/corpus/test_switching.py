"""An engine goes live after its shadow run only, and what editors did stays where it was."""

import pytest
from django.utils import timezone

from factcheck.claims.models import Appearance
from factcheck.corpus.errors import NotTried
from factcheck.corpus.invariants import check_corpus
from factcheck.corpus.models import (
    AnalysisRun,
    Anchor,
    Article,
    ArticleComparison,
    ConflictPair,
    Decision,
    Detection,
    PairStatus,
    RunMode,
    Statement,
)
from factcheck.corpus.models.statement import Origin
from factcheck.corpus.services.conflicts import decide_conflict, reopen_conflict
from factcheck.corpus.services.extraction import extract_article, queue_extractions
from factcheck.corpus.services.pairing import pair_article
from factcheck.corpus.services.readers import TODAYS, EngineReader, Reader
from factcheck.corpus.services.shadow import ask_shadow_run
from factcheck.corpus.services.switching import switch_engine
from factcheck.jobs.runner import run_job
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import fail_job
from factcheck.ledger.models import AuditEntry, Job, JobState
from factcheck.newsroom.errors import NotAllowed
from tests.corpus.readers import Finder, hand_for, try_engine
from tests.factories import (
    BRIDGE,
    NOW,
    make_analyzed_article,
    make_article,
    make_bridge_pair,
    make_claim,
    make_pair,
    make_said,
)
from tests.people import People

INSPECTED, DENIED = "The bridge was inspected in January", "that the bridge was inspected in January"
NEXT = Finder("2.0.0", ("“The bridge was inspected in January", "crack is found"))


@pytest.fixture
def article(people: People) -> Article:
    article = make_article(people.desk, people.ada)
    make_said(article, ("Ilse Varga", INSPECTED), ("Tomas Reyle", DENIED))
    Job.objects.all().delete()
    return article


def go_live(reader: Reader, people: People, article: Article) -> AnalysisRun:
    """Queue the live reading, and read and pair as the worker does."""
    switch_engine(people.desk, people.amir, NOW, article, reader)
    extract_article(hand_for(Job.objects.get(kind="extract", state=JobState.QUEUED)), reader)
    pair_article(hand_for(Job.objects.get(kind="pair", state=JobState.QUEUED)))
    return AnalysisRun.objects.get(engine_version=reader.version, mode=RunMode.LIVE)


def test_an_engine_that_was_not_tried_does_not_go_live(people: People, article: Article) -> None:
    try_engine(Finder("1.9.0", ()), people.amir, article)

    with pytest.raises(NotTried, match=r"Engine 2\.0\.0 was not yet tried on this article"):
        switch_engine(people.desk, people.amir, NOW, article, NEXT)

    assert not Job.objects.filter(kind="extract").exists()


def test_a_shadow_run_that_has_not_ended_is_none(people: People, article: Article) -> None:
    report = try_engine(NEXT, people.amir, article)
    type(report).objects.update(ended_at=None)

    with pytest.raises(NotTried):
        switch_engine(people.desk, people.amir, NOW, article, NEXT)


def test_each_article_of_a_desk_must_have_been_tried(people: People, article: Article) -> None:
    try_engine(NEXT, people.amir, article)
    other = make_analyzed_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))

    with pytest.raises(NotTried, match="on this article"):
        switch_engine(people.desk, people.amir, NOW, reader=NEXT)

    try_engine(NEXT, people.amir, other)
    assert switch_engine(people.desk, people.amir, NOW, reader=NEXT) == [article, other]
    assert Job.objects.filter(kind="extract", key__contains="2.0.0").count() == 2


def test_asking_twice_queues_once_and_what_is_read_is_left_alone(people: People, article: Article) -> None:
    try_engine(NEXT, people.amir, article)
    switch_engine(people.desk, people.amir, NOW, article, NEXT)
    switch_engine(people.desk, people.amir, NOW, article, NEXT)
    assert Job.objects.filter(kind="extract").count() == 1

    extract_article(hand_for(Job.objects.get(kind="extract")), NEXT)

    assert switch_engine(people.desk, people.amir, NOW, article, NEXT) == []


def test_a_reading_that_failed_is_queued_again(people: People, article: Article) -> None:
    try_engine(NEXT, people.amir, article)
    switch_engine(people.desk, people.amir, NOW, article, NEXT)
    fail_job(hand_for(Job.objects.get(kind="extract")).lease, "It stopped.", NOW)

    assert switch_engine(people.desk, people.amir, NOW, article, NEXT) == [article]

    assert Job.objects.get(kind="extract").state == JobState.QUEUED


@pytest.mark.parametrize("who", ["ada", "ben", "lea", "cleo"])
def test_only_who_administers_the_desk_may_switch(people: People, article: Article, who: str) -> None:
    try_engine(NEXT, people.amir, article)

    with pytest.raises(NotAllowed):
        switch_engine(people.desk, getattr(people, who), NOW, article, NEXT)


def test_a_queued_reading_is_refused_where_the_worker_has_an_engine_that_was_not_tried(
    people: People, article: Article
) -> None:
    AnalysisRun.objects.update(engine_version="0.0.1")
    with record_change(actor=None, now=timezone.now()) as change:
        queue_extractions(change, {article.current: 0})  # by an older web process, say
    job = Job.objects.get(key__contains=f"{article.current.pk}:{TODAYS.version}")

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "manage.py analyze --shadow" in job.reason
    assert AnalysisRun.objects.count() == 1


def test_the_first_reading_of_an_article_needs_no_trial(people: People) -> None:
    article = make_article(people.desk, people.ada)

    extract_article(hand_for(Job.objects.get()), NEXT)

    assert Statement.objects.filter(article=article).count() == 2


def test_live_does_what_the_shadow_run_said(people: People, article: Article) -> None:
    odd = list(check_corpus())  # the statements were given by hand, without a job
    report = try_engine(NEXT, people.amir, article)
    said = ArticleComparison.objects.get(report=report)

    run = go_live(NEXT, people, article)

    moved, gone = ([entry["statement"] for entry in said.statements[name]] for name in ("moved", "gone"))
    assert run.outcome == {"kept": said.statements["kept"], "moved": moved, "gone": gone, "new": said.new}
    assert (len(moved), len(gone), said.new) == (1, 1, 1)
    shadow, live = (sorted(Detection.objects.filter(run=r).values_list("start", "end")) for r in (said.run, run))
    assert shadow == live
    assert run.models_used == NEXT.models
    assert list(check_corpus()) == odd


def test_what_editors_did_stays_with_its_statements(people: People, article: Article) -> None:
    moved, gone = Statement.objects.order_by("created_seq")
    pair = make_pair(article, moved, gone)
    claim = make_claim(pair, people.ben)
    pair.refresh_from_db()
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW)
    decided = ConflictPair.objects.filter(pk=pair.pk).values("status", "decision", "decided_by", "decided_at", "kind")
    before, appearances = decided.get(), list(Appearance.objects.order_by("pk").values_list())
    try_engine(NEXT, people.amir, article)

    go_live(NEXT, people, article)

    moved.refresh_from_db()
    gone.refresh_from_db()
    assert (moved.content, moved.gone_at) == ("“The bridge was inspected in January", None)
    assert gone.gone_at is not None
    assert gone.content == DENIED
    assert decided.get() == before
    assert list(Appearance.objects.order_by("pk").values_list()) == appearances
    claim.refresh_from_db()
    assert claim.checked_id == moved.pk


def test_a_pair_waits_again_as_it_waited_when_its_side_comes_back(people: People, article: Article) -> None:
    a, b = Statement.objects.order_by("created_seq")
    pair = make_pair(article, a, b)
    decide_conflict(pair, Decision.UNCLEAR, pair.version, people.ben, now=NOW)
    for reader, status in ((NEXT, PairStatus.OBSOLETE), (Finder("3.0.0", (INSPECTED, DENIED)), PairStatus.PARKED)):
        try_engine(reader, people.amir, article)

        go_live(reader, people, article)

        pair.refresh_from_db()
        assert (pair.status, pair.decision) == (status, Decision.UNCLEAR)


def test_a_pair_comes_back_dismissed_where_its_words_were_dismissed_meanwhile(people: People, article: Article) -> None:
    a, b = Statement.objects.order_by("created_seq")
    pair = make_pair(article, a, b)
    try_engine(NEXT, people.amir, article)
    go_live(NEXT, people, article)
    copy = make_bridge_pair(people.desk, people.ada, "Monday")
    Job.objects.filter(subject_id=copy.a.article_id).delete()
    decide_conflict(copy, Decision.COMPATIBLE, copy.version, people.ben, now=NOW)
    back = Finder("3.0.0", (INSPECTED, DENIED))
    try_engine(back, people.amir, article)

    go_live(back, people, article)

    pair.refresh_from_db()
    assert (pair.status, pair.decision, pair.decided_by) == (PairStatus.DISMISSED, Decision.COMPATIBLE, people.ben)
    assert pair.covered_by == copy
    reopen_conflict(copy, copy.version, people.ben, NOW)
    assert ConflictPair.objects.get(pk=pair.pk, covered_by=None).status == PairStatus.SUGGESTED


WIDER = Finder("2.0.0", ("“The bridge was inspected in January", "that the bridge was inspected in January."))


def said_in(article: Article) -> list[tuple[str, str]]:
    rows = Statement.objects.present().filter(article=article).order_by("created_seq")
    return [(row.speaker.name, row.content) for row in rows]


def test_words_dismissed_stay_so_in_a_copy_that_another_engine_reads_otherwise(
    people: People, article: Article
) -> None:
    a, b = Statement.objects.order_by("created_seq")
    pair = make_pair(article, a, b)
    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.ben, now=NOW)
    try_engine(WIDER, people.amir, article)
    go_live(WIDER, people, article)
    assert [words for _, words in said_in(article)] == list(WIDER.words)

    copy = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))
    first, second = make_said(copy, *said_in(article))
    stored = make_pair(copy, first, second)

    pair.refresh_from_db()
    assert pair.status == stored.status == PairStatus.DISMISSED
    assert stored.covered_by == pair


def test_a_dismissal_covers_copies_of_the_words_before_a_new_reading_and_after(
    people: People, article: Article
) -> None:
    pair = make_pair(article, *Statement.objects.order_by("created_seq"))
    before = make_bridge_pair(people.desk, people.ada, "Monday")
    Job.objects.all().delete()
    try_engine(WIDER, people.amir, article)
    go_live(WIDER, people, article)
    copy = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Tuesday"))
    first, second = make_said(copy, *said_in(article))
    after = make_pair(copy, first, second)
    pair = ConflictPair.objects.get(pk=pair.pk)

    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.ben, now=NOW)

    for one in (before, after):
        one.refresh_from_db()
        assert (one.status, one.covered_by) == (PairStatus.DISMISSED, pair)


@pytest.fixture
def by_hand(article: Article) -> Statement:
    """The first statement as one that a person added."""
    statement = Statement.objects.order_by("created_seq")[0]
    Statement.objects.filter(pk=statement.pk).update(origin=Origin.HAND, act="pledge")
    return Statement.objects.get(pk=statement.pk)


FINDS = [
    ("again", (INSPECTED,)),
    ("wider", ("“The bridge was inspected in January",)),
    ("not at all", ("crack is found",)),
]


@pytest.mark.parametrize("words", [words for _, words in FINDS], ids=[name for name, _ in FINDS])
def test_what_people_added_is_never_changed_by_a_reading(
    people: People, article: Article, by_hand: Statement, words: tuple[str, ...]
) -> None:
    before = [
        Statement.objects.filter(pk=by_hand.pk).values().get(),
        *Anchor.objects.filter(statement=by_hand).values(),
    ]
    reader = Finder("2.0.0", words)
    report = try_engine(reader, people.amir, article)

    run = go_live(reader, people, article)

    assert [
        Statement.objects.filter(pk=by_hand.pk).values().get(),
        *Anchor.objects.filter(statement=by_hand).values(),
    ] == before
    lists = ArticleComparison.objects.get(report=report).statements
    assert str(by_hand.pk) not in [entry["statement"] for entry in (*lists["moved"], *lists["gone"])]
    assert run.outcome["moved"] == []
    assert Statement.objects.filter(article=article, content__contains="inspected in January").present().count() == 1


def test_a_shadow_run_of_todays_engine_lets_it_go_live(people: People) -> None:
    article = make_analyzed_article(people.desk, people.ada)
    ids = set(Statement.objects.values_list("pk", flat=True))
    sure = EngineReader("sure", min_confidence=0.9)
    report = try_engine(sure, people.amir, article)

    run = go_live(sure, people, article)

    compared = ArticleComparison.objects.get(report=report)
    assert len(run.outcome["kept"]) == compared.kept > 0
    assert set(Statement.objects.values_list("pk", flat=True)) == ids  # the same rows, whoever reads


def test_asking_and_switching_are_in_the_history(people: People, article: Article) -> None:
    ask_shadow_run(people.desk, people.amir, NOW, article, NEXT)
    Job.objects.all().delete()
    try_engine(NEXT, people.amir, article)
    switch_engine(people.desk, people.amir, NOW, article, NEXT)

    entry = AuditEntry.objects.select_related("payload").get(verb="switch_engine")
    assert (entry.actor_id, entry.payload.body) == (people.amir.pk, {"engine": "2.0.0", "articles": 1})
