from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Give an opaque public id: UUIDv7 (RFC 9562), ordered by time for the index, unguessable by its random bits."""
    return uuid7()
