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
    forget_correction(session)
    label = Decision(pair.decision).label
    session[KEY] = {"pair_id": str(pair.pk), "version": pair.version, "label": label, "about": str(pair)}


def forget_decision(session: SessionBase) -> None:
    """There is nothing left to take back."""
    session.pop(KEY, None)


def last_decision(session: SessionBase) -> LastDecision | None:
    """What one key would take back."""
    kept = session.get(KEY)
    return LastDecision(**kept) if kept else None


CORRECTION = "last_correction"


@dataclass(frozen=True, slots=True)
class LastCorrection:
    """What was corrected last: in words, and the form that takes it back: its address and its fields."""

    did: str
    about: str
    address: str
    fields: dict[str, str]


def remember_correction(session: SessionBase, did: str, about: object, address: str, **fields: object) -> None:
    """Keep what was just corrected; it is what one key takes back now."""
    forget_decision(session)
    said = {name: str(value) for name, value in fields.items()}
    session[CORRECTION] = {"did": did, "about": str(about), "address": address, "fields": said}


def forget_correction(session: SessionBase) -> None:
    """There is nothing left to take back."""
    session.pop(CORRECTION, None)


def last_correction(session: SessionBase) -> LastCorrection | None:
    """What one key would take back on the reader and on a speaker's page."""
    kept = session.get(CORRECTION)
    return LastCorrection(**kept) if kept else None
