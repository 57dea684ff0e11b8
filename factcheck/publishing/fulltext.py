"""Finding what is published by its words: the full-text index of whichever database there is, behind one function.

All words have to be there, in whatever order; endings do not count ("missile" finds "missiles").
"""

import re
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.expressions import RawSQL

from factcheck.publishing.models import PublicationQuerySet

MOST_WORDS = 32
_WORD = re.compile(r"[^\W_]+")

_TABLE, _INDEX = "publishing_publishedwords", "publishing_words_index"
_MATCHES = {
    "sqlite": f"id IN (SELECT rowid FROM {_INDEX} WHERE {_INDEX} MATCH %s)",  # noqa: S608 -- our own index
    "postgresql": "to_tsvector('english', text) @@ plainto_tsquery('english', %s)",
}


def matching(publications: PublicationQuerySet, query: str) -> PublicationQuerySet:
    """Those of these publications in which all words of the query stand; none where it has no words."""
    words = _WORD.findall(query)[:MOST_WORDS]
    if not words:
        return publications.none()
    asked = " ".join(f'"{word}"' for word in words) if connection.vendor == "sqlite" else " ".join(words)
    # The index is no model's, and its operator is each database's own.
    found = f"SELECT publication_id FROM {_TABLE} WHERE {_MATCHES[connection.vendor]}"  # noqa: S608 -- our own table
    return publications.filter(pk__in=RawSQL(found, [asked]))  # noqa: S611 -- our own SQL


_OLD = f"INSERT INTO {_INDEX}({_INDEX}, rowid, text) VALUES ('delete', OLD.id, OLD.text);"  # noqa: S608 -- our own tables
_NEW = f"INSERT INTO {_INDEX}(rowid, text) VALUES (NEW.id, NEW.text);"  # noqa: S608 -- our own tables
_OVER = f"content='{_TABLE}', content_rowid='id'"
_CREATE = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {_INDEX} USING fts5(text, {_OVER}, tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {_INDEX}_added AFTER INSERT ON {_TABLE} BEGIN {_NEW} END",
        f"CREATE TRIGGER {_INDEX}_gone AFTER DELETE ON {_TABLE} BEGIN {_OLD} END",
        f"CREATE TRIGGER {_INDEX}_changed AFTER UPDATE ON {_TABLE} BEGIN {_OLD} {_NEW} END",
        f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('rebuild')",  # noqa: S608 -- our own tables
    ],
    "postgresql": [f"CREATE INDEX {_INDEX} ON {_TABLE} USING gin (to_tsvector('english', text))"],
}
_DROP = {
    "sqlite": [
        *(f"DROP TRIGGER IF EXISTS {_INDEX}_{what}" for what in ("added", "gone", "changed")),
        f"DROP TABLE IF EXISTS {_INDEX}",
    ],
    "postgresql": [f"DROP INDEX IF EXISTS {_INDEX}"],
}


class IndexWords(Operation):
    """Keep a full-text index over the words of what is published."""

    reduces_to_sql = True
    reversible = True

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how to write this operation in a migration."""
        return type(self).__name__, [], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that models know of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the index."""
        for statement in _CREATE[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the index."""
        for statement in _DROP[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say it in a line."""
        return "Keep a full-text index over the words of what is published"

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name that stands for this."""
        return "index_words"
