"""Outlets: found by name; a new one only where somebody says so."""

import difflib

from factcheck.corpus.errors import UnknownOutlet
from factcheck.corpus.models import Outlet
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change
from factcheck.newsroom.models import Desk

LONGEST_NAME = 160


def find_outlet(change: Change, desk: Desk, name: str, *, adds: bool) -> Outlet | None:
    """The desk's outlet of this name; a new one where `adds`; None for no name.

    Raises:
        UnknownOutlet: there is none of this name; the message names the nearest.
    """
    name = " ".join(clean_text(name).text.split())[:LONGEST_NAME]
    if not name:
        return None
    if adds:
        outlet = Outlet(desk=desk, name=name, name_key=Outlet.key_of(name))
        Outlet.objects.bulk_create([outlet], ignore_conflicts=True)
    found = Outlet.objects.filter(desk=desk, name_key=Outlet.key_of(name)).first()
    if found is None:
        raise UnknownOutlet(_unknown(desk, name))
    if found.seq is None:
        change.touch(found)
        change.audit("add_outlet", found, desk_id=desk.pk, name=name)
    return found


def _unknown(desk: Desk, name: str) -> str:
    known = list(Outlet.objects.filter(desk=desk).values_list("name", flat=True))
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"The desk has no outlet named “{name}”.{meant} Choose one that it has, or say that this one is new."
