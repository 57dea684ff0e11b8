"""Opening desks and adding people to them; part of the change of whoever sets a newsroom up."""

from dataclasses import dataclass

from factcheck.ledger.changes import Change
from factcheck.newsroom.models import Desk, Membership, Role, User


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to add: how they sign in, what they are called, and their role."""

    username: str
    name: str
    role: Role
    password: str


def open_desk(change: Change, name: str, slug: str, *, is_demo: bool = False) -> Desk:
    """Make a desk."""
    desk = Desk.objects.create(name=name, slug=slug, is_demo=is_demo)
    change.audit("open_desk", desk, desk_id=desk.pk, name=name, is_demo=is_demo)
    return desk


def add_member(change: Change, desk: Desk, new: NewMember) -> User:
    """Make a person and add them to a desk."""
    person = User(username=new.username, name=new.name)
    person.set_password(new.password)
    person.save(force_insert=True)
    Membership.objects.create(user=person, desk=desk, role=new.role)
    change.audit("add_member", person, desk_id=desk.pk, name=new.name, role=new.role.value)
    return person
