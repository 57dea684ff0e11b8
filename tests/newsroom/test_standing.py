"""A question that is settled for all who stand alike gives each of them their own rows."""

from factcheck.corpus.models import Article
from factcheck.corpus.services.articles import restrict_article
from factcheck.newsroom.models import Desk, Membership, Role, User
from factcheck.newsroom.standing import SettledFor, stand
from tests.factories import NOW, make_article
from tests.people import People, make_person

ARTICLES = SettledFor[Article](lambda person: Article.objects.readable_by(person).order_by("title"))


def test_whoever_stands_alike_is_given_their_own(people: People) -> None:
    bo, third = make_person("Bo", people.other_desk, Role.REVIEWER), Desk.objects.create(name="Third", slug="third")
    for desk, author in ((people.desk, people.lea), (people.other_desk, people.cleo)):
        for title in ("Open", "Named", "Hidden"):
            make_article(desk, author, f"{title} {desk.slug}\n\nNobody said anything.")
    for article in Article.objects.exclude(title__startswith="Open"):
        named = [people.ben, bo] if article.title == "Named city" else []
        lead = people.lea if article.desk == people.desk else people.cleo
        restrict_article(article, [one for one in named if article.desk_id in one.roles], article.version, lead, NOW)
    Membership.objects.create(user=people.amir, desk=third, role=Role.LEAD)
    everybody = [
        User.objects.get(pk=one.pk) for one in (people.ada, people.ben, bo, people.lea, people.cleo, people.amir)
    ]

    assert stand(everybody[1])[0] == stand(everybody[2])[0] != stand(everybody[3])[0]
    for person in everybody:
        assert ARTICLES.ask(person) == list(Article.objects.readable_by(person).order_by("title"))
    assert [row.title for row in ARTICLES.ask(everybody[1])] == ["Named city", "Open city"]
    assert [row.title for row in ARTICLES.ask(everybody[2])] == ["Open sports"]
    assert ARTICLES.ask(everybody[5]) == []


def test_whoever_is_let_in_no_more_is_given_nothing(people: People) -> None:
    make_article(people.desk, people.ada)
    assert len(ARTICLES.ask(people.ben)) == 1

    User.objects.filter(pk=people.ben.pk).update(is_active=False)

    assert ARTICLES.ask(User.objects.get(pk=people.ben.pk)) == []
