"""A changed text becomes a revision; statements, corrections, pairs and marks go along."""

import pytest

from factcheck.corpus.models import Anchor, Article, ConflictPair, PairStatus, Revision, Statement
from factcheck.corpus.services.aligning import align
from factcheck.corpus.services.correcting import Attribution, mend_statement, remove_statement
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.engine import Span
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from tests.factories import BRIDGE, NOW, make_analyzed_article, make_article, make_pair, make_said, run_open_jobs
from tests.people import People

pytestmark = pytest.mark.django_db

LONGER = BRIDGE.replace("The council closed", "Traffic jams were long.\n\nThe council closed")


def said_in(article: Article) -> list[Statement]:
    return make_said(
        article,
        ("Ilse Varga", "The bridge was inspected in January"),
        ("Tomas Reyle", "that the bridge was inspected in January"),
    )


def test_the_same_words_make_no_revision(people: People) -> None:
    article = make_article(people.desk, people.ada)

    assert revise_article(article, NewText(text=BRIDGE.replace("\n\n", "\n\n\n") + " \n"), NOW) is None
    assert Revision.objects.count() == 1
    assert not AuditEntry.objects.filter(verb="revise_article").exists()


def test_a_new_paragraph_makes_a_revision_in_which_statements_and_marks_stand_where_their_words_do(
    people: People,
) -> None:
    article = make_article(people.desk, people.ada)
    varga, reyle = said_in(article)
    pair = make_pair(article, varga, reyle)
    old = Anchor.objects.get(statement=reyle)
    ConflictPair.objects.filter(pk=pair.pk).update(marks={"a": [], "b": [[old.start, old.start + 4]]})

    revision = revise_article(article, NewText(text=LONGER), NOW)

    assert revision is not None
    assert (revision.number, Revision.objects.get(number=1).text) == (2, BRIDGE.strip("\n"))
    anchors = {row.statement_id: row for row in revision.anchors.all()}
    assert anchors.keys() == {varga.pk, reyle.pk}
    assert all(revision.text[row.start : row.end] == row.content for row in anchors.values())
    pair.refresh_from_db()
    ((start, end),) = pair.marks["b"]
    assert (revision.text[start:end], pair.status) == ("that", PairStatus.SUGGESTED)


def test_other_words_at_its_place_stay_the_same_statement_and_what_is_taken_out_is_lost(people: People) -> None:
    article = make_article(people.desk, people.ada)
    varga, reyle = said_in(article)
    pair = make_pair(article, varga, reyle)
    changed = BRIDGE.replace("inspected in January,” Mayor", "inspected in March,” Mayor").split("\n\nEngineer")[0]

    revise_article(article, NewText(text=changed), NOW)

    varga.refresh_from_db()
    reyle.refresh_from_db()
    pair.refresh_from_db()
    assert varga.content == "The bridge was inspected in March"
    assert (varga.gone_at, reyle.gone_at, pair.status) == (None, NOW, PairStatus.OBSOLETE)
    flagged = Job.objects.get(kind="flag_changes")
    assert flagged.parameters["reworded"] == [str(varga.pk)]
    assert flagged.parameters["lost"] == [str(reyle.pk)]


def test_what_was_taken_out_and_comes_back_is_the_statement_it_was(people: People) -> None:
    article = make_article(people.desk, people.ada)
    _varga, reyle = said_in(article)

    revise_article(article, NewText(text=BRIDGE.split("\n\nEngineer")[0]), NOW)
    back = revise_article(article, NewText(text=BRIDGE), NOW)

    reyle.refresh_from_db()
    assert back is not None
    assert (back.number, reyle.gone_at, back.anchors.filter(statement=reyle).count()) == (3, None, 1)


def test_corrections_by_hand_outlast_a_revision_and_its_reading(people: People) -> None:
    article = make_analyzed_article(people.desk, people.ada)
    mended, removed = Statement.objects.present().filter(article=article).order_by("anchors__start")[:2]
    mend_statement(mended, mended.version, Attribution(speaker="Deputy Mayor Okoye"), people.ben, NOW)
    remove_statement(removed, removed.version, people.ben, NOW)

    left = Statement.objects.present().filter(article=article).count()

    revise_article(article, NewText(text=LONGER), NOW)
    run_open_jobs()

    mended.refresh_from_db()
    removed.refresh_from_db()
    assert (str(mended.speaker), mended.gone_at) == ("Deputy Mayor Okoye", None)
    assert removed.gone_at is not None
    assert article.current.runs.count() == 1
    assert Statement.objects.present().filter(article=article).count() == left


def test_a_reporter_revises_her_own_articles_only(people: People) -> None:
    article = make_article(people.desk, people.ben)

    with pytest.raises(NotAllowed):
        revise_article(article, NewText(text=LONGER), NOW, people.ada)


def test_a_place_is_found_again_whatever_changed_around_it() -> None:
    old = "One.\n\nThe tax was 12 per cent, he said.\n\nLast."
    new = "Zero.\n\nThe tax was 14 per cent, he said on Monday.\n\nLast."
    place = Span(old.index("The tax"), old.index(", he"))

    found = align(old, new).projected(place)

    assert found is not None
    assert found.of(new) == "The tax was 14 per cent"
    pieces = align(old, new).pieces()
    assert "".join(piece.text for piece in pieces if piece.role != "new") == old
    assert "".join(piece.text for piece in pieces if piece.role != "old") == new
