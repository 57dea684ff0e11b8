"""What tests begin with is made by the product's services once for each process, then put back row by row.

A maker that is asked again for the same, while the database holds exactly the same, would write the same rows: so those
are written as they were, without asking a service again. Makers make anew on PostgreSQL, and where others hear of a
commit and may write at the same time: outside a test's own transaction.
"""

import functools
import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

Given = ParamSpec("Given")
Made = TypeVar("Made")
Row = tuple[Any, ...]
Rows = dict[str, tuple[Row, ...]]

# Rows that no maker looks at, or that only migrations write; and when a person came in last.
APART = ("django_", "auth_", "sqlite_")
NOBODYS = "last_login"
MOST = 300  # changes; what holds more is read through more slowly than it is added to


@dataclass(frozen=True, slots=True)
class Recording:
    """The statements that a maker comes down to, and what it gave back."""

    statements: list[tuple[str, Row]]
    answer: bytes


_recordings: dict[Any, Recording] = {}


def replayed(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Make a maker write what it wrote before, where it would write that again."""

    @functools.wraps(make)
    def remake(*args: Given.args, **options: Given.kwargs) -> Made:
        if connection.vendor != "sqlite" or not connection.in_atomic_block or _changes() > MOST:
            return make(*args, **options)
        models = list(_models([*args, *options.values()]))
        before = _read()
        key = (make.__name__, settings.ATTRIBUTION_MODEL, _plain((args, options)), tuple(before.items()))
        if recording := _recordings.get(key):
            again: Made = _replay(recording, models)
            return again
        made = make(*args, **options)
        _recordings[key] = Recording(list(_difference(before, _read())), _pickled(made, models))
        return made

    return remake


def _replay(recording: Recording, models: list[Model]) -> Any:
    with transaction.atomic():
        for statement, values in recording.statements:
            connection.connection.execute(statement, values)
    made, states = _Reader(recording.answer, models).load()
    for model, state in zip(models, states, strict=True):
        model.__dict__.clear()
        model.__dict__.update(state)
    return made


class _Writer(pickle.Pickler):
    """Writes what was given back; a model that had been given stands there by its place."""

    def __init__(self, file: io.BytesIO, models: list[Model]) -> None:
        super().__init__(file)
        self._places = {id(model): place for place, model in enumerate(models)}

    def persistent_id(self, obj: object) -> int | None:
        return self._places.get(id(obj))


class _Reader(pickle.Unpickler):
    def __init__(self, written: bytes, models: list[Model]) -> None:
        super().__init__(io.BytesIO(written))
        self._models = models

    def persistent_load(self, pid: int) -> Model:
        return self._models[pid]


def _pickled(made: Any, models: list[Model]) -> bytes:
    """What was given back, and what became of the models that had been given."""
    written = io.BytesIO()
    _Writer(written, models).dump((made, [model.__dict__ for model in models]))
    return written.getvalue()


def _models(values: Any) -> Iterator[Model]:
    for value in values:
        if isinstance(value, Model):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _models(value)
        elif is_dataclass(value):
            yield from _models(getattr(value, field.name) for field in fields(value))


def _plain(value: Any) -> Any:
    """What can be compared: of a model, its fields."""
    if isinstance(value, Model):
        names = [field.attname for field in value._meta.concrete_fields if field.attname != NOBODYS]
        return (type(value), *(repr(value.__dict__.get(name)) for name in names))
    if is_dataclass(value):
        return (type(value), *(_plain(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, dict):
        return tuple((name, _plain(part)) for name, part in sorted(value.items()))
    return tuple(map(_plain, value)) if isinstance(value, (list, tuple)) else (type(value), value)


@functools.cache
def _tables() -> dict[str, list[str]]:
    """Each table with its columns, in the order in which they name each other; not those that an index is kept in."""
    found: dict[str, list[str]] = {}
    said = connection.connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    rows = said.fetchall()
    indexes = tuple(name for name, sql in rows if sql and sql.startswith("CREATE VIRTUAL"))
    for name, _ in rows:
        if not name.startswith((*APART, *indexes)):
            columns = connection.connection.execute(f'PRAGMA table_info("{name}")').fetchall()
            found[name] = [column for _, column, *_ in columns if column != NOBODYS]
    return found


def _changes() -> int:
    connection.ensure_connection()
    head = connection.connection.execute("SELECT seq FROM ledger_ledgerhead").fetchone()
    return int(head[0]) if head else 0


def _read() -> Rows:
    """Every row of the tables that have any, behind its number; a plus keeps the values as the database has them."""
    ask = connection.connection.execute
    return {table: tuple(ask(_question(table)).fetchall()) for (table,) in ask(_which_have_rows()).fetchall()}


@functools.cache
def _which_have_rows() -> str:
    return " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in _tables())


@functools.cache
def _question(table: str) -> str:
    columns = ", ".join(f'+"{column}"' for column in _tables()[table])
    return f'SELECT rowid, {columns} FROM "{table}" ORDER BY rowid'


def _difference(before: Rows, after: Rows) -> Iterator[tuple[str, Row]]:
    for table, columns in _tables().items():
        if before.get(table) == after.get(table):
            continue
        old, new = ({row[0]: row[1:] for row in rows.get(table, ())} for rows in (before, after))
        yield from ((f'DELETE FROM "{table}" WHERE rowid = ?', (key,)) for key in old if key not in new)
        for key, row in new.items():
            if key not in old:
                names, places = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
                yield f'INSERT INTO "{table}" ({names}) VALUES ({places})', row
            elif changed := [place for place, value in enumerate(row) if value != old[key][place]]:
                sets = ", ".join(f'"{columns[place]}" = ?' for place in changed)
                yield f'UPDATE "{table}" SET {sets} WHERE rowid = ?', (*(row[place] for place in changed), key)
