"""Where does a typed statement stand elsewhere? Found among what the asker may read, and forgotten after a week."""

from datetime import date, timedelta

import pytest

from factcheck.corpus.errors import UnfitInquiry, WrongDate
from factcheck.corpus.models import Article, ConflictPair, Inquiry, Statement
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.inquiries import Finding, NewInquiry, compare_statement, findings_of_each
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import User
from tests.factories import NOW, make_analyzed_article, make_article, run_open_jobs
from tests.people import People

DENIAL = "Nobody inspected the Orla bridge in January."


def ask(people: People, person: User, text: str = DENIAL, speaker: str = "") -> list[Finding]:
    inquiry = compare_statement(NewInquiry(text, speaker), people.desk, person, NOW)
    run_open_jobs()
    inquiry.refresh_from_db()
    assert inquiry.answered_at is not None
    return findings_of_each([inquiry], person)[inquiry.pk]


def test_what_conflicts_comes_first_with_kind_score_and_why(people: People) -> None:
    make_analyzed_article(people.desk, people.ada)

    first, *rest = ask(people, people.ben, "The bridge was not inspected in January.", "Karl Holm")

    assert "inspected in January" in first.statement.content
    assert first.kind in ("denial", "contradiction")
    assert first.score is not None
    assert first.score >= 0.3
    assert "Karl Holm" in first.why
    assert any(finding.kind is None for finding in rest)


def test_asking_stores_no_statement_and_no_pair(people: People) -> None:
    make_analyzed_article(people.desk, people.ada)
    before = (Article.objects.count(), Statement.objects.count(), ConflictPair.objects.count())

    ask(people, people.ada)

    assert (Article.objects.count(), Statement.objects.count(), ConflictPair.objects.count()) == before
    assert AuditEntry.objects.filter(verb="compare_statement").count() == 1


def test_what_the_asker_may_not_read_is_not_found_now_or_later(people: People) -> None:
    article = make_analyzed_article(people.desk, people.ada)
    inquiry = compare_statement(NewInquiry(DENIAL), people.desk, people.ben, NOW)
    run_open_jobs()
    inquiry.refresh_from_db()
    assert findings_of_each([inquiry], people.ben)[inquiry.pk]

    restrict_article(article, [], article.version, people.lea, NOW)

    assert findings_of_each([inquiry], people.ben)[inquiry.pk] == []
    assert ask(people, people.ben) == []
    assert ask(people, people.ada)


def test_another_desks_statements_are_not_found(people: People) -> None:
    make_analyzed_article(people.other_desk, people.cleo)

    assert ask(people, people.lea) == []


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "word " * 500])
def test_an_empty_or_long_statement_is_refused(people: People, text: str) -> None:
    with pytest.raises(UnfitInquiry):
        compare_statement(NewInquiry(text), people.desk, people.ada, NOW)
    assert Inquiry.objects.count() == Job.objects.count() == 0


@pytest.mark.parametrize("day", [date(1400, 1, 1), NOW.date() + timedelta(days=3)])
def test_a_day_that_cannot_be_is_refused(people: People, day: date) -> None:
    with pytest.raises(WrongDate):
        compare_statement(NewInquiry(DENIAL, said_on=day), people.desk, people.ada, NOW)


def test_who_reads_nothing_asks_nothing(people: People) -> None:
    for person in (people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            compare_statement(NewInquiry(DENIAL), people.desk, person, NOW)


def test_what_was_asked_is_forgotten_after_a_week(people: People) -> None:
    make_article(people.desk, people.ada)
    for days in (1, 8):
        compare_statement(NewInquiry(DENIAL), people.desk, people.ada, NOW - timedelta(days=days))
    Job.objects.all().delete()
    Inquiry.objects.update(asked_at=NOW - timedelta(days=8))
    fresh = compare_statement(NewInquiry(DENIAL), people.desk, people.ada, NOW + timedelta(days=365 * 50))

    queue_routine("forget old inquiries", NOW)
    run_open_jobs()

    assert list(Inquiry.objects.all()) == [fresh]
