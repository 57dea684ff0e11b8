"""Keys for programs: made and revoked by people, found by their digest, never stored."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import CharField, DateTimeField, Q, QuerySet

from factcheck.ledger.changes import record_change
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.errors import UnfitToken
from factcheck.newsroom.models import AccessToken, Desk, Role, Scope, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, require

PREFIX = "fct_"  # so that scanners of secrets know one when they see it
LONGEST_LIFE, LONGEST_NAME = timedelta(days=366), 80
LONGEST_GRACE, LARGEST_RATE = timedelta(days=30), 1_000_000
NOTED_EVERY = timedelta(minutes=1)
_VALID_WITH_ROLES: Final = Settled[AccessToken](
    lambda: (
        AccessToken.objects.valid(Place(0, DateTimeField()))
        .of_key(Place(1, CharField()), Place(0, DateTimeField()))
        .select_related("user", "desk")
        .with_roles()
    ),
    planned_once=True,
)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A key to make: which program uses it, what it opens, for how long, and how often."""

    name: str
    scopes: Sequence[Scope] = (Scope.READ,)
    lasts: timedelta = timedelta(days=90)
    rate: int | None = None  # requests a minute, where it shall be fewer than anybody may send


def create_token(new: NewToken, desk: Desk, person: User, now: datetime) -> tuple[AccessToken, str]:
    """Make a key to a desk in one's own name; give the row and the key, which nobody can read again.

    Raises:
        NotAllowed: the person may not make keys to this desk.
        UnfitToken: no name, no scope, a rate of nothing, or a life of no time or of more than a year.
    """
    require(person, Action.CREATE_TOKEN, desk)
    key = _new_key()
    token = AccessToken(
        user=person,
        desk=desk,
        name=_name(new.name),
        digest=digest_of(key),
        scopes=_scopes(new.scopes),
        created_at=now,
        expires_at=now + _life(new.lasts),
        rate=_rate(new.rate),
    )
    with record_change(actor=person, now=now) as change:
        token.save(force_insert=True)
        said = {"name": token.name, "scopes": token.scopes, "expires_at": token.expires_at.isoformat()}
        change.audit("create_token", token, desk_id=desk.pk, rate=token.rate, **said)
    return token, key


def rotate_token(token: AccessToken, grace: timedelta, person: User, now: datetime) -> str:
    """Give one's own token a new key, which nobody can read again; the old one opens for so long yet.

    Raises:
        NotAllowed: it acts in somebody else's name, or the person may not make keys any more.
        UnfitToken: it opens nothing any more, or the old key would live for more than a month.
    """
    require(person, Action.ROTATE_TOKEN, token)
    if not timedelta() <= grace <= LONGEST_GRACE:
        raise UnfitToken(f"The old key may go on for at most {LONGEST_GRACE.days} days.")
    key, old = _new_key(), (token.digest, now + grace) if grace else (None, None)
    living = AccessToken.objects.valid(now).filter(pk=token.pk, digest=token.digest)
    with record_change(actor=person, now=now) as change:
        if not living.update(digest=digest_of(key), old_digest=old[0], old_until=old[1]):
            raise UnfitToken("This token has expired, was revoked, or has a new key already. Make another token.")
        until = old[1].isoformat() if old[1] else None
        change.audit("rotate_token", token, desk_id=token.desk_id, name=token.name, old_until=until)
    token.refresh_from_db()
    return key


def tokens_shown_to(person: User) -> QuerySet[AccessToken]:
    """A person's own to desks where they make keys, and all of the desks whose keys they may revoke."""
    own, all_of = (desks_reached(person, act, Reach.DESK) for act in (Action.CREATE_TOKEN, Action.REVOKE_TOKEN))
    return AccessToken.objects.filter(Q(user=person, desk__in=own) | Q(desk__in=all_of))


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


def note_token_use(token: AccessToken, address: str, now: datetime) -> None:
    """Keep when a token was used last, to the minute, and from where."""
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=address[:45])


def digest_of(key: str) -> str:
    """What is stored of a key: its 256 random bits need no slow hash."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _new_key() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _rate(rate: int | None) -> int | None:
    if rate is not None and not 1 <= rate <= LARGEST_RATE:
        raise UnfitToken(f"A token sends at least one request a minute and at most {LARGEST_RATE:,}.")
    return rate


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
