"""Finding rows by their words: the full-text index of whichever database there is, behind one interface.

Each sort of thing that is found by words has a table of them beside it: one row for each thing, one column of text,
written in the transaction that writes the thing. The database keeps its index over that column by itself. All words
have to be there, in whatever order; endings do not count ("missile" finds "missiles").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from factcheck.ledger.operations import BySql

MOST_WORDS = 32
LOOKED_THROUGH = 6  # times as many texts as are asked for
NEWEST, COMMON = 400, 12  # of so many texts written last, so many have words that are common by now
_WORD = re.compile(r"[^\W_]+")
Rows = TypeVar("Rows", bound="QuerySet[Any]")


@dataclass(frozen=True, slots=True)
class FullText:
    """A table of words, the column that says whose they are, and the name of the index over them.

    Rows that hold the key of their words themselves, in a field named `by`, are found without the column (`owner` is
    `id`): SQLite then reads a page of them in the order of that field, and looks at no other row.

    Rows that are many, with short texts, and read the newest first, tell how common words are by `is_told_by_newest`.
    """

    table: str
    owner: str
    index: str
    by: str = "pk"
    is_told_by_newest: bool = False

    def matching(self, rows: Rows, query: str, *, is_typing: bool = False, newest: int = 0) -> Rows:
        """Those of these rows in which all words of the query stand; none where it has no words.

        `is_typing`: the last word may be the beginning of one. `newest`: of all that is found, so many whose words were
        written last, where the rows hold the key of their words.
        """
        words = _WORD.findall(query)[:MOST_WORDS]
        if not words:
            return rows.none()
        # The index is no model's, and its operator is each database's own.
        found, asked = (self._in_sqlite if connection.vendor == "sqlite" else self._in_postgres)(words, is_typing)
        if newest:
            found = f"{found} ORDER BY 1 DESC LIMIT {newest:d}"
        return rows.filter(**{f"{self.by}__in": RawSQL(found, asked)})  # noqa: S611 -- our own SQL

    def newest(self, query: str, most: int, before: int) -> list[int]:
        """The keys of words below a key, highest first: so many of those in which all words of the query stand.

        For tables whose rows are found by that key (`owner` is `id`).

        Words that stand in many texts stand in some of the newest. So PostgreSQL looks at a few times as many of those
        first, whatever it thinks of the index, and asks the index where they are too few.
        """
        words = _WORD.findall(query)[:MOST_WORDS]
        if not words:
            return []
        if connection.vendor == "sqlite":
            keys, asked = self._in_sqlite(words, is_typing=False)
            return _keys(f"{keys} AND rowid < %s ORDER BY rowid DESC LIMIT %s", [*asked, before, most])
        where, asked = _where_in_postgres(words, is_typing=False)
        newest = f"SELECT * FROM {self.table} WHERE id < %s ORDER BY id DESC LIMIT {LOOKED_THROUGH * most:d}"  # noqa: S608 -- our own table
        first = f"SELECT id FROM ({newest}) newest WHERE {where} ORDER BY id DESC LIMIT %s"  # noqa: S608 -- as above
        found = _keys(first, [before, *asked, most])
        if len(found) == most:
            return found
        everywhere, asked = self._in_postgres(words, is_typing=False)
        whole = f"SELECT id FROM ({everywhere}) everywhere WHERE id < %s ORDER BY id DESC LIMIT %s"  # noqa: S608 -- as above
        return _keys(whole, [*asked, before, most])

    def _in_sqlite(self, words: Sequence[str], is_typing: bool) -> tuple[str, list[str]]:  # noqa: FBT001 -- of two alike
        asked = " ".join(f'"{word}"' for word in words) + ("*" if is_typing else "")
        keys = f"SELECT rowid FROM {self.index} WHERE {self.index} MATCH %s"  # noqa: S608 -- our own index
        if self.owner == "id":
            return keys, [asked]
        return f"SELECT {self.owner} FROM {self.table} WHERE id IN ({keys})", [asked]  # noqa: S608 -- our own tables

    def _in_postgres(self, words: Sequence[str], is_typing: bool) -> tuple[str, list[str]]:  # noqa: FBT001 -- of two alike
        where, asked = _where_in_postgres(words, is_typing)
        # Where rows come in the order of their words' keys, it would read the words of row after row in that order, and
        # where no row has them all, of every row. OFFSET keeps the two apart: the index is asked first. Other rows are
        # walked through where many of the newest have the words; kept apart, those would all be fetched and sorted
        # (100,000 statements, a word that most have: 1 ms as it is, 100 times that kept apart). PostgreSQL guesses how
        # many do as if words had nothing to do with each other or with time: two common ones that never stand
        # together, or one of last year, let it read the words of every row (1.4 s). So we look.
        is_apart = self.owner == "id" or (self.is_told_by_newest and not self._is_common(where, asked))
        apart = " OFFSET 0" if is_apart else ""
        found = f"SELECT {self.owner} FROM {self.table} WHERE {where}{apart}"  # noqa: S608 -- our own tables
        return (f"SELECT * FROM ({found}) found" if apart else found), asked  # noqa: S608 -- as above

    def _is_common(self, where: str, asked: Sequence[str]) -> bool:
        """Whether enough of the texts written last have the words, so that a walk from the newest on soon ends."""
        newest = f"SELECT text FROM {self.table} ORDER BY id DESC LIMIT {NEWEST:d}"  # noqa: S608 -- our own table
        few = f"SELECT 1 FROM ({newest}) newest WHERE {where} LIMIT {COMMON:d}"  # noqa: S608 -- as above
        return len(_keys(few, asked)) == COMMON


def _keys(sql: str, values: Sequence[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]


def _where_in_postgres(words: Sequence[str], is_typing: bool) -> tuple[str, list[str]]:  # noqa: FBT001 -- as above
    vector, whole = "to_tsvector('english', text)", "plainto_tsquery('english', %s)"
    if not is_typing:
        return f"{vector} @@ {whole}", [" ".join(words)]
    # The last word as it is, too: cut down to its stem it would begin other words, or be left out as a little one.
    begun = f"({vector} @@ to_tsquery('english', %s) OR {vector} @@ to_tsquery('simple', %s))"
    last = f"{words[-1]}:*"
    if len(words) == 1:
        return begun, [last, last]
    return f"{vector} @@ {whole} AND {begun}", [" ".join(words[:-1]), last, last]


class IndexWords(BySql):
    """Keep a full-text index over the column `text` of a table whose key is the number `id`."""

    def __init__(self, table: str, index: str) -> None:
        self.table, self.index = table, index

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how to write this operation in a migration."""
        return type(self).__name__, [self.table, self.index], {}

    def describe(self) -> str:
        """Say it in a line."""
        return f"Keep a full-text index over the words of {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name that stands for this."""
        return "index_words"

    def creation(self, vendor: str) -> list[str]:
        """The SQL that makes the index, and keeps it up."""
        table, index = self.table, self.index
        if vendor != "sqlite":
            return [f"CREATE INDEX {index} ON {table} USING gin (to_tsvector('english', text))"]
        old = f"INSERT INTO {index}({index}, rowid, text) VALUES ('delete', OLD.id, OLD.text);"  # noqa: S608 -- our own tables
        new = f"INSERT INTO {index}(rowid, text) VALUES (NEW.id, NEW.text);"  # noqa: S608 -- our own tables
        over = f"content='{table}', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'"
        return [
            f"CREATE VIRTUAL TABLE {index} USING fts5(text, {over})",
            f"CREATE TRIGGER {index}_added AFTER INSERT ON {table} BEGIN {new} END",
            f"CREATE TRIGGER {index}_gone AFTER DELETE ON {table} BEGIN {old} END",
            f"CREATE TRIGGER {index}_changed AFTER UPDATE ON {table} BEGIN {old} {new} END",
            f"INSERT INTO {index}({index}) VALUES ('rebuild')",  # noqa: S608 -- our own tables
        ]

    def removal(self, vendor: str) -> list[str]:
        """The SQL that drops the index."""
        if vendor != "sqlite":
            return [f"DROP INDEX IF EXISTS {self.index}"]
        triggers = [f"DROP TRIGGER IF EXISTS {self.index}_{what}" for what in ("added", "gone", "changed")]
        return [*triggers, f"DROP TABLE IF EXISTS {self.index}"]
