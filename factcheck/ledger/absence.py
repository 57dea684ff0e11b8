"""When the database is away: what it raises then, and what it raises of its own accord while it is there."""

from django.db import InterfaceError, InternalError, OperationalError

IDLE_TOO_LONG = "25P03"  # PostgreSQL cut a session that stood still inside a transaction


def is_database_away(error: BaseException | None) -> bool:
    """Whether the database failed and not what asked it: it restarted, cut our session, was locked or full.

    Nothing of what was asked is committed, or nobody knows; asking again a little later is right.
    """
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) == IDLE_TOO_LONG
    return isinstance(error, OperationalError | InterfaceError)
