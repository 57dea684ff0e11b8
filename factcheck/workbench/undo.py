"""The last acts of a session, so that one key takes them back, the last one first, and another does them again.

A view says what it did and what would take that back. Whether this was something new, an act taken back or one done
again is read from the form that was sent: it is one that stands here, or it is not.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.corpus.models import ConflictPair, Decision
from factcheck.ledger.models import Job
from factcheck.ledger.wording import grouped
from factcheck.workbench.requests import DeskRequest

DONE, TAKEN_BACK, MOST = "last_acts", "acts_taken_back", 20


@dataclass(frozen=True, slots=True)
class LastAct:
    """What was done, and to what, both in words; and the form that takes it back or does it again."""

    did: str
    about: str
    address: str
    fields: dict[str, str]

    def is_sent_by(self, request: DeskRequest) -> bool:
        """Whether this request is the form of this act."""
        is_here = request.method == "POST" and request.path == self.address
        return is_here and all(request.POST.get(name) == value for name, value in self.fields.items())


def remember(request: DeskRequest, did: str, about: object, address: str, **fields: object) -> None:
    """Keep what was just done; posting `fields` to `address` would take it back.

    An act taken back waits to be done again; one done again waits to be taken back. Anything else is new: what was
    taken back before it cannot be done again. An address takes back the last of its own alone.
    """
    _sort_in(request, LastAct(did, str(about), address, {name: str(value) for name, value in fields.items()}))


def _sort_in(request: DeskRequest, act: LastAct) -> None:
    session = request.session
    undone, redone = _sent_by(request, DONE), _sent_by(request, TAKEN_BACK)
    if undone:
        _drop(session, DONE, undone)
        _put(session, TAKEN_BACK, replace(act, did=undone.did, about=undone.about))
    elif redone:
        _drop(session, TAKEN_BACK, redone)
        _put(session, DONE, replace(act, did=redone.did, about=redone.about))
    else:
        session.pop(TAKEN_BACK, None)
        _put(session, DONE, act)


def forget(request: DeskRequest) -> None:
    """What this request asked for cannot be done any more: no key shall ask again."""
    for stack in (DONE, TAKEN_BACK):
        if found := _sent_by(request, stack):
            _drop(request.session, stack, found)


def last_act(session: SessionBase) -> LastAct | None:
    """What one key would take back."""
    return next(reversed(_kept(session, DONE)), None)


def last_taken_back(session: SessionBase) -> LastAct | None:
    """What one key would do again."""
    return next(reversed(_kept(session, TAKEN_BACK)), None)


def remember_decision(request: DeskRequest, pair: ConflictPair) -> None:
    """Keep what was just decided."""
    did = _("Decided: %(decision)s") % {"decision": Decision(pair.decision).label}
    remember(request, did, pair, reverse("workbench:conflict-reopen", args=[pair.pk]), version=pair.version)


def remember_bulk(request: DeskRequest, run: Job, did: str) -> None:
    """Keep what was just begun with many things, or begun to be taken back."""
    verb = "workbench:bulk-redo" if run.parent_id else "workbench:bulk-undo"
    count = len(run.parameters["rows"])
    about = ngettext("%(count)s row", "%(count)s rows", count) % {"count": grouped(count)}
    remember(request, did, about, reverse(verb, args=[run.pk]))


def _put(session: SessionBase, stack: str, act: LastAct) -> None:
    _drop(session, stack, act)
    session[stack] = [*session[stack], asdict(act)][-MOST:]


def _drop(session: SessionBase, stack: str, act: LastAct) -> None:
    session[stack] = [asdict(one) for one in _kept(session, stack) if one.address != act.address]


def _sent_by(request: DeskRequest, stack: str) -> LastAct | None:
    return next((act for act in reversed(_kept(request.session, stack)) if act.is_sent_by(request)), None)


def _kept(session: SessionBase, stack: str) -> list[LastAct]:
    rows: list[Mapping[str, Any]] = session.get(stack, [])
    return [LastAct(**row) for row in rows]
