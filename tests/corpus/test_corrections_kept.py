"""What people corrected is undone by one verb, and kept when another engine reads the article."""

from datetime import date
from typing import Any

import pytest

from factcheck.corpus.errors import ClaimHangsOnIt, NothingToUndo, PlaceTaken
from factcheck.corpus.models import Anchor, Article, ConflictPair, Decision, PairStatus, Statement
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.corpus.services.correcting import (
    Attribution,
    add_statement,
    mend_statement,
    merge_statements,
    remove_statement,
    split_statement,
    undo_correction,
)
from factcheck.corpus.services.places import Place
from factcheck.engine import Act
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry, Job
from tests.corpus.rereading import read_again
from tests.corpus.test_correcting import BOTH, CLOSED, COUNCIL, INSPECTED, TEXT, fresh, place
from tests.factories import NOW, make_article, make_claim, make_pair, make_said, run_open_jobs
from tests.people import People

DAY = date(2026, 2, 27)


@pytest.fixture
def article(people: People) -> Article:
    article = make_article(people.desk, people.ada, TEXT)
    Job.objects.all().delete()
    return article


@pytest.fixture
def said(article: Article) -> Statement:
    """What the engine found."""
    return make_said(article, ("Ilse Varga", INSPECTED))[0]


# --- Undoing ---


def state(article: Article) -> list[Any]:
    rows = Statement.objects.present().filter(article=article).order_by("pk")
    there = Anchor.objects.filter(statement__in=rows).order_by("statement", "start")
    fields = ("pk", "content", "content_key", "speaker", "reported_by", "act", "mended_at", "removed_at", "said_on")
    spans = ("statement", "start", "end", "content", "parts", "passage_start", "passage_end", "cue_start")
    return [list(rows.values_list(*fields)), list(there.values_list(*spans))]


def corrections(people: People, article: Article, said: Statement, other: Statement) -> dict[str, Any]:
    narrower = place(article, "inspected in January")
    return {
        "mend": lambda: mend_statement(said, said.version, Attribution("New"), people.ben, NOW, place=narrower),
        "attribute": lambda: mend_statement(said, said.version, Attribution("A", relay="B"), people.ben, NOW),
        "how": lambda: mend_statement(said, said.version, Attribution(cue="said", said_on=DAY), people.ben, NOW),
        "split": lambda: split_statement(said, TEXT.index("was inspected"), said.version, people.ben, NOW),
        "merge": lambda: merge_statements(said, other, (said.version, other.version), people.ben, NOW),
        "remove": lambda: remove_statement(said, said.version, people.ben, NOW),
    }


@pytest.mark.parametrize("act", ["mend", "attribute", "how", "split", "merge", "remove"])
def test_undo_puts_everything_back_and_can_itself_be_undone(
    people: People, article: Article, said: Statement, act: str
) -> None:
    other = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)
    before = state(article)

    corrections(people, article, said, other)[act]()
    after = state(article)
    assert after != before
    undo_correction(said, said.version, people.ben, NOW)
    assert state(article) == before
    undo_correction(said, said.version, people.ben, NOW)

    assert state(article) == after
    verbs = AuditEntry.objects.filter(subject_id=said.pk).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs)[1:] == ["undo_correction", "undo_correction"]


def test_an_added_statement_is_taken_back(people: People, article: Article) -> None:
    statement = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)

    undo_correction(statement, statement.version, people.ben, NOW)

    assert not Statement.objects.present().exists()


def test_nothing_is_undone_twice_or_over_somebodys_later_work(
    people: People, article: Article, said: Statement
) -> None:
    with pytest.raises(NothingToUndo):
        undo_correction(said, said.version, people.ben, NOW)
    mend_statement(said, 1, Attribution(act=Act.PLEDGE), people.ben, NOW)
    mend_statement(said, 2, Attribution(act=Act.DENIAL), people.lea, NOW)

    with pytest.raises(StaleVersion):
        undo_correction(said, 2, people.ben, NOW)

    assert fresh(said).act == "denial"


def test_what_was_removed_does_not_come_back_where_another_stands_now(
    people: People, article: Article, said: Statement
) -> None:
    remove_statement(said, said.version, people.ben, NOW)
    add_statement(article, place(article, INSPECTED), COUNCIL, people.ben, NOW)

    with pytest.raises(PlaceTaken):
        undo_correction(said, said.version, people.ben, NOW)


# --- Kept when the article is read again ---


def present(article: Article) -> set[str]:
    return set(Statement.objects.present().filter(article=article).values_list("content", flat=True))


def test_corrections_stay_when_another_engine_reads(people: People, article: Article, said: Statement) -> None:
    added = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)
    mend_statement(said, 1, Attribution(act=Act.PLEDGE), people.ben, NOW, place=place(article, "inspected in January"))
    before = state(article)

    read_again(article, INSPECTED, "closed the 🔥 bridge", "Nobody was hurt")

    assert present(article) == {CLOSED, "inspected in January", "Nobody was hurt"}
    new = Statement.objects.get(content="Nobody was hurt").pk
    assert [[row for row in part if new not in row] for part in state(article)] == before
    assert fresh(added).gone_at is None


REREADINGS = [(INSPECTED,), (f"“{INSPECTED},”",), ("was inspected in January",), ()]


@pytest.mark.parametrize("words", REREADINGS)
def test_what_people_removed_does_not_come_back(
    people: People, article: Article, said: Statement, words: tuple[str, ...]
) -> None:
    remove_statement(said, said.version, people.ben, NOW)

    run = read_again(article, *words)

    assert present(article) == set()
    assert run.outcome == {"kept": [], "moved": [], "gone": [], "new": 0}


def test_what_people_split_does_not_come_back_whole(people: People, article: Article) -> None:
    whole = make_said(article, ("The council", BOTH))[0]
    third = split_statement(whole, TEXT.index("and said it would"), whole.version, people.ben, NOW)
    split_statement(third, TEXT.index("reopen in May"), third.version, people.ben, NOW)
    before = state(article)

    read_again(article, BOTH)
    read_again(article, BOTH + ".")

    assert state(article) == before


def test_what_people_merged_does_not_come_back_in_parts(people: People, article: Article) -> None:
    first, second = make_said(article, ("The council", CLOSED), ("The council", "reopen in May"))
    merge_statements(first, second, (1, 1), people.ben, NOW)
    before = state(article)

    read_again(article, CLOSED, "reopen in May")

    assert state(article) == before


def test_the_same_words_elsewhere_are_another_statement(people: People) -> None:
    article = make_article(people.desk, people.ada, "H\n\nHe left, he said. She said that he left.")
    first = make_said(article, ("Ilse Varga", "He left"))[0]
    remove_statement(first, first.version, people.ben, NOW)

    read_again(article, "he left.")

    assert present(article) == {"he left."}


# --- Pairs ---

DENIED = """Bridge over the Orla

“The bridge was inspected in January,” Mayor Ilse Varga said.

Engineer Tomas Reyle denied that the bridge was inspected in January.

Rain fell on Tolva all week.
"""


def test_a_correction_makes_and_unmakes_suggestions(people: People) -> None:
    article = make_article(people.desk, people.ada, DENIED)
    Job.objects.all().delete()
    make_said(article, ("Ilse Varga", INSPECTED))
    denial = Attribution("Tomas Reyle", act=Act.DENIAL)
    there = Place(1, words="that the bridge was inspected in January")
    statement = add_statement(article, there, denial, people.ben, NOW)

    run_open_jobs()
    assert [pair.status for pair in ConflictPair.objects.all()] == [PairStatus.SUGGESTED]

    mend_statement(
        statement, statement.version, Attribution(), people.ben, NOW, place=Place(1, words="Rain fell on Tolva")
    )
    run_open_jobs()
    assert ConflictPair.objects.get().status == PairStatus.OBSOLETE

    undo_correction(statement, statement.version, people.ben, NOW)
    run_open_jobs()
    assert ConflictPair.objects.get().status == PairStatus.SUGGESTED


def test_a_decided_pair_stays_decided(people: People, article: Article, said: Statement) -> None:
    other = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)
    pair = make_pair(article, other, said)
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW)

    mend_statement(other, other.version, Attribution(act=Act.DENIAL), people.ben, NOW)
    run_open_jobs()

    assert ConflictPair.objects.get(pk=pair.pk).status == PairStatus.CONFIRMED


def test_what_was_added_stays_once_a_claim_hangs_on_it(people: People, article: Article, said: Statement) -> None:
    other = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)
    make_claim(make_pair(article, said, other), people.ben)

    with pytest.raises(ClaimHangsOnIt):
        undo_correction(other, other.version, people.ben, NOW)


def test_a_parked_pair_stays_parked_when_its_words_are_mended(people: People) -> None:
    article = make_article(people.desk, people.ada, DENIED)
    Job.objects.all().delete()
    make_said(article, ("Ilse Varga", INSPECTED))
    there = Place(1, words="that the bridge was inspected in January")
    statement = add_statement(article, there, Attribution("Tomas Reyle", act=Act.DENIAL), people.ben, NOW)
    run_open_jobs()
    pair = ConflictPair.objects.get()
    decide_conflict(pair, Decision.UNCLEAR, pair.version, people.ben, now=NOW)

    shorter = Place(1, words="the bridge was inspected in January")
    mend_statement(statement, statement.version, Attribution(), people.ben, NOW, place=shorter)
    run_open_jobs()

    assert ConflictPair.objects.get().status == PairStatus.PARKED
