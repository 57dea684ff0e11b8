"""The numbers of the rail: what the lists hold, at every page anew."""

from dataclasses import asdict

from factcheck.corpus.models import Decision
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.newsroom.models import Membership, Role, User
from factcheck.workbench.screens.rail_counts import count_for
from tests.factories import NOW, make_bridge_pair, make_claim, make_submitted
from tests.people import People


def numbers(person: User) -> dict[str, int]:
    """What is not none, for a person as a request reads them."""
    found = asdict(count_for(User.objects.get(pk=person.pk)))
    return {name: number for name, number in found.items() if number}


def test_each_person_is_shown_their_own_numbers(people: People) -> None:
    claimed, _ = (make_bridge_pair(people.desk, people.ada, day) for day in ("Monday", "Tuesday"))
    make_submitted(make_claim(claimed, people.ben, people.ben, people.lea), people.ben)

    desk = {"conflicts": 2, "claims": 1, "articles": 2}
    assert numbers(people.ada) == desk, "a reporter approves nothing"
    assert numbers(people.ben) == desk | {"notices": 1}, "a second person has his verdict"
    assert numbers(people.lea) == desk | {"to_approve": 1}
    assert numbers(people.amir) == numbers(people.cleo) == {}


def test_what_was_counted_before_is_counted_anew(people: People) -> None:
    decided, hidden, _ = (make_bridge_pair(people.desk, people.ada, day) for day in ("Monday", "Friday", "Sunday"))
    assert numbers(people.ben) == {"conflicts": 3, "articles": 3}

    decide_conflict(decided, Decision.CONFLICT, decided.version, people.ben, now=NOW)
    restrict_article(hidden.a.article, [], hidden.a.article.version, people.lea, NOW)

    assert numbers(people.ben) == {"conflicts": 1, "articles": 2}
    Membership.objects.filter(user=people.ben).update(role=Role.LEAD)
    assert numbers(people.ben) == {"conflicts": 2, "articles": 3}
    Membership.objects.filter(user=people.ben).delete()
    assert numbers(people.ben) == {}
