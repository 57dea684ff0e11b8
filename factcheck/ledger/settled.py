"""Questions whose SQL is settled once, for what every request asks.

Django makes the SQL of a query anew each time it is asked; where a question has many columns, that costs more than
answering it. Here it is made at the first time, with places for what differs.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Func, IntegerField, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from factcheck.ledger.prepared import ask_prepared

Row = TypeVar("Row")


class Place(Value):
    """Stands in a question for a value that is given when it is asked; `kind` says what it is and how it is written."""

    def __init__(self, number: int, kind: "Field[Any, Any]") -> None:
        super().__init__(number, output_field=kind)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        """A place, with itself for its value."""
        return "%s", [self]

    def fill(self, values: Sequence[object]) -> object:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.value], connections[DEFAULT_DB_ALIAS])


class _Made(NamedTuple):
    queryset: Any
    compiler: Any
    sql: str
    written: Sequence[object]
    converters: Mapping[int, Any]


class Settled(Generic[Row]):
    """A question that is asked with other values each time, in the order of its places.

    `make` gives the query with a `Place` for each value; it may depend on nothing else. What is `planned_once` shall be
    short and find its rows by a key: its plan is made without regard to the values.
    """

    def __init__(self, make: Callable[[], Any], *, planned_once: bool = False) -> None:
        self._make, self._planned_once = make, planned_once

    def ask(self, *values: object, instead: Mapping[object, object] = MappingProxyType({})) -> list[Row]:
        """The rows, as the query would give them, with other values `instead` of some that it was made with."""
        try:
            settled = self._settled
        except EmptyResultSet:  # of nothing, whatever the values
            return []
        filled = [value.fill(values) if isinstance(value, Place) else value for value in settled.written]
        if instead:
            filled = [instead.get(value, value) for value in filled]
        asked = copy(settled.compiler)  # of this thread alone: it holds the connection
        asked.connection = connections[DEFAULT_DB_ALIAS]
        asked.as_sql = lambda **_: (settled.sql, filled)
        if self._planned_once:
            asked.execute_sql = lambda **_: [ask_prepared(settled.sql, filled)]
        asked.get_converters = lambda _: settled.converters
        rows: Any = settled.queryset.all()  # a copy, as Django makes one for whoever asks on
        rows.query.get_compiler = lambda *_, **__: asked
        return list(rows)

    @cached_property
    def _settled(self) -> _Made:
        queryset = self._make()
        compiler = queryset.query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        sql, written = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return _Made(queryset, compiler, sql, written, converters)


def number_of(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The question how many rows there are, where `count` would ask it; also for a subquery."""
    return rows.order_by().values_list(Func("pk", function="COUNT", output_field=IntegerField()), flat=True)
