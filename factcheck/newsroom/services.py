"""Desks and people.

Opening and adding are part of the change of whoever sets a newsroom up; roles, passwords, disabling and ending sessions
are each a change of its own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F

from factcheck.ledger.changes import Change, record_change
from factcheck.newsroom.errors import OwnRights, WeakPassword
from factcheck.newsroom.models import Desk, Membership, PastAct, Role, User
from factcheck.newsroom.permissions import Action, require, require_somewhere


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


def change_roles(person: User, desk: Desk, roles: Collection[Role], by: User, now: datetime) -> None:
    """Give a person exactly these roles on a desk, none to take them off it; their sessions end.

    Raises:
        NotAllowed: whoever asks does not administer the desk.
        OwnRights: nobody grants a role to themselves.
    """
    require(by, Action.MANAGE_PEOPLE, desk)
    _require_another(person, by)
    with record_change(actor=by, now=now) as change:
        held = Membership.objects.filter(user=person, desk=desk)
        before = sorted(held.values_list("role", flat=True))
        held.exclude(role__in=roles).delete()
        given = [Membership(user=person, desk=desk, role=role) for role in roles]
        Membership.objects.bulk_create(given, ignore_conflicts=True)
        _end_sessions(person)
        person.__dict__.pop("roles", None)  # kept for the length of a request
        change.audit("change_roles", person, desk_id=desk.pk, before=before, after=sorted(roles))


def disable_person(person: User, by: User, now: datetime) -> None:
    """Let a person in no more; their sessions end. What they did stays theirs.

    Raises:
        NotAllowed: whoever asks does not administer all of the person's desks.
        OwnRights: nobody disables themselves.
    """
    _switch(person, by, now, active=False)


def enable_person(person: User, by: User, now: datetime) -> None:
    """Let a person in again.

    Raises:
        NotAllowed: whoever asks does not administer all of the person's desks.
        OwnRights: nobody enables themselves.
    """
    _switch(person, by, now, active=True)


def change_password(person: User, password: str, by: User, now: datetime) -> None:
    """Set a person's password: their own, or as an admin of all their desks. Their sessions end.

    Raises:
        NotAllowed: it is another's, and whoever asks does not administer all their desks.
        WeakPassword: says why.
    """
    if by.pk != person.pk:
        _require_admin_of(person, by)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    person.set_password(password)
    with record_change(actor=by, now=now) as change:
        User.objects.filter(pk=person.pk).update(password=person.password)
        _end_sessions(person)
        change.audit("change_password", person, desk_id=None)


def end_sessions(person: User, by: User, now: datetime) -> None:
    """Sign a person out everywhere: oneself, or as an admin of all their desks.

    Raises:
        NotAllowed: it is another, and whoever asks does not administer all their desks.
    """
    if by.pk != person.pk:
        _require_admin_of(person, by)
    with record_change(actor=by, now=now) as change:
        _end_sessions(person)
        change.audit("end_sessions", person, desk_id=None)


def _switch(person: User, by: User, now: datetime, *, active: bool) -> None:
    _require_admin_of(person, by)
    _require_another(person, by)
    with record_change(actor=by, now=now) as change:
        User.objects.filter(pk=person.pk).update(is_active=active)
        _end_sessions(person)
        change.audit("enable_person" if active else "disable_person", person, desk_id=None)


def _end_sessions(person: User) -> None:
    """End them all; what a key would take back is forgotten with them, as its words may not be theirs to read now."""
    PastAct.objects.filter(person=person).delete()
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db()


def _require_another(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise OwnRights


def _require_admin_of(person: User, by: User) -> None:
    require_somewhere(by, Action.MANAGE_PEOPLE)
    for desk in Desk.objects.filter(memberships__user=person).distinct():
        require(by, Action.MANAGE_PEOPLE, desk)
