from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Role, User
from factcheck.newsroom.permissions import TABLE, Action, Reach, desks_reached, may, require, require_somewhere
from tests.people import People, make_person


@dataclass
class Thing:
    """Something of a desk, owned by some people."""

    desk_id: UUID
    owners: frozenset[UUID] = field(default_factory=frozenset)

    def owner_ids(self) -> frozenset[UUID]:
        return self.owners


CASES = [(action, role) for action in Action for role in Role]


@pytest.mark.parametrize(("action", "role"), CASES)
def test_the_table_decides_and_nothing_else(people: People, action: Action, role: Role) -> None:
    person = make_person(f"Person-{role}", people.desk, role)
    reach = TABLE[action].get(role)
    own, others = Thing(people.desk.pk, frozenset({person.pk})), Thing(people.desk.pk)

    assert may(person, action, own) is (reach is not None)
    assert may(person, action, others) is (reach == Reach.DESK)
    assert may(person, action, Thing(people.other_desk.pk, frozenset({person.pk}))) is False
    assert may(person, action, Thing(uuid4())) is False
    assert (people.desk.pk in desks_reached(person, action, Reach.DESK)) is (reach == Reach.DESK)


@pytest.mark.parametrize("action", Action)
def test_a_superuser_without_a_role_may_nothing(people: People, action: Action) -> None:
    root = User.objects.create_superuser("root", password="root", name="Root")

    assert may(root, action, people.desk) is False


@pytest.mark.parametrize("action", Action)
def test_a_disabled_person_may_nothing(people: People, action: Action) -> None:
    people.lea.is_active = False

    assert may(people.lea, action, people.desk) is False
    assert desks_reached(people.lea, action, Reach.DESK) == []


def test_two_roles_add_up(people: People) -> None:
    people.amir.memberships.create(desk=people.desk, role=Role.REPORTER)

    assert may(people.amir, Action.ADD_ARTICLE, people.desk)
    assert may(people.amir, Action.RETRY_JOB, people.desk)


def test_a_refusal_says_what_and_whom_to_ask(people: People) -> None:
    with pytest.raises(NotAllowed, match=r"add an article\. Ask a lead editor"):
        require(people.amir, Action.ADD_ARTICLE, people.desk)
    with pytest.raises(NotAllowed, match=r"manage people and their roles\. Ask an admin of your desk"):
        require(people.lea, Action.MANAGE_PEOPLE, people.desk)
    with pytest.raises(NotAllowed, match=r"let decisions correct the scores\. Ask an admin of your desk"):
        require_somewhere(people.ben, Action.CALIBRATE)


def test_every_action_is_in_the_table() -> None:
    assert set(TABLE) == set(Action)


def test_administration_has_no_editorial_right() -> None:
    work = {
        Action.READ_JOBS,
        Action.RETRY_JOB,
        Action.CANCEL_JOB,
        Action.READ_HISTORY,
        Action.FOLLOW_WORK,
        Action.READ_WORK,
    }
    administration = {Action.CREATE_TOKEN, Action.REVOKE_TOKEN, Action.MANAGE_PEOPLE, Action.READ_HEALTH}
    administration |= {Action.SET_RULES, Action.ROTATE_TOKEN}
    # Reports and calibrations show counts, and words only to readers.
    engine = {Action.SWITCH_ENGINE, Action.READ_SHADOW_REPORT, Action.CALIBRATE, Action.READ_CALIBRATION}
    # What flows in and out, set up by those who run the place; no words of the desk's own are decided on.
    flows = {Action.READ_FEEDS, Action.EDIT_FEED, Action.EXPORT_PUBLISHED, Action.EDIT_WEBHOOKS, Action.READ_DELIVERIES}
    editorial = set(Action) - work - administration - engine - flows

    assert [action for action in editorial if Role.ADMIN in TABLE[action]] == []
