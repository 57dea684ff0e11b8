"""Search across the desk: by words, whatever their order, and never what one may not read."""

import pytest
from django.urls import reverse

from factcheck.corpus.services.articles import restrict_article
from factcheck.workbench.screens.search import search_for
from tests.factories import NOW, make_bridge_pair, make_claim
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.test_pages import queries_of


@pytest.mark.parametrize(
    ("query", "articles", "statements", "claims"),
    [
        ("bridge", 1, 2, 1),
        ("ORLA crack", 1, 0, 0),
        ("january inspected varga", 0, 1, 0),
        ("post orla", 1, 0, 0),
        ("%", 0, 0, 0),
        ("bridge zebra", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_all_words_are_found_in_any_order(
    people: People, query: str, articles: int, statements: int, claims: int
) -> None:
    make_claim(make_bridge_pair(people.desk, people.ada), people.ben)

    found = search_for(people.ben, query)

    assert (len(found.articles), len(found.statements), len(found.claims)) == (articles, statements, claims)


def test_another_desks_and_restricted_things_are_never_found(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    make_claim(pair, people.ben)
    assert search_for(people.cleo, "bridge").is_empty

    restrict_article(pair.a.article, [], pair.a.article.version, people.lea, NOW)

    assert search_for(people.ben, "bridge").is_empty
    assert not search_for(people.lea, "bridge").is_empty


def test_hostile_words_are_shown_as_words_and_an_empty_answer_says_what_to_do(
    people: People, signed_in: SignedIn
) -> None:
    page = signed_in(people.ben).get(reverse("workbench:search"), {"q": "<script>x</script>"}).content.decode()

    assert "<script>x" not in page
    assert "Try fewer of them" in page


def test_more_rows_ask_no_more_queries(people: People, signed_in: SignedIn) -> None:
    ben, path = signed_in(people.ben), f"{reverse('workbench:search')}?q=bridge"
    make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    before = queries_of(ben, path)

    for day in ("Monday", "Tuesday"):
        make_claim(make_bridge_pair(people.desk, people.ada, day), people.ben)

    assert queries_of(ben, path) <= before
