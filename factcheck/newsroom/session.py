from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from factcheck.ledger.settled import Place, Settled

_OPEN: Final = Settled[Session](
    lambda: Session.objects.filter(session_key=Place(0, CharField()), expire_date__gt=Place(1, DateTimeField()))
)


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is found: every request of a browser does."""

    def _get_session_from_db(self) -> Any:
        found = _OPEN.ask(self.session_key, timezone.now())
        if not found:
            self._session_key = None  # as Django's own: such a key opens nothing, and shall not be taken up
        return next(iter(found), None)
