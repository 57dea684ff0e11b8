"""A settled question gives what Django's own query gives."""

import threading
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.models import CharField, DateTimeField, Model, UUIDField

from factcheck.corpus.models import Article, ConflictPair, Statement
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.models import Desk, User
from tests.factories import make_article, make_bridge_pair
from tests.people import People, make_people

PAIR = Settled[ConflictPair](
    lambda: ConflictPair.objects.select_related("a__article", "decided_by").filter(pk=Place(0, UUIDField()))
)
SIDES = Settled[Statement](
    lambda: Statement.objects.filter(pk__in=[Place(0, UUIDField()), Place(1, UUIDField())]).order_by("pk")
)
ROWS = Settled[Any](
    lambda: (
        Article.objects.filter(title=Place(1, CharField()), added_at__lt=Place(0, DateTimeField()))
        .values_list("pk", "title", "added_at", "revisions__flags", named=True)
        .order_by("pk")
    )
)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def columns_of(row: Model) -> dict[str, Any]:
    """What was read of a row, each value with its type."""
    return {name: (type(value), value) for name, value in vars(row).items() if name != "_state"}


def test_rows_come_as_the_query_would_give_them(people: People) -> None:
    pairs = [make_bridge_pair(people.desk, people.ada, day) for day in ("Friday", "Monday")]

    for pair in pairs:
        (found,) = PAIR.ask(pair.pk)
        plain = ConflictPair.objects.get(pk=pair.pk)

        assert columns_of(found) == columns_of(plain)
        assert columns_of(found.a.article) == columns_of(plain.a.article)
        assert found.decided_by is None
        assert SIDES.ask(pair.a_id, pair.b_id) == sorted([pair.a, pair.b], key=lambda side: str(side.pk))


def test_plain_rows_come_with_their_names_and_types(people: People) -> None:
    make_article(people.desk, people.ada, "Title\n\nText.")
    plain = Article.objects.values_list("pk", "title", "added_at", "revisions__flags", named=True)

    assert ROWS.ask(LATER, "Title") == list(plain)
    assert ROWS.ask(LATER, "Title")[0]._asdict() == plain[0]._asdict()
    assert ROWS.ask(LATER, "Other") == []


def test_what_was_asked_before_is_asked_anew(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    before = PAIR.ask(pair.pk)

    ConflictPair.objects.update(why="another reason")

    assert before[0].why != "another reason"
    assert PAIR.ask(pair.pk)[0].why == "another reason"
    assert PAIR.ask(uuid4()) == []


@pytest.mark.usefixtures("people")
def test_a_value_cannot_become_part_of_the_question() -> None:
    names = Settled[User](lambda: User.objects.filter(username=Place(0, CharField())))

    assert [user.username for user in names.ask("ben")] == ["ben"]
    assert names.ask("' OR '1'='1") == names.ask("%s") == []


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's tests share one connection")
def test_threads_ask_by_their_own_connections() -> None:
    people = make_people()
    pairs = [make_bridge_pair(people.desk, people.ada, day) for day in ("Friday", "Monday", "Sunday", "Tuesday")]
    found: dict[Any, set[Any]] = {pair.pk: set() for pair in pairs}

    def ask_on(pk: Any) -> None:
        try:
            found[pk].update(row.pk for _ in range(50) for row in PAIR.ask(pk))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask_on, args=(pair.pk,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {pair.pk: {pair.pk} for pair in pairs}


def test_what_is_planned_once_gives_the_same_rows_whatever_is_asked(people: People) -> None:
    articles = [make_article(people.desk, people.ada, f"Day {day}\nNothing happened.") for day in range(12)]
    query = Article.objects.select_related("desk")
    question = Settled[Article](lambda: query.filter(pk=Place(0, UUIDField())), planned_once=True)

    for article in articles:  # more often than PostgreSQL waits before it keeps one plan for all values
        (row,) = question.ask(article.pk)
        assert columns_of(row) == columns_of(query.get(pk=article.pk))
        assert columns_of(row.desk) == columns_of(Desk.objects.get(pk=people.desk.pk))
    assert question.ask(uuid4()) == []
