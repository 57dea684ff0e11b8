"""What every change writes into the ledger, by statements that are settled beforehand.

Everybody who writes waits for the head's row, so what is done while it is held is done without building queries.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault

from factcheck.ledger.models import Followed, LedgerHead, Versioned
from factcheck.ledger.prepared import ask_prepared

Statement = tuple[str, list[Any]]  # SQL and the values of its places

_HEAD = ("seq", "audit_sequence", "audit_hash")


def lock_head() -> LedgerHead:
    """The head's row, which nobody else changes before this transaction ends."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    asked = f"SELECT {', '.join(_HEAD)} FROM {_table(LedgerHead)} WHERE id = 1{lock}"  # noqa: S608 -- our own table
    ((seq, audit_sequence, audit_hash),) = ask_prepared(asked, ())
    return LedgerHead(1, seq, audit_sequence, audit_hash)


# Asking a field what it makes of a value costs more than writing it; of these it makes the same.
_PLAIN: Final[dict[type, type]] = {
    models.CharField: str,
    models.TextField: str,
    models.BigIntegerField: int,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.SmallIntegerField: int,
}


def writing_head(head: LedgerHead) -> Statement:
    """Write the head's row anew."""
    values = [getattr(head, name) for name in _HEAD]
    settings = ", ".join(f"{name} = %s" for name in _HEAD)
    return f"UPDATE {_table(LedgerHead)} SET {settings} WHERE id = 1", values  # noqa: S608 -- our own table


def writing_numbers(rows: Collection[Followed]) -> list[Statement]:
    """Write the numbers of these rows: on PostgreSQL all of a table at once, as everybody waits meanwhile."""
    key = Followed._meta.pk.get_db_prep_value  # noqa: SLF001 -- Django's public name
    tables: dict[type[Followed], list[list[Any]]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append([row.seq, row.created_seq, key(row.pk, connection)])
    if connection.vendor == "postgresql":
        return [(_numbering(model, len(values)), list(chain.from_iterable(values))) for model, values in tables.items()]
    return [(_numbering(model, 1), row) for model, values in tables.items() for row in values]


def ending_the_transaction() -> list[Statement]:
    """Commit with the message that this ends, where that can be: nothing may be left to write.

    Everybody waits for the head's row until this transaction has ended, so the database shall not wait for us to say so
    in a message of its own. Django then finds the transaction ended, and its own commit does nothing. Inside another
    transaction, which is a test's, only that one can end it.
    """
    return [] if connection.vendor != "postgresql" or connection.savepoint_ids else [("COMMIT", [])]


def inserting(rows: Sequence[Model]) -> Statement:
    """Write new rows, at least one and all of one table, whose keys are not made by the database."""
    model, here = type(rows[0]), connections[DEFAULT_DB_ALIAS]  # what `connection` looks up each time
    columns = _columns(model) if len(rows) > 1 else _given_columns(rows[0])
    values = [
        value if type(value) is plain else field.get_db_prep_save(_given(row, field), here)
        for row in rows
        for field, name, plain in columns
        for value in (getattr(row, name),)
    ]
    return _insertion(model, tuple(name for _, name, _ in columns), len(rows)), values


def edit(row: Versioned, version: int, fields: Mapping[str, Any]) -> bool:
    """Write these fields of a row and raise its version by one; whether it still had the version that was seen."""
    columns = [row._meta.get_field(name) for name in fields]  # noqa: SLF001 -- Django's public name
    values = [_written(field, value) for field, value in zip(columns, fields.values(), strict=True)]
    key = row._meta.pk.get_db_prep_value(row.pk, connection)  # noqa: SLF001 -- Django's public name
    with connection.cursor() as cursor:
        cursor.execute(_edition(type(row), tuple(fields)), [*values, key, version])
        return bool(cursor.rowcount)


def insert(*tables: Sequence[Model], beside: Sequence[Statement] = ()) -> None:
    """Write new rows, each time of one table, whose keys are not made by the database; in this order, at once.

    `beside` is carried out behind them, in the same message.
    """
    if statements := [*(inserting(rows) for rows in tables if rows), *beside]:
        write(*statements)
    for row in (row for rows in tables for row in rows):  # as Django notes it
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 -- no other way


def inserting_once(rows: Sequence[Model]) -> Statement:
    """Write new rows, at least one and all of one table, but those that a unique key holds already."""
    sql, values = inserting(rows)
    return f"{sql} ON CONFLICT DO NOTHING", values


def write(*statements: Statement) -> None:
    """Carry these out in their order: on PostgreSQL all in one message, as everybody waits for each answer."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            together = [value for _, values in statements for value in values]
            cursor.execute("; ".join(sql for sql, _ in statements), together)
            return
        for sql, alike in groupby(statements, key=itemgetter(0)):  # SQLite's driver takes one at a time
            cursor.executemany(sql, [values for _, values in alike])


def _given(row: Model, field: Any) -> Any:
    """What a row has in a column; where that is left to the database, the value that the database would take."""
    value = getattr(row, field.attname)
    return field.db_default if isinstance(value, DatabaseDefault) else value


def _written(field: Any, value: Any) -> Any:
    """A value as the database takes it; of a row that is referred to, its key."""
    plain = value.prepare_database_save(field) if isinstance(value, Model) else value
    return field.get_db_prep_save(plain, connection)


@cache
def _columns(model: type[Model]) -> list[tuple[Any, str, type | None]]:
    """The columns of a model, the names of their values, and the type of value that goes into each as it is."""
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's public name
    return [(field, field.attname, _PLAIN.get(type(field))) for field in fields]


def _given_columns(row: Model) -> list[tuple[Any, str, type | None]]:
    """Those that are not null: each value that is sent costs, and a message of many is read anew each time."""
    return [one for one in _columns(type(row)) if getattr(row, one[1]) is not None or one[0].has_db_default()]


@cache
def _edition(model: type[Versioned], names: tuple[str, ...]) -> str:
    columns = [_quoted(model._meta.get_field(name)) for name in names]  # noqa: SLF001 -- Django's public name
    settings = ", ".join([*(f"{column} = %s" for column in columns), "version = version + 1"])
    return f"UPDATE {_table(model)} SET {settings} WHERE id = %s AND version = %s"  # noqa: S608 -- our own table


@cache
def _numbering(model: type[Followed], count: int) -> str:
    table = _table(model)
    if count == 1:
        return f"UPDATE {table} SET seq = %s, created_seq = %s WHERE id = %s"  # noqa: S608 -- our own table
    given = ", ".join(["(%s::bigint, %s::bigint, %s::uuid)"] * count)
    return (
        f"UPDATE {table} SET seq = given.seq, created_seq = given.created_seq"  # noqa: S608 -- our own table
        f" FROM (VALUES {given}) AS given (seq, created_seq, id) WHERE {table}.id = given.id"
    )


@cache
def _insertion(model: type[Model], names: tuple[str, ...], count: int) -> str:
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 -- Django's public name
    columns = [_quoted(fields[name]) for name in names]
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"  # noqa: S608 -- our own table


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 -- Django's public name


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(field.column)
