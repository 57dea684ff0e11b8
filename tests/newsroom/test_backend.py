from typing import Any

import pytest
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.test import Client

from factcheck.newsroom.models import Membership, Role, User
from tests.people import People


def request_of(person: User) -> HttpRequest:
    """A request with this person's session, which is read already."""
    client, request = Client(), HttpRequest()
    client.force_login(person)
    request.session = client.session
    request.session.keys()
    return request


def person_of(request: HttpRequest) -> Any:
    """Who it is from."""
    return get_user(request)


def test_a_person_comes_with_all_their_roles(people: People, django_assert_num_queries: Any) -> None:
    Membership.objects.create(user=people.ben, desk=people.desk, role=Role.LEAD)
    Membership.objects.create(user=people.ben, desk=people.other_desk, role=Role.REPORTER)
    request = request_of(people.ben)

    with django_assert_num_queries(1):
        roles = person_of(request).roles

    assert roles == User.objects.get(pk=people.ben.pk).roles
    assert roles == {people.desk.pk: {Role.REVIEWER, Role.LEAD}, people.other_desk.pk: {Role.REPORTER}}


@pytest.mark.usefixtures("people")
def test_a_person_without_a_role_is_there_and_has_none(people: People) -> None:
    nobody = User.objects.create(username="nobody")

    found = person_of(request_of(nobody))

    assert (found, found.roles) == (nobody, {})


def test_a_disabled_person_is_nobody(people: People) -> None:
    request = request_of(people.ben)
    people.ben.is_active = False
    people.ben.save()

    assert not person_of(request).is_authenticated
