"""Which stored statements a new article's are compared with, and how the index stays right."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from factcheck.corpus.models import AnalysisRun, Article, ArticleTerm, Statement, StatementEncoding
from factcheck.corpus.services.candidates import MOST_CANDIDATES, Bounds, bounds_of, find_candidates
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.models import Job
from tests.factories import BRIDGE, NOW, make_article, make_said, run_open_jobs
from tests.people import People

OTHER_NEWS = """Harvest of plums begins in {place}

“{words},” grower {name} said.
"""
# The same matter, and no word of the first statement.
ANSWER = """Mayor of Orla answers engineer Tomas Reyle

“Nobody went near it,” Reyle said of the Orla bridge that Ilse Varga had closed.
"""


def add_said(people: People, text: str, *sentences: tuple[str, str]) -> list[Statement]:
    return make_said(make_article(people.desk, people.ada, text), *sentences)


def add_other_news(people: People, count: int) -> None:
    for number in range(count):
        name, words = f"Grower{number} Plum", f"The orchard number{number} bears fruit again"
        add_said(people, OTHER_NEWS.format(place=f"Valley{number}", words=words, name=name), (name, words))


def found_for(statement: Statement) -> list[str]:
    run = AnalysisRun.objects.select_related("revision__article").get(revision__article=statement.article)
    return [str(Statement.objects.get(pk=other)) for _, other in find_candidates([statement], bounds_of(run))]


def index_rows() -> tuple[list[tuple[bytes, ...]], list[tuple[int, int]]]:
    encodings = StatementEncoding.objects.order_by("statement").values_list("statement", "terms", "context")
    return [tuple(map(bytes, row[1:])) for row in encodings], sorted(ArticleTerm.objects.values_list("term", "place"))


@pytest.fixture
def inspected(people: People) -> Statement:
    return add_said(people, BRIDGE, ("Ilse Varga", "The bridge was inspected in January"))[0]


def test_a_statement_that_shares_no_word_is_found_through_its_article(people: People, inspected: Statement) -> None:
    add_other_news(people, 4)
    others = ("Ilse Varga", "engineer Tomas Reyle"), ("Tomas Reyle", "Orla bridge")

    denied, *_ = add_said(people, ANSWER, ("Tomas Reyle", "Nobody went near it"), *others)
    run = AnalysisRun.objects.get(revision__article=denied.article)
    own = list(Statement.objects.filter(article=denied.article))
    found = dict.fromkeys(pair for pair in find_candidates(own, bounds_of(run)))

    assert next(other for new, other in found if new == denied.pk) == inspected.pk


def test_an_article_is_compared_with_those_added_before_it(people: People, inspected: Statement) -> None:
    later = add_said(people, BRIDGE.replace("Sunday", "Monday"), ("Tomas Reyle", "the bridge was inspected"))[0]

    assert found_for(later) == ["The bridge was inspected in January"]
    assert found_for(inspected) == []


def test_at_most_thirty_are_compared(people: People, inspected: Statement) -> None:
    for number in range(MOST_CANDIDATES + 2):
        text = BRIDGE.replace("Sunday", f"day {number}")
        add_said(people, text, ("Ilse Varga", "The bridge was inspected in January"))
    last = Statement.objects.order_by("-created_seq")[0]

    assert len(found_for(last)) == MOST_CANDIDATES


def test_another_desks_statements_and_those_that_are_gone_are_no_candidates(
    people: People, inspected: Statement
) -> None:
    make_said(make_article(people.other_desk, people.cleo), ("Ilse Varga", "The bridge was inspected in January"))
    Statement.objects.filter(pk=inspected.pk).update(gone_at=NOW)

    later = add_said(people, BRIDGE.replace("Sunday", "Monday"), ("Tomas Reyle", "the bridge was inspected"))[0]

    assert found_for(later) == []


def test_an_article_read_late_is_compared_with_those_that_have_begun(people: People, inspected: Statement) -> None:
    later = add_said(people, BRIDGE.replace("Sunday", "Monday"), ("Tomas Reyle", "the bridge was inspected"))[0]
    place = Article.objects.get(pk=inspected.article_id).created_seq or 0

    bounds = Bounds(people.desk.pk, ~Q(article=inspected.article), place, beyond=True)

    assert [other for _, other in find_candidates([inspected], bounds)] == [later.pk]


def test_more_stored_articles_ask_no_more_queries(people: People, inspected: Statement) -> None:
    def queries() -> int:
        later = add_said(
            people, BRIDGE.replace("Sunday", f"day {Article.objects.count()}"), ("Tomas Reyle", "the bridge")
        )[0]
        run = AnalysisRun.objects.get(revision__article=later.article)
        with CaptureQueriesContext(connection) as asked:
            list(find_candidates([later], bounds_of(run)))
        return len(asked)

    before = queries()
    add_other_news(people, 5)

    assert queries() == before


def test_reindexing_makes_the_same_index_again(people: People, inspected: Statement) -> None:
    add_other_news(people, 2)
    before = index_rows()
    StatementEncoding.objects.all().delete()
    ArticleTerm.objects.all().delete()

    call_command("reindex", stdout=StringIO())

    assert index_rows() == before
    call_command("reindex", desk=people.desk.slug, stdout=StringIO())
    assert index_rows() == before


def test_what_an_older_version_read_is_indexed_by_a_routine(people: People, inspected: Statement) -> None:
    before = index_rows()
    StatementEncoding.objects.all().delete()
    ArticleTerm.objects.all().delete()
    Job.objects.all().delete()

    queue_routine("index what is not indexed", NOW)
    run_open_jobs()

    assert index_rows() == before


def test_a_new_reading_leaves_no_term_behind_that_its_statements_lack(people: People, inspected: Statement) -> None:
    article = Article.objects.get(pk=inspected.article_id)
    AnalysisRun.objects.update(engine_version="older")
    make_said(article, ("Ilse Varga", "The bridge was inspected in January"), ("Tomas Reyle", "the bridge"))

    in_statements = index_rows()
    call_command("reindex", stdout=StringIO())

    assert index_rows() == in_statements
