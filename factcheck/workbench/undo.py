"""The last decision of a session, so that one key takes it back."""

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from factcheck.corpus.models import ConflictPair, Decision

KEY = "last_decision"


@dataclass(frozen=True, slots=True)
class LastDecision:
    """What was decided last: the pair, its version since, and the decision in words."""

    pair_id: str
    version: int
    label: str
    about: str


def remember_decision(session: SessionBase, pair: ConflictPair) -> None:
    """Keep what was just decided."""
    label = Decision(pair.decision).label
    session[KEY] = {"pair_id": str(pair.pk), "version": pair.version, "label": label, "about": str(pair)}


def forget_decision(session: SessionBase) -> None:
    """There is nothing left to take back."""
    session.pop(KEY, None)


def last_decision(session: SessionBase) -> LastDecision | None:
    """What one key would take back."""
    kept = session.get(KEY)
    return LastDecision(**kept) if kept else None
