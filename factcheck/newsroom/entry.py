"""How people come in: invited, or with a new password, by a link that works once; and how they rise, by two admins.

The key stands in the link alone. It is kept as a digest, as 256 random bits need no slow hash.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from factcheck.ledger.changes import record_change
from factcheck.newsroom.errors import LinkSpent, NameTaken, OwnRights, RoleAsked, UnfitInvitation, WeakPassword
from factcheck.newsroom.models import Desk, EntryLink, Membership, Role, RoleRequest, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, require
from factcheck.newsroom.services import change_password, change_roles
from factcheck.newsroom.tokens import digest_of

LASTS: Final = timedelta(days=7)
RESET_LASTS: Final = timedelta(hours=24)
INVITED_AS: Final = (Role.REPORTER, Role.REVIEWER)  # whoever is to lead or administer is raised afterwards, by two
RANK: Final = {Role.REPORTER: 0, Role.REVIEWER: 1, Role.LEAD: 2, Role.ADMIN: 3}
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody who was invited says of themselves."""

    username: str
    name: str
    password: str


def invite(name: str, role: Role, desk: Desk, by: User, now: datetime) -> tuple[EntryLink, str]:
    """Make an invitation; give the row and the key of its link, which nobody can read again.

    Raises:
        NotAllowed: whoever asks does not administer the desk.
        UnfitInvitation: no name, or a role that takes two admins.
    """
    require(by, Action.MANAGE_PEOPLE, desk)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise UnfitInvitation(_("Say whom the invitation is for, in at most 120 characters."))
    if role not in INVITED_AS:
        raise UnfitInvitation(
            _("Invite as reporter or reviewer. Lead editors and admins are raised afterwards, by two.")
        )
    link = EntryLink(desk=desk, name=name, role=role, made_by=by, made_at=now, expires_at=now + LASTS)
    return link, _store(link, "invite", by, now)


def offer_password(person: User, desk: Desk, by: User, now: datetime) -> tuple[EntryLink, str]:
    """Make a link by which a colleague of the desk sets a new password.

    Raises:
        NotAllowed: whoever asks does not administer all of the person's desks.
    """
    require(by, Action.MANAGE_PEOPLE, desk)
    for other in Desk.objects.filter(memberships__user=person).distinct():
        require(by, Action.MANAGE_PEOPLE, other)
    link = EntryLink(desk=desk, name=str(person), person=person, made_by=by, made_at=now, expires_at=now + RESET_LASTS)
    return link, _store(link, "offer_password", by, now)


def withdraw_link(link: EntryLink, by: User, now: datetime) -> None:
    """Make a link worthless.

    Raises:
        NotAllowed: whoever asks does not administer the desk.
    """
    require(by, Action.MANAGE_PEOPLE, link.desk)
    with record_change(actor=by, now=now) as change:
        if EntryLink.objects.open(now).filter(pk=link.pk).update(withdrawn_at=now):
            change.audit("withdraw_link", link, desk_id=link.desk_id, name=link.name)


def find_link(key: str, now: datetime) -> EntryLink:
    """The open link of this key.

    Raises:
        LinkSpent: there is none: it was used, withdrawn, has expired, or never was.
    """
    found = EntryLink.objects.open(now).filter(digest=digest_of(key)).select_related("desk", "person").first()
    if found is None:
        raise LinkSpent
    return found


def join_desk(link: EntryLink, new: Newcomer, now: datetime) -> User:
    """Make the person who was invited a member; the link is spent.

    Raises:
        LinkSpent: somebody used it first.
        NameTaken: somebody signs in under this name already.
        WeakPassword: says why.
    """
    person = User(username=new.username.strip(), name=" ".join(new.name.split()) or link.name)
    _check_password(new.password, person)
    person.set_password(new.password)
    try:
        with record_change(actor=None, now=now) as change:
            _spend(link, now)
            person.save(force_insert=True)
            Membership.objects.create(user=person, desk=link.desk, role=link.role)
            change.audit("join_desk", person, desk_id=link.desk_id, role=link.role, invited_by=str(link.made_by_id))
    except IntegrityError as error:
        raise NameTaken(
            _("Somebody signs in as “%(username)s” already. Choose another name.") % {"username": person.username}
        ) from error
    return person


def set_password(link: EntryLink, password: str, now: datetime) -> User:
    """Set the password of whom the link was made for; their sessions end, the link is spent.

    Raises:
        LinkSpent: somebody used it first.
        WeakPassword: says why.
    """
    person = link.person
    if person is None or not person.is_active:
        raise LinkSpent
    _check_password(password, person)
    with record_change(actor=None, now=now) as change:
        _spend(link, now)
        change.audit("use_password_link", person, desk_id=link.desk_id)
    change_password(person, password, person, now)
    return person


def ask_role(person: User, role: Role, desk: Desk, by: User, now: datetime) -> RoleRequest | None:
    """Give a person this role alone on a desk; one that raises them waits for another admin, where the desk has one.

    Raises:
        NotAllowed: whoever asks does not administer the desk.
        OwnRights: it is one's own, and there is no other admin to confirm it.
        RoleAsked: a change of this person's role waits already.
    """
    require(by, Action.MANAGE_PEOPLE, desk)
    if not _raises(person, role, desk) or not _others(desk, by).exists():
        change_roles(person, desk, [role], by, now)
        return None
    request = RoleRequest(desk=desk, person=person, role=role, asked_by=by, asked_at=now)
    try:
        with record_change(actor=by, now=now) as change:
            request.save(force_insert=True)
            change.audit("ask_role", person, desk_id=desk.pk, role=role.value)
    except IntegrityError as error:
        raise RoleAsked from error
    return request


def roles_waiting(person: User) -> QuerySet[RoleRequest]:
    """The roles that wait for a second admin on the desks that this person administers."""
    desks = desks_reached(person, Action.MANAGE_PEOPLE, Reach.DESK)
    return RoleRequest.objects.filter(desk__in=desks, answered_at__isnull=True).select_related(
        "desk", "person", "asked_by"
    )


def people_managed_by(person: User) -> QuerySet[User]:
    """The members of the desks that this person administers."""
    desks = desks_reached(person, Action.MANAGE_PEOPLE, Reach.DESK)
    return User.objects.filter(pk__in=Membership.objects.filter(desk__in=desks).values("user"))


def links_managed_by(person: User, now: datetime) -> QuerySet[EntryLink]:
    """The open links of the desks that this person administers."""
    desks = desks_reached(person, Action.MANAGE_PEOPLE, Reach.DESK)
    return EntryLink.objects.open(now).filter(desk__in=desks).select_related("desk", "made_by")


def confirm_role(request: RoleRequest, by: User, now: datetime) -> None:
    """Confirm as a second admin; the role is given.

    Raises:
        NotAllowed: whoever asks does not administer the desk.
        OwnRights: it was they who asked, or it is their own role.
        RoleAsked: it was answered already.
    """
    _answer(request, "confirm_role", by, now)
    change_roles(request.person, request.desk, [Role(request.role)], by, now)


def refuse_role(request: RoleRequest, by: User, now: datetime) -> None:
    """Refuse as a second admin; nothing changes.

    Raises:
        NotAllowed, OwnRights, RoleAsked: as `confirm_role`.
    """
    _answer(request, "refuse_role", by, now)


def _answer(request: RoleRequest, verb: str, by: User, now: datetime) -> None:
    require(by, Action.MANAGE_PEOPLE, request.desk)
    if by.pk in (request.asked_by_id, request.person_id):
        raise OwnRights(_("A second admin has to answer this: neither who asked, nor whose role it is."))
    with record_change(actor=by, now=now) as change:
        waiting = RoleRequest.objects.filter(pk=request.pk, answered_at__isnull=True)
        if not waiting.update(answered_at=now, answered_by=by):
            raise RoleAsked(_("This was answered already. Load the page again."))
        change.audit(verb, request.person, desk_id=request.desk_id, role=request.role)


def _raises(person: User, role: Role, desk: Desk) -> bool:
    held = Membership.objects.filter(user=person, desk=desk).values_list("role", flat=True)
    return RANK[role] > max((RANK[Role(one)] for one in held), default=-1)


def _others(desk: Desk, by: User) -> QuerySet[Membership]:
    admins = Membership.objects.filter(desk=desk, role=Role.ADMIN, user__is_active=True)
    return admins.exclude(user=by)


def _store(link: EntryLink, verb: str, by: User, now: datetime) -> str:
    key = secrets.token_urlsafe(32)
    link.digest = digest_of(key)
    with record_change(actor=by, now=now) as change:
        link.save(force_insert=True)
        change.audit(verb, link, desk_id=link.desk_id, name=link.name, role=link.role)
    return key


def _spend(link: EntryLink, now: datetime) -> None:
    if not EntryLink.objects.open(now).filter(pk=link.pk).update(used_at=now):
        raise LinkSpent


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
