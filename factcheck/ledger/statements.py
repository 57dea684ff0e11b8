"""What every change writes into the ledger, by statements that are settled beforehand.

Everybody who writes waits for the head's row, so what is done while it is held is done without building queries.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection
from django.db.models import Model

from factcheck.ledger.models import Followed, LedgerHead

_HEAD = ("seq", "audit_sequence", "audit_hash")


def lock_head() -> LedgerHead:
    """The head's row, which nobody else changes before this transaction ends."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(_HEAD)} FROM {_table(LedgerHead)} WHERE id = 1{lock}")  # noqa: S608 -- our own table
        return LedgerHead(1, *cursor.fetchone())


def write_head(head: LedgerHead) -> None:
    """Write the head's row anew."""
    values = [getattr(head, name) for name in _HEAD]
    settings = ", ".join(f"{name} = %s" for name in _HEAD)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_table(LedgerHead)} SET {settings} WHERE id = 1", values)  # noqa: S608 -- our own table


def write_numbers(model: type[Followed], rows: Sequence[Followed]) -> None:
    """Write the numbers of rows of one table.

    One prepared UPDATE a row: `bulk_update` builds a CASE of all rows while everybody waits for the head.
    """
    key = Followed._meta.pk  # noqa: SLF001 -- Django's public name
    values = [(row.seq, row.created_seq, key.get_db_prep_value(row.pk, connection)) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {_table(model)} SET seq = %s, created_seq = %s WHERE id = %s", values)  # noqa: S608 -- our own table


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one table, whose keys are not made by the database."""
    if not rows:
        return
    fields = type(rows[0])._meta.concrete_fields  # noqa: SLF001 -- Django's public name
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_insertion(type(rows[0]), len(rows)), values)


@cache
def _insertion(model: type[Model], count: int) -> str:
    columns = [connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields]  # noqa: SLF001 -- Django's public name
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"  # noqa: S608 -- our own table


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 -- Django's public name
