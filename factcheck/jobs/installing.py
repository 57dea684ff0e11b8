"""A first installation without demo content: one desk, its lead, its admin, and rating scales to choose from."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from factcheck.claims.services.ratings import add_rating_scale
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import Desk, Role, User
from factcheck.newsroom.services import NewMember, add_member, open_desk


class NotInstallable(Exception):
    """Nothing was set up; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class FirstNewsroom:
    """What to set up."""

    desk: str
    slug: str
    lead: NewMember
    admin: NewMember


def set_up_newsroom(first: FirstNewsroom, scales: Path, now: datetime) -> Desk:
    """Open the first desk with its lead, its admin and the rating scales of a file, all or nothing.

    Raises:
        NotInstallable: people are here already, or a name or password will not do.
    """
    require_nobody()
    _check(first)
    rows = tomllib.loads(scales.read_text(encoding="utf-8"))["scales"]
    with record_change(actor=None, now=now) as change:
        desk = open_desk(change, first.desk, first.slug)
        for member in (first.lead, first.admin):
            add_member(change, desk, member)
        for scale in rows:
            add_rating_scale(change, desk, scale["name"], scale["ratings"])
    return desk


def require_nobody() -> None:
    """Go on only in a database without people.

    Raises:
        NotInstallable: somebody is here.
    """
    if User.objects.exists():
        raise NotInstallable("This database has people already, so nothing was changed. Admins add people.")


def _check(first: FirstNewsroom) -> None:
    if first.lead.username == first.admin.username:
        raise NotInstallable("Lead and admin are two people, as an admin edits nothing. Give two names.")
    try:
        Desk(name=first.desk, slug=first.slug).clean_fields()
        for member in (first.lead, first.admin):
            person = User(username=member.username, name=member.name)
            person.clean_fields(exclude=["password"])
            validate_password(member.password, person)
    except ValidationError as error:
        raise NotInstallable(" ".join(error.messages)) from error


def a_member(role: Role, username: str, name: str, password: str) -> NewMember:
    """A member to add; a name that is not given is the sign-in name."""
    return NewMember(username, name or username.capitalize(), role, password)
