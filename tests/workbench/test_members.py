"""People: invited by a link that works once, raised by two admins, let in no more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factcheck.newsroom.entry import LASTS, ask_role, confirm_role, find_link, invite, offer_password, withdraw_link
from factcheck.newsroom.errors import LinkSpent, NotAllowed, OwnRights, RoleAsked, UnfitInvitation
from factcheck.newsroom.models import EntryLink, Membership, Role, RoleRequest, User
from tests.factories import NOW
from tests.people import People, make_person
from tests.workbench.conftest import SignedIn
from tests.workbench.test_pages import queries_of

LONG = "a-long-enough-password"


@pytest.fixture
def amir(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.amir)


@pytest.fixture
def omar(people: People) -> User:
    return make_person("Omar", people.desk, Role.ADMIN)


def roles(person: User) -> list[str]:
    return list(Membership.objects.filter(user=person).values_list("role", flat=True))


def join(client: Client, key: str, **fields: Any) -> Any:
    said = {"key": key, "username": "nina", "name": "Nina Rossi", "password": LONG, "again": LONG}
    return client.post(reverse("workbench:join"), said | fields)


def test_somebody_is_invited_joins_once_and_signs_in(people: People, amir: Client, client: Client) -> None:
    fields = {"desk": str(people.desk.pk), "name": "Nina", "role": "reporter"}
    page = amir.post(reverse("workbench:person-invite"), fields)
    address = page.context["screen"].address
    key = address.partition("?key=")[2]

    assert client.get(address).status_code == 200
    assert join(client, key).status_code == 302
    nina = User.objects.get(username="nina")

    assert (str(nina), roles(nina)) == ("Nina Rossi", ["reporter"])
    assert client.login(username="nina", password=LONG)
    assert key not in str(EntryLink.objects.values().get())
    assert join(Client(), key, username="other").status_code == 409


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "ada"}, "Somebody signs in as “ada” already"),
        ({"again": "something-else-long"}, "These two passwords differ"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"username": ""}, "This field is required"),
    ],
)
def test_what_cannot_join_is_said_and_the_link_stays(
    people: People, client: Client, fields: dict[str, str], words: str
) -> None:
    _, key = invite("Nina", Role.REPORTER, people.desk, people.amir, timezone.now())

    answer = join(client, key, **fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert find_link(key, timezone.now()).name == "Nina"


def test_a_link_ends_with_its_time_and_when_it_is_withdrawn(people: People, now: datetime) -> None:
    link, key = invite("Nina", Role.REPORTER, people.desk, people.amir, now)
    _, other = invite("Nina", Role.REPORTER, people.desk, people.amir, now)

    withdraw_link(link, people.amir, now)

    assert find_link(other, now + LASTS - timedelta(seconds=1)).name == "Nina"
    for spent, at in ((key, now), (other, now + LASTS), ("nothing", now)):
        with pytest.raises(LinkSpent):
            find_link(spent, at)


def test_a_new_password_is_set_by_a_link_and_ends_all_sessions(
    people: People, signed_in: SignedIn, client: Client
) -> None:
    ben = signed_in(people.ben)
    _, key = offer_password(people.ben, people.desk, people.amir, timezone.now())

    answer = client.post(reverse("workbench:join"), {"key": key, "password": LONG, "again": LONG})

    assert answer.status_code == 302
    assert client.login(username="ben", password=LONG)
    assert ben.get("/account/").status_code == 302
    with pytest.raises(LinkSpent):
        find_link(key, timezone.now())


def test_a_role_that_raises_somebody_takes_a_second_admin(people: People, omar: User) -> None:
    request = ask_role(people.ada, Role.LEAD, people.desk, people.amir, NOW)
    assert request is not None
    assert roles(people.ada) == ["reporter"]
    for own in (people.amir, people.ada):
        with pytest.raises((OwnRights, NotAllowed)):
            confirm_role(request, own, NOW)
    with pytest.raises(RoleAsked):
        ask_role(people.ada, Role.ADMIN, people.desk, people.amir, NOW)

    confirm_role(request, omar, NOW)

    assert roles(people.ada) == ["lead"]
    with pytest.raises(RoleAsked):
        confirm_role(request, omar, NOW)


def test_a_lower_role_is_given_at_once_and_a_raise_too_where_there_is_no_second_admin(people: People) -> None:
    assert ask_role(people.lea, Role.REVIEWER, people.desk, people.amir, NOW) is None
    assert ask_role(people.ada, Role.REVIEWER, people.desk, people.amir, NOW) is None

    assert (roles(people.lea), roles(people.ada)) == (["reviewer"], ["reviewer"])
    with pytest.raises(OwnRights):
        ask_role(people.amir, Role.LEAD, people.desk, people.amir, NOW)


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN])
def test_nobody_is_invited_past_the_second_admin(people: People, role: Role) -> None:
    with pytest.raises(UnfitInvitation):
        invite("Nina", role, people.desk, people.amir, NOW)


def test_whoever_is_let_in_no_more_is_out_at_once(people: People, amir: Client, signed_in: SignedIn) -> None:
    ben = signed_in(people.ben)
    amir.post(reverse("workbench:person-disable", args=[people.ben.pk]))

    assert ben.get("/account/").status_code == 302
    assert "let in no more" in amir.get(reverse("workbench:people")).content.decode()
    amir.post(reverse("workbench:person-enable", args=[people.ben.pk]))
    people.ben.refresh_from_db()
    assert signed_in(people.ben).get("/").status_code == 200


def test_the_page_is_for_admins_and_shows_their_own_desks(people: People, amir: Client, signed_in: SignedIn) -> None:
    page = amir.get(reverse("workbench:people")).content.decode()

    assert "Ada" in page
    assert "Cleo" not in page
    assert signed_in(people.lea).get(reverse("workbench:people")).status_code == 403
    assert "/people/" not in signed_in(people.lea).get("/").content.decode()


def test_more_people_ask_no_more_queries(people: People, amir: Client, omar: User) -> None:
    before = queries_of(amir, reverse("workbench:people"))

    for name in ("Nora", "Noel", "Nils"):
        ask_role(make_person(name, people.desk, Role.REPORTER), Role.LEAD, people.desk, omar, NOW)
        invite(name, Role.REPORTER, people.desk, omar, timezone.now())

    assert RoleRequest.objects.count() == 3
    assert queries_of(amir, reverse("workbench:people")) <= before
