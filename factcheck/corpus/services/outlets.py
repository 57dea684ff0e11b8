"""Outlets: found by name; a new one only where somebody says so; renamed."""

import difflib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import CharField, UUIDField
from django.utils.translation import gettext as _

from factcheck.corpus.errors import UnfitOutlet, UnknownOutlet
from factcheck.corpus.models import Outlet
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.settled import Place, Settled
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

LONGEST_NAME = 160


def find_outlets(
    change: Change, desk: Desk, names: Collection[str], to_add: Collection[str]
) -> dict[str, Outlet | None]:
    """The desk's outlets of these names; those `to_add` are made where they are missing; None for no name.

    Raises:
        UnknownOutlet: there is none of this name; the message names the nearest.
    """
    clean = {name: " ".join(clean_text(name).text.split())[:LONGEST_NAME] for name in names}
    keys = {name: Outlet.key_of(shown) for name, shown in clean.items()}
    rows = _known_or_added(desk, set(keys.values()), {clean[name] for name in to_add} - {""})
    known: dict[str, Outlet | None] = {"": None} | {outlet.name_key: outlet for outlet in rows}
    if missing := next((name for name, key in keys.items() if key not in known), ""):
        raise UnknownOutlet(_unknown(desk, clean[missing]))
    _note_new(change, rows)
    return {name: known[key] for name, key in keys.items()}


def _known_or_added(desk: Desk, keys: Collection[str], to_add: Collection[str]) -> list[Outlet]:
    """The outlets of these keys. They are looked for first, as nearly always all of them are there."""
    rows = _known(desk, keys)
    there = {outlet.name_key for outlet in rows}
    if {Outlet.key_of(name) for name in to_add} <= there:
        return rows
    _add(desk, to_add)
    return _known(desk, keys)


def _known(desk: Desk, keys: Collection[str]) -> list[Outlet]:
    """The outlets of these keys; mostly it is one."""
    if len(keys) == 1:
        return _ONE.ask(desk.pk, *keys)
    return list(Outlet.objects.filter(desk=desk, name_key__in=keys))


_ONE: Final = Settled[Outlet](
    lambda: Outlet.objects.filter(desk=Place(0, UUIDField()), name_key=Place(1, CharField())), planned_once=True
)


def _note_new(change: Change, outlets: Iterable[Outlet]) -> None:
    for outlet in outlets:
        if outlet.seq is None:
            change.touch(outlet)
            change.audit("add_outlet", outlet, desk_id=outlet.desk_id, name=outlet.name)


def _add(desk: Desk, names: Collection[str]) -> None:
    # In one order everywhere: two requests that each wait for the other's outlets would be a deadlock.
    rows = [Outlet(desk=desk, name=name, name_key=Outlet.key_of(name)) for name in names]
    in_order = sorted(rows, key=lambda outlet: (outlet.name_key, outlet.name))
    Outlet.objects.bulk_create(in_order, ignore_conflicts=True)


def _unknown(desk: Desk, name: str) -> str:
    known = list(Outlet.objects.filter(desk=desk).values_list("name", flat=True))
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    told = _("The desk has no outlet named “%(name)s”. Choose one that it has, or say that this one is new.")
    if near:
        told = _(
            "The desk has no outlet named “%(name)s”. Did you mean %(near)s? Choose one that it has, or say that this "
            "one is new."
        )
    return told % {"name": name, "near": _(" or ").join(near)}


def rename_outlet(outlet: Outlet, name: str, version: int, person: User, now: datetime) -> None:
    """Give an outlet another name.

    Raises:
        NotAllowed: the person may not mend outlets on this desk.
        UnfitOutlet: the name is empty, too long, or another outlet's.
        StaleVersion: somebody saved first.
    """
    require(person, Action.EDIT_OUTLET, outlet)
    shown = " ".join(clean_text(name).text.split())
    if not shown or len(shown) > LONGEST_NAME:
        raise UnfitOutlet(
            _("The name has %(count)s characters; an outlet needs 1 to %(longest_name)s.")
            % {"count": grouped(len(shown)), "longest_name": LONGEST_NAME}
        )
    before = outlet.name
    try:
        with record_change(actor=person, now=now) as change:
            change.edit(outlet, version, name=shown, name_key=Outlet.key_of(shown))
            change.audit("rename_outlet", outlet, desk_id=outlet.desk_id, before=before, after=shown)
    except IntegrityError as error:
        raise UnfitOutlet(
            _("The desk has an outlet named “%(shown)s” already. Choose another name.") % {"shown": shown}
        ) from error
