"""What a database holds besides rows, as lines that can be compared: columns, constraints, indexes, triggers."""

import re
from collections.abc import Iterator

from django.db import connection

COLUMNS = """
    SELECT 'column', table_name, column_name, concat_ws(' ', data_type, udt_name, character_maximum_length, is_nullable,
    column_default, is_identity, collation_name) FROM information_schema.columns WHERE table_schema = 'public'"""
CONSTRAINTS = """
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace"""
INDEXES = "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = (
    "SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
)
FUNCTIONS = (
    "SELECT 'function', '', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
)
POSTGRES = (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, FUNCTIONS)
SQLITE = ("SELECT type, tbl_name, name, coalesce(sql, '') FROM sqlite_master",)
PIECE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|.")


def read_schema() -> list[str]:
    """Everything that migrations make, a line each; the order of columns in a table is nobody's promise."""
    rows: list[tuple[str, str, str, str]] = []
    with connection.cursor() as cursor:
        for query in SQLITE if connection.vendor == "sqlite" else POSTGRES:
            cursor.execute(query)
            rows += cursor.fetchall()
    return sorted(f"{kind} {table} {name}: {part}" for kind, table, name, sql in rows for part in _parts(sql))


def _parts(sql: str) -> Iterator[str]:
    """SQLite tells a table in one sentence: each of its columns and constraints, then the rest."""
    said = " ".join(sql.split())
    if not said.startswith("CREATE TABLE"):
        yield said
        return
    start, end = said.index("(") + 1, said.rindex(")")
    yield from _between_commas(said[start:end])
    yield said[:start] + said[end:]


def _between_commas(body: str) -> list[str]:
    parts, depth = [""], 0
    for piece in PIECE.findall(body):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]
