from typing import Any, Final

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from factcheck.ledger.absence import is_database_away
from factcheck.ledger.settled import Place, Settled

_OPEN: Final = Settled[Session](
    lambda: Session.objects.filter(session_key=Place(0, CharField()), expire_date__gt=Place(1, DateTimeField()))
)


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is found, as every request of a browser does, and for a database away."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's own signature
        """Store what the session holds.

        Raises:
            UpdateError: the session was ended meanwhile.
            DatabaseError: the database is away; Django takes that for an ended session, and a write that was done
                would be answered as a request that cannot be read.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            why = error.__context__
            if why is not None and is_database_away(why):
                raise why from None
            raise

    def _get_session_from_db(self) -> Any:
        found = _OPEN.ask(self.session_key, timezone.now())
        if not found:
            self._session_key = None  # as Django's own: such a key opens nothing, and shall not be taken up
        return next(iter(found), None)
