"""Keys for programs: made and revoked by people, found by their digest, never stored."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import CharField, DateTimeField

from factcheck.ledger.changes import record_change
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.errors import UnfitToken
from factcheck.newsroom.models import AccessToken, Desk, Role, Scope, User
from factcheck.newsroom.permissions import Action, require

PREFIX = "fct_"  # so that scanners of secrets know one when they see it
LONGEST_LIFE, LONGEST_NAME = timedelta(days=366), 80
NOTED_EVERY = timedelta(minutes=1)
_VALID_WITH_ROLES: Final = Settled[AccessToken](
    lambda: (
        AccessToken.objects.valid(Place(0, DateTimeField()))
        .filter(digest=Place(1, CharField()))
        .select_related("user")
        .with_roles()
    )
)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A key to make: which program uses it, what it opens, and for how long."""

    name: str
    scopes: Sequence[Scope] = (Scope.READ,)
    lasts: timedelta = timedelta(days=90)


def create_token(new: NewToken, desk: Desk, person: User, now: datetime) -> tuple[AccessToken, str]:
    """Make a key to a desk in one's own name; give the row and the key, which nobody can read again.

    Raises:
        NotAllowed: the person may not make keys to this desk.
        UnfitToken: no name, no scope, or a life of no time or of more than a year.
    """
    require(person, Action.CREATE_TOKEN, desk)
    key = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        user=person,
        desk=desk,
        name=_name(new.name),
        digest=digest_of(key),
        scopes=_scopes(new.scopes),
        created_at=now,
        expires_at=now + _life(new.lasts),
    )
    with record_change(actor=person, now=now) as change:
        token.save(force_insert=True)
        said = {"name": token.name, "scopes": token.scopes, "expires_at": token.expires_at.isoformat()}
        change.audit("create_token", token, desk_id=desk.pk, **said)
    return token, key


def revoke_token(token: AccessToken, person: User, now: datetime) -> None:
    """Make a key worthless, at once and for ever. Doing it again changes nothing.

    Raises:
        NotAllowed: it is neither the person's own nor one that they administer.
    """
    require(person, Action.REVOKE_TOKEN, token)
    with record_change(actor=person, now=now) as change:
        if AccessToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
            change.audit("revoke_token", token, desk_id=token.desk_id, name=token.name)
    token.refresh_from_db()


def find_token(key: str, now: datetime) -> AccessToken | None:
    """The valid token of this key, with its owner as far as it reaches, on its one desk; None for any other key."""
    rows = _VALID_WITH_ROLES.ask(now, digest_of(key))
    if not rows:
        return None
    token, roles = rows[0], frozenset(Role(row.role) for row in rows if row.role)
    token.user.roles = {token.desk_id: roles} if roles else {}
    return token


def note_token_use(token: AccessToken, now: datetime) -> None:
    """Keep when a token was used last, to the minute."""
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)


def digest_of(key: str) -> str:
    """What is stored of a key: its 256 random bits need no slow hash."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UnfitToken(f"Name the program that uses the token, in at most {LONGEST_NAME} characters.")
    return name


def _scopes(scopes: Sequence[Scope]) -> list[str]:
    if not scopes:
        raise UnfitToken("Give the token at least one scope: " + ", ".join(Scope.values) + ".")
    return sorted({Scope(scope).value for scope in scopes})


def _life(lasts: timedelta) -> timedelta:
    if not timedelta() < lasts <= LONGEST_LIFE:
        raise UnfitToken(f"A token lasts at least a moment and at most {LONGEST_LIFE.days} days.")
    return lasts
