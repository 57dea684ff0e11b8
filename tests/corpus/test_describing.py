"""What people say of an article beside its text: kept in the history, and left alone by every later text of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from factcheck.corpus.errors import ArticleAlreadyHere, UnfitArticle, UnknownOutlet, WrongDate
from factcheck.corpus.models import Article, Outlet, Statement
from factcheck.corpus.services.articles import NewArticle, add_article
from factcheck.corpus.services.describing import Description, description_of, edit_article
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from tests.factories import BRIDGE, NOW, make_article, make_said, run_open_jobs
from tests.people import People

pytestmark = pytest.mark.django_db

LATER = BRIDGE.replace("The council closed", "Traffic jams were long.\n\nThe council closed")
SAID = Description("Bridge shut", "River Post", "By Ilse Varga", NOW - timedelta(days=2), adds_outlet=True)
GERMAN = "Brücke gesperrt\n\nDie Brücke ist sicher, sagte die Bürgermeisterin am Montag und ging nach Hause."


@pytest.fixture
def article(people: People) -> Article:
    return make_article(people.desk, people.ada)


def fresh(article: Article) -> Article:
    return Article.objects.select_related("outlet", "desk").get(pk=article.pk)


def test_what_people_say_is_kept_and_told_in_the_history(people: People, article: Article) -> None:
    edit_article(article, SAID, article.version, people.ben, NOW)

    assert description_of(fresh(article)) == replace(SAID, adds_outlet=False)
    body = AuditEntry.objects.get(verb="edit_article").payload.body
    assert (body["before"]["title"], body["after"]["title"]) == (article.current.headline, "Bridge shut")
    assert body["after"]["outlet"] == "River Post"


def test_a_later_text_changes_none_of_it(people: People, article: Article) -> None:
    edit_article(article, SAID, article.version, people.ben, NOW)
    new = NewText(text="Another headline\n" + LATER.split("\n", 1)[1], byline="By the desk", published_at=NOW)

    assert revise_article(fresh(article), new, NOW) is not None
    assert description_of(fresh(article)) == replace(SAID, adds_outlet=False)


def test_what_people_put_back_as_the_text_has_it_follows_the_text_again(people: People, article: Article) -> None:
    before = description_of(fresh(article))
    edit_article(article, SAID, article.version, people.ben, NOW)
    edit_article(fresh(article), before, article.version, people.ben, NOW)

    revise_article(fresh(article), NewText(text="Another headline\n" + LATER.split("\n", 1)[1], byline="By us"), NOW)
    assert (fresh(article).title, fresh(article).byline) == ("Another headline", "By us")


def test_with_another_day_its_statements_are_compared_anew(people: People, article: Article) -> None:
    (said,) = make_said(article, ("Ilse Varga", "The bridge was inspected in January"))
    Job.objects.all().delete()

    edit_article(article, replace(description_of(article), title="Shut"), article.version, people.ben, NOW)
    assert not Job.objects.exists()
    edit_article(article, SAID, article.version, people.ben, NOW)
    assert Job.objects.get(kind="rematch").parameters["statements"] == [str(said.pk)]


def test_a_text_taken_for_another_language_is_read_after_all(people: People) -> None:
    words = GERMAN + "\n\nThe bridge is safe, Ilse Varga said."
    article = add_article(NewArticle(words), people.desk, people.ada, NOW)
    run_open_jobs()
    assert (article.current.language, Statement.objects.count()) == ("de", 0)

    edit_article(article, replace(description_of(article), language="en"), article.version, people.ben, NOW)
    run_open_jobs()

    assert article.current.language == "en"
    assert [str(said.speaker) for said in Statement.objects.all()] == ["Ilse Varga"]
    edit_article(article, replace(description_of(article), language=""), article.version, people.ben, NOW)
    assert article.current.language == "de"


REFUSED = [
    (replace(SAID, title=" \n "), UnfitArticle, "headline has 0 characters"),
    (replace(SAID, byline="x" * 301), UnfitArticle, "byline has 301 characters"),
    (replace(SAID, adds_outlet=False), UnknownOutlet, "no outlet named “River Post”"),
    (replace(SAID, published_at=NOW + timedelta(days=9)), WrongDate, "lies in the future"),
]


@pytest.mark.parametrize(("said", "refusal", "words"), REFUSED, ids=[words for _, _, words in REFUSED])
def test_what_cannot_be_said_of_an_article_is_refused_in_words(
    people: People, article: Article, said: Description, refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        edit_article(article, said, article.version, people.ben, NOW)

    assert fresh(article).version == article.version
    assert not Outlet.objects.filter(name="River Post").exists()


def test_whoever_saved_first_is_not_overwritten(people: People, article: Article) -> None:
    seen = article.version
    edit_article(article, SAID, seen, people.ben, NOW)

    with pytest.raises(StaleVersion):
        edit_article(fresh(article), replace(SAID, title="Mine"), seen, people.lea, NOW)
    assert fresh(article).title == "Bridge shut"


def test_one_outlet_has_the_very_same_text_once(people: People, article: Article) -> None:
    other = add_article(NewArticle(BRIDGE, outlet="Tolva News", adds_outlet=True), people.desk, people.ben, NOW)
    third = add_article(NewArticle(BRIDGE, outlet="Tolva Echo", adds_outlet=True), people.desk, people.ben, NOW)

    said = replace(description_of(fresh(third)), outlet="Tolva News")
    with pytest.raises(ArticleAlreadyHere, match="the very same text"):
        edit_article(fresh(third), said, third.version, people.ben, NOW)
    assert fresh(other).outlet != fresh(third).outlet


def test_a_reporter_mends_her_own_article_only(people: People, article: Article) -> None:
    edit_article(article, SAID, article.version, people.ada, NOW)
    theirs = add_article(NewArticle("Rain\n\nIt rained."), people.desk, people.ben, NOW)

    for person, one in ((people.ada, theirs), (people.amir, theirs), (people.cleo, theirs)):
        with pytest.raises(NotAllowed):
            edit_article(fresh(one), SAID, one.version, person, NOW)
