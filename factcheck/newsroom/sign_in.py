"""Signing in and out: how often a name may be tried, and what the audit keeps of it."""

import math
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from factcheck.ledger.changes import record_change
from factcheck.newsroom.errors import TooManyAttempts
from factcheck.newsroom.models import SignInPace, User

# The generic cell rate algorithm: ten tries at once, then one every six seconds, with one number kept per name and
# address and one conditional UPDATE, so that tries sent side by side count as well.
TRIES, STEP = 10, 6.0
BURST = STEP * (TRIES - 1)
FORGOTTEN = 3600.0


def spend_try(name: str, address: str, now: datetime) -> None:
    """Count a try of a name from an address, before its password is looked at.

    Raises:
        TooManyAttempts: more than ten a minute; others, and the same name from elsewhere, go on.
    """
    at, key = now.timestamp(), _key_of(name, address)
    SignInPace.objects.filter(until__lt=at - FORGOTTEN).delete()
    SignInPace.objects.bulk_create([SignInPace(key=key, until=at)], ignore_conflicts=True)
    tried = SignInPace.objects.filter(key=key)
    if not tried.filter(until__lte=at + BURST).update(until=Greatest(F("until"), Value(at)) + STEP):
        until = tried.values_list("until", flat=True).first() or at
        raise TooManyAttempts(max(math.ceil(until - BURST - at), 1))


def record_sign_in(person: User, address: str, now: datetime) -> None:
    """Keep that a person signed in, and forget the tries before."""
    SignInPace.objects.filter(key=_key_of(person.username, address)).delete()
    with record_change(actor=person, now=now) as change:
        change.audit("sign_in", person, desk_id=None, address=address)


def record_failed_sign_in(name: str, address: str, now: datetime) -> None:
    """Keep that somebody failed. A name that nobody has is not kept: it may be a password typed one field too early."""
    person = User.objects.filter(username=name).first()
    with record_change(actor=None, now=now) as change:
        change.audit("fail_sign_in", person or User(), desk_id=None, address=address, known=person is not None)


def record_sign_out(person: User, now: datetime) -> None:
    """Keep that a person signed out."""
    with record_change(actor=person, now=now) as change:
        change.audit("sign_out", person, desk_id=None)


def _key_of(name: str, address: str) -> str:
    return salted_hmac("factcheck.sign_in", f"{name.strip().casefold()}\n{_home_of(address)}").hexdigest()[:64]


def _home_of(address: str) -> str:
    """The address; of a long one (IPv6) the half that a household has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else str(found)
