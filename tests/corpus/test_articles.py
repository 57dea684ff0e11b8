import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from factcheck.claims.models import Claim
from factcheck.corpus.errors import ArticleAlreadyHere, NotTogether, UnfitArticle, UnknownOutlet, WrongDate
from factcheck.corpus.models import Article, ConflictPair, Outlet, Revision, Statement
from factcheck.corpus.models.article import hidden_from, may_read
from factcheck.corpus.services.articles import (
    NewArticle,
    add_article,
    add_articles,
    archive_article,
    restrict_article,
)
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import User
from tests.factories import BRIDGE, NOW, make_article, make_bridge_pair, make_claim, make_pair
from tests.people import People


def counts() -> tuple[int, int, int, int]:
    return Article.objects.count(), Revision.objects.count(), Job.objects.count(), Outlet.objects.count()


def test_adding_stores_text_hash_job_and_audit_together(people: People) -> None:
    article = make_article(people.desk, people.ada)

    revision = article.current
    assert revision.text == BRIDGE.strip("\n")
    assert revision.sha256 == hashlib.sha256(revision.text.encode()).hexdigest()
    assert article.title == "Bridge over the Orla closed after crack is found"
    assert Job.objects.get().subject_id == article.pk
    assert AuditEntry.objects.get(verb="add_article").actor == people.ada


def test_the_second_line_gives_outlet_and_time(people: People) -> None:
    text = "Bridge closed\nOrla Post | 2026-02-27 18:30\n\nThe council closed the bridge."

    article = add_article(NewArticle(text, adds_outlet=True), people.desk, people.ada, NOW)

    assert str(article.outlet) == "Orla Post"
    assert article.published_at == datetime(2026, 2, 27, 18, 30, tzinfo=UTC)


def test_the_same_text_twice_is_refused_and_names_the_first(people: People) -> None:
    first = make_article(people.desk, people.ada)
    before = counts()

    with pytest.raises(ArticleAlreadyHere, match="already on the desk: “Bridge over") as refusal:
        make_article(people.desk, people.ben, BRIDGE.replace("\n", "\r\n"))

    assert refusal.value.article_id == first.pk
    assert counts() == before


def test_the_same_address_twice_is_refused(people: People) -> None:
    make_article(people.desk, people.ada, url="https://example.org/bridge")

    with pytest.raises(ArticleAlreadyHere, match="This address"):
        make_article(people.desk, people.ada, "Another text\n\nOf the same place.", url="https://example.org/bridge")


def test_another_desk_may_have_the_same_text(people: People) -> None:
    make_article(people.desk, people.ada)
    make_article(people.other_desk, people.cleo)

    assert Article.objects.count() == 2


UNFIT = [
    (NewArticle(""), UnfitArticle, "no text"),
    (NewArticle("\x00"), UnfitArticle, "no text"),
    (NewArticle("x" * (2 * 1024 * 1024 + 1)), UnfitArticle, "2.1 MB"),
    (NewArticle("A\n\nB.", published_at=NOW + timedelta(days=2)), WrongDate, "4 March 2026 lies in the future"),
    (
        NewArticle("A\n\nB.", published_at=datetime(1066, 10, 14, tzinfo=UTC)),
        WrongDate,
        "year 1066 is before newspapers",
    ),
    (NewArticle("A\n\nB.", outlet="Orla Pots"), UnknownOutlet, "Did you mean Orla Post?"),
    (NewArticle("A\n\nB.", outlet="Völlig neu"), UnknownOutlet, "no outlet named “Völlig neu”"),
]


@pytest.mark.parametrize(("new", "refusal", "words"), UNFIT, ids=lambda value: getattr(value, "__name__", ""))
def test_what_cannot_be_taken_is_refused_in_words_and_nothing_is_stored(
    people: People, new: NewArticle, refusal: type[Exception], words: str
) -> None:
    make_article(people.desk, people.ada)
    before = counts()

    with pytest.raises(refusal, match=words):
        add_article(new, people.desk, people.ada, NOW)

    assert counts() == before


def test_hiding_characters_are_kept_and_flagged(people: People) -> None:
    article = add_article(NewArticle("Head\u202eline\n\nTe\u200bxt\x07."), people.desk, people.ada, NOW)

    assert article.current.flags == ["controls_removed", "bidi", "invisible"]
    assert "\u202e" in article.current.text


def test_whoever_may_not_add_is_refused(people: People) -> None:
    for person, desk in ((people.amir, people.desk), (people.cleo, people.desk), (people.ada, people.other_desk)):
        with pytest.raises(NotAllowed):
            make_article(desk, person)

    assert counts() == (0, 0, 0, 0)


def test_an_outlet_is_one_whatever_its_spelling(people: People) -> None:
    for outlet in ("Orla  Post", "orla post"):
        add_article(NewArticle(f"On {outlet}\n\nText.", outlet=outlet, adds_outlet=True), people.desk, people.ada, NOW)

    assert Outlet.objects.count() == 1


def test_the_database_refuses_to_change_a_text(people: People) -> None:
    revision = make_article(people.desk, people.ada).current

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(text="Other words")


def test_the_database_refuses_an_address_that_is_none(people: People) -> None:
    article = make_article(people.desk, people.ada)

    with pytest.raises(IntegrityError, match="article_url_is_web"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(url="javascript:alert(1)")


def test_a_restricted_article_is_read_by_the_named_its_author_and_leads(people: People) -> None:
    article = make_article(people.desk, people.ada)
    readers = (people.ada, people.ben, people.lea)
    assert [person for person in readers if Article.objects.readable_by(person).exists()] == list(readers)

    restrict_article(article, [], article.version, people.ada, NOW)

    assert [person for person in readers if Article.objects.readable_by(person).exists()] == [people.ada, people.lea]
    restrict_article(article, [people.ben], article.version, people.lea, NOW)
    assert Article.objects.readable_by(people.ben).exists()


def test_what_is_said_of_one_article_is_what_its_list_holds(people: People) -> None:
    for number, (author, named) in enumerate(
        ((people.ada, []), (people.lea, [people.ben]), (people.ben, [people.ada]))
    ):
        make_article(people.desk, author, f"Open {number}\n\nNobody said anything.")
        restricted = make_article(people.desk, author, f"Restricted {number}\n\nNobody said anything.")
        restrict_article(restricted, named, restricted.version, people.lea, NOW)
    everybody = (people.ada, people.ben, people.lea, people.amir, people.cleo)

    listed = {person: set(Article.objects.readable_by(person)) for person in everybody}

    assert [len(listed[person]) for person in everybody] == [5, 5, 6, 0, 0]
    for person in everybody:
        assert {article for article in Article.objects.all() if may_read(person, article)} == listed[person]
    assert [hidden_from(person).count() for person in everybody] == [1, 1, 0, 0, 0]


def test_an_article_that_is_hidden_hides_its_statements_its_pairs_and_their_claims(people: People) -> None:
    pairs = {day: make_bridge_pair(people.desk, people.ada, day) for day in ("Monday", "Tuesday", "Wednesday")}
    across = make_pair(pairs["Wednesday"].a.article, pairs["Monday"].a, pairs["Wednesday"].b)
    for day, named in (("Monday", []), ("Tuesday", [people.ben])):
        article = pairs[day].a.article
        restrict_article(article, named, article.version, people.lea, NOW)
    for pair in (*pairs.values(), across):
        make_claim(pair, people.lea)
    theirs = make_bridge_pair(people.other_desk, people.cleo)

    for person in (people.ada, people.ben, people.lea, people.amir, people.cleo):
        seen = {one for one in (*pairs.values(), across, theirs) if _reads_both(person, one)}
        assert set(ConflictPair.objects.readable_by(person)) == seen
        assert set(Claim.objects.readable_by(person)) == set(Claim.objects.filter(pair__in=seen))
        read = {row for row in Statement.objects.all() if may_read(person, row.article)}
        assert set(Statement.objects.readable_by(person)) == read
    assert set(ConflictPair.objects.readable_by(people.ben)) == {pairs["Tuesday"], pairs["Wednesday"]}


def _reads_both(person: User, pair: ConflictPair) -> bool:
    return may_read(person, pair.a.article) and may_read(person, pair.b.article)


def test_other_desks_and_admins_read_no_article(people: People) -> None:
    make_article(people.desk, people.ada)

    assert not Article.objects.readable_by(people.cleo).exists()
    assert not Article.objects.readable_by(people.amir).exists()


def test_a_reporter_restricts_only_their_own(people: People) -> None:
    article = make_article(people.desk, people.lea)

    with pytest.raises(NotAllowed):
        restrict_article(article, [], article.version, people.ada, NOW)


def test_archiving_takes_an_article_off_the_lists_and_keeps_it(people: People) -> None:
    article = make_article(people.desk, people.ada)

    archive_article(article, article.version, people.ada, NOW)

    assert not Article.objects.current().exists()
    assert article.current.text
    with pytest.raises(StaleVersion):
        archive_article(article, 1, people.ada, NOW)


def test_articles_added_together_stand_or_fall_together(people: People) -> None:
    new = [NewArticle(f"{words}\n\nText.", outlet=words, adds_outlet=True) for words in ("One", "Two", "Three")]
    before = counts()

    with pytest.raises(UnfitArticle):
        add_articles([*new, NewArticle(" ")], people.desk, people.ada, NOW)
    with pytest.raises(NotTogether):
        add_articles([*new, new[0]], people.desk, people.ada, NOW)
    assert counts() == before
    added = add_articles(new, people.desk, people.ada, NOW)

    assert [(article.title, str(article.outlet)) for article in added] == [(w, w) for w in ("One", "Two", "Three")]
    assert counts() == (3, 3, 3, 3)
    with pytest.raises(ArticleAlreadyHere, match="“Two”"):
        add_articles([NewArticle("Four\n\nText."), new[1]], people.desk, people.ada, NOW)
    assert counts() == (3, 3, 3, 3)
