"""The page of people: who is on the desks that one administers, who is invited, which roles wait for a second admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.newsroom.entry import LASTS, links_managed_by, roles_waiting
from factcheck.newsroom.models import Desk, EntryLink, Membership, Role, RoleRequest, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.workbench.forms_people import InviteForm


@dataclass(frozen=True, slots=True)
class Member:
    """A person on a desk with their roles there."""

    person: User
    desk: Desk
    roles: Sequence[Role]
    is_oneself: bool

    @property
    def said(self) -> str:
        """Their roles in words."""
        return ", ".join(str(role.label) for role in self.roles)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A role that waits, and whether this person may answer."""

    request: RoleRequest
    may_answer: bool


@dataclass(frozen=True, slots=True)
class PeopleScreen:
    """What the page shows; `address` once, right after a link was made."""

    members: Sequence[Member]
    links: Sequence[EntryLink]
    waiting: Sequence[Waiting]
    roles: Sequence[tuple[str, str]]
    invite: InviteForm
    days: int
    made: EntryLink | None
    address: str


def people_for(
    person: User, now: datetime, made: tuple[EntryLink, str] | None = None, invite: InviteForm | None = None
) -> PeopleScreen:
    """Gather the page in a fixed number of queries."""
    return PeopleScreen(
        members=_members(person),
        links=list(links_managed_by(person, now).order_by("-made_at")),
        waiting=[
            Waiting(request, person.pk not in (request.asked_by_id, request.person_id))
            for request in roles_waiting(person).order_by("asked_at")
        ],
        roles=[(role.value, str(role.label)) for role in Role],
        invite=invite or InviteForm(person=person),
        days=LASTS.days,
        made=made[0] if made else None,
        address=made[1] if made else "",
    )


def _members(person: User) -> list[Member]:
    desks = desks_reached(person, Action.MANAGE_PEOPLE, Reach.DESK)
    held = Membership.objects.filter(desk__in=desks).select_related("user", "desk")
    rows: dict[tuple[str, str, str], list[Membership]] = {}
    for one in held.order_by("desk__name", "user__name", "role"):
        rows.setdefault((one.desk.name, str(one.user), str(one.user_id)), []).append(one)
    return [
        Member(group[0].user, group[0].desk, [Role(one.role) for one in group], group[0].user_id == person.pk)
        for group in rows.values()
    ]
