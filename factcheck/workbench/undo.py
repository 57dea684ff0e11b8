"""The last acts of a session, so that one key takes them back, the last one first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from factcheck.corpus.models import ConflictPair, Decision
from factcheck.ledger.models import Job

KEY, MOST = "last_acts", 20
TAKES_BACK = {"decision": "workbench:conflict-reopen", "bulk": "workbench:bulk-undo"}


@dataclass(frozen=True, slots=True)
class LastAct:
    """What was done last: of which sort, to what, its version since where it has one, and both in words."""

    sort: str
    subject_id: str
    version: int | None
    label: str
    about: str

    @property
    def address(self) -> str:
        """Where it is taken back."""
        return reverse(TAKES_BACK[self.sort], args=[self.subject_id])


def remember_decision(session: SessionBase, pair: ConflictPair) -> None:
    """Keep what was just decided."""
    label = str(Decision(pair.decision).label)
    _remember(session, LastAct("decision", str(pair.pk), pair.version, label, str(pair)))


def remember_bulk(session: SessionBase, run: Job, words: str) -> None:
    """Keep what was just begun with many things."""
    _remember(session, LastAct("bulk", str(run.pk), None, words, str(len(run.parameters["rows"]))))


def forget_act(session: SessionBase, subject_id: object) -> None:
    """This was taken back, or cannot be any more."""
    session[KEY] = [kept for kept in _kept(session) if kept["subject_id"] != str(subject_id)]


def last_act(session: SessionBase) -> LastAct | None:
    """What one key would take back."""
    kept = _kept(session)
    return LastAct(**kept[-1]) if kept else None


def _remember(session: SessionBase, act: LastAct) -> None:
    forget_act(session, act.subject_id)
    session[KEY] = [*_kept(session), asdict(act)][-MOST:]


def _kept(session: SessionBase) -> list[Mapping[str, Any]]:
    return list(session.get(KEY, []))
