"""Questions that PostgreSQL reads and plans once for each connection: for what every request asks.

It takes longer to read and plan a short question than to answer it. Django sends each as one text with its values in
it, new every time; here the values go beside it, to a prepared statement of the server.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection


def ask_prepared(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a question with a `%s` for each value; on SQLite, whose driver keeps what it has read, as always."""
    with connection.cursor() as cursor:  # Django sees to it that there is a connection, and that it is alive
        if connection.vendor == "postgresql" and not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
            connection.connection.prepare_threshold = 0  # of its other cursors none can prepare
            cursor.cursor = _preparing()(connection.connection)
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@cache
def _preparing() -> Any:
    from django.db.backends.postgresql.base import ServerBindingCursor  # megabytes, idle on SQLite

    return ServerBindingCursor
