"""How long a session lasts: so many hours in all, so many minutes without use."""

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGUN, SEEN = "begun", "seen"
NOTED_EVERY = 60.0  # seconds between notes of use: each is a write


def is_over(session: SessionBase, now: datetime, *, is_used: bool = True) -> bool:
    """Whether a session has ended; notes its beginning and, once a minute, its use, where it is one."""
    at = now.timestamp()
    begun, seen = session.setdefault(BEGUN, at), session.setdefault(SEEN, at)
    if at - begun >= settings.SESSION_HOURS * 3600 or at - seen >= settings.SESSION_IDLE_MINUTES * 60:
        return True
    if is_used and at - seen >= NOTED_EVERY:
        session[SEEN] = at
    return False
