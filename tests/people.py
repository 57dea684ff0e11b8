"""The people of every test: Ada reports, Ben reviews, Lea leads, Amir administers, Cleo is of another desk."""

from dataclasses import dataclass

from factcheck.newsroom.models import Desk, Membership, Role, User
from tests.replaying import replayed


@dataclass(frozen=True, slots=True)
class People:
    """One desk with a person per role, and another desk with Cleo, who leads there."""

    desk: Desk
    other_desk: Desk
    ada: User
    ben: User
    lea: User
    amir: User
    cleo: User


@replayed
def make_person(name: str, desk: Desk, role: Role) -> User:
    """A person with a role on a desk; signs in by their first name, with the same word as password."""
    person = User.objects.create_user(username=name.lower(), password=name.lower(), name=name)
    Membership.objects.create(user=person, desk=desk, role=role)
    return person


@replayed
def make_people() -> People:
    """Both desks and everybody."""
    desk = Desk.objects.create(name="City desk", slug="city")
    other = Desk.objects.create(name="Sports desk", slug="sports")
    return People(
        desk=desk,
        other_desk=other,
        ada=make_person("Ada", desk, Role.REPORTER),
        ben=make_person("Ben", desk, Role.REVIEWER),
        lea=make_person("Lea", desk, Role.LEAD),
        amir=make_person("Amir", desk, Role.ADMIN),
        cleo=make_person("Cleo", other, Role.LEAD),
    )
