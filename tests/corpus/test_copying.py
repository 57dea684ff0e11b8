"""Wire copy is linked to its first article and not read again; what says something otherwise, or more, is read."""

import pytest

from factcheck.corpus.errors import ArticleAlreadyHere
from factcheck.corpus.models import AnalysisRun, Article, Echo, Statement, TextKey
from factcheck.corpus.services.likeness import likeness
from factcheck.corpus.services.revising import NewText, revise_article
from tests.factories import make_article, run_open_jobs
from tests.people import People

pytestmark = pytest.mark.django_db

WIRE = """Ministers agree on tram line

The government will pay for the first two years of the tram line, ministers said on Tuesday after a long meeting.

“We will not ask the city for one more crown,” Transport Minister Hana Dvorak said. She said the line would \
carry 40,000 passengers a day.

The opposition said that the plan was too dear. Its leader, Pavel Marek, called the figures invented and asked \
for an inquiry.

Work is to begin in May and to last three years. The first trams are expected to run before the end of the decade.
"""
BODY = WIRE.partition("\n")[2]
ADDED = "\nMayor Jan Novak of Tabor denied that his town would pay for the line.\n"
COPIES = {
    "another headline": "Who pays for the trams\n" + BODY,
    "a byline": "Ministers agree on tram line\nBy Jane Roe, Evening Star\n" + BODY,
    "a dateline": WIRE.replace("The government", "PRAGUE (Agency) - The government"),
    "a paragraph less": WIRE.partition("\n\nWork is")[0],
    "a paragraph more": WIRE + ADDED,
    "house style": WIRE.replace("too dear", "too expensive").replace("is to begin", "will start"),
    "words that other languages count or deny with": WIRE.replace("after a long", "once they had ended a non-public"),
}
OTHERS = {
    "figures": WIRE.replace("40,000", "60,000"),
    "denial": WIRE.replace("will pay for", "will not pay for"),
    "quotation": WIRE.replace("one more crown", "a single crown"),
    "names": WIRE.replace("Pavel Marek", "Petr Marek"),
}


def add_at(people: People, outlet: str, text: str) -> Article:
    address = f"https://{outlet.lower().replace(' ', '-')}.example/trams"
    return make_article(people.desk, people.ada, text, outlet=outlet, url=address)


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_wire_copy_is_a_copy(text: str) -> None:
    found = likeness(WIRE, text)

    assert found is not None
    assert found.is_copy


def test_the_same_words_about_another_thing_are_no_copy() -> None:
    told = "The {thing} reopens\n\nThe mayor said the {thing} was repaired. A builder denied that the {thing} was.\n"

    found = likeness(told.format(thing="bridge"), told.format(thing="ferry"))

    assert found is None or not found.is_copy


@pytest.mark.parametrize(("what", "text"), OTHERS.items(), ids=OTHERS)
def test_what_says_something_otherwise_is_no_copy(what: str, text: str) -> None:
    found = likeness(WIRE, text)

    assert found is not None
    assert [one.what for one in found.changed] == [what]


def test_an_article_that_quotes_a_paragraph_is_another_article() -> None:
    quoting = "\n\n".join(
        ["A long day in the council", "Much was said about roads, schools and sewers. " * 12, BODY.split("\n\n")[2]]
    )

    assert likeness(WIRE, quoting) is None


def test_ten_outlets_have_one_statement_each_with_ten_places(people: People) -> None:
    first = add_at(people, "Agency", WIRE)
    copies = [
        add_at(people, f"Outlet {number}", COPIES["another headline"] + f"\nOutlet {number}\n") for number in range(9)
    ]
    run_open_jobs()

    assert set(Article.objects.filter(copy_of=first)) == set(copies)
    assert AnalysisRun.objects.count() == 1
    statements = Statement.objects.filter(article=first)
    assert statements
    assert {one.echoes.count() for one in statements} == {9}
    assert all(
        one.revision.text[one.start : one.end] == one.statement.content
        for one in Echo.objects.select_related("revision", "statement")
    )
    assert set(TextKey.objects.values_list("article", flat=True)) == {first.pk}


def test_of_a_copy_only_what_it_adds_is_read(people: People) -> None:
    first = add_at(people, "Agency", WIRE)
    copy = add_at(people, "Tabor News", COPIES["a paragraph more"])
    run_open_jobs()

    copy.refresh_from_db()
    own = Statement.objects.filter(article=copy)
    assert copy.copy_of == first
    assert own
    assert all("town would pay" in one.content for one in own)


def test_an_updated_story_is_read_and_linked_as_another_version(people: People) -> None:
    first = add_at(people, "Agency", WIRE)
    updated = add_at(people, "Evening Star", OTHERS["figures"])
    run_open_jobs()

    updated.refresh_from_db()
    assert (updated.copy_of, updated.version_of) == (None, first)
    assert Statement.objects.filter(article=updated, content__contains="60,000").exists()


def test_the_very_text_is_a_copy_elsewhere_and_the_same_article_at_its_own_place(people: People) -> None:
    first = add_at(people, "Agency", WIRE)
    copy = add_at(people, "Evening Star", WIRE)

    assert copy.copy_of == first
    with pytest.raises(ArticleAlreadyHere):
        make_article(people.desk, people.ada, WIRE, outlet="Agency")
    with pytest.raises(ArticleAlreadyHere):
        make_article(people.desk, people.ada, OTHERS["names"], url="https://www.agency.example/trams/?utm_source=x")


def test_a_copy_that_its_outlet_rewrites_is_read_by_itself(people: People) -> None:
    add_at(people, "Agency", WIRE)
    copy = add_at(people, "Evening Star", WIRE)
    run_open_jobs()
    copy.refresh_from_db()

    revise_article(copy, NewText(text=OTHERS["figures"]), copy.added_at)
    run_open_jobs()

    copy.refresh_from_db()
    assert (copy.copy_of, Statement.objects.filter(article=copy).exists()) == (None, True)
    assert TextKey.objects.filter(article=copy.pk).exists()


def test_another_desks_article_is_no_first_article(people: People) -> None:
    make_article(people.other_desk, people.cleo, WIRE)
    own = add_at(people, "Evening Star", WIRE)
    run_open_jobs()

    own.refresh_from_db()
    assert own.copy_of is None
