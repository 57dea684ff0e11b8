"""The last acts of a session, so that one key takes them back, the last one first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.corpus.models import ConflictPair, Decision
from factcheck.ledger.models import Job

KEY, MOST = "last_acts", 20


@dataclass(frozen=True, slots=True)
class LastAct:
    """What was done last, and to what, both in words; and the form that takes it back: its address and its fields."""

    did: str
    about: str
    address: str
    fields: dict[str, str]


def remember(session: SessionBase, did: str, about: object, address: str, **fields: object) -> None:
    """Keep what was just done; it is what one key takes back now. An address takes back the last of its own alone."""
    forget(session, address)
    act = LastAct(did, str(about), address, {name: str(value) for name, value in fields.items()})
    session[KEY] = [*_kept(session), asdict(act)][-MOST:]


def forget(session: SessionBase, address: str) -> None:
    """This was taken back, or cannot be any more."""
    session[KEY] = [kept for kept in _kept(session) if kept["address"] != address]


def last_act(session: SessionBase) -> LastAct | None:
    """What one key would take back."""
    kept = _kept(session)
    return LastAct(**kept[-1]) if kept else None


def remember_decision(session: SessionBase, pair: ConflictPair) -> None:
    """Keep what was just decided."""
    did = _("Decided: %(decision)s") % {"decision": Decision(pair.decision).label}
    remember(session, did, pair, reverse("workbench:conflict-reopen", args=[pair.pk]), version=pair.version)


def remember_bulk(session: SessionBase, run: Job, did: str) -> None:
    """Keep what was just begun with many things."""
    remember(session, did, len(run.parameters["rows"]), reverse("workbench:bulk-undo", args=[run.pk]))


def _kept(session: SessionBase) -> list[Mapping[str, Any]]:
    return list(session.get(KEY, []))
