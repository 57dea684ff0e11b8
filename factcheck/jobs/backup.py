"""A backup: database, originals, and a manifest that says what they are; and the way back.

The database is copied as of one moment while everybody works, and the manifest's audit head is read from that very
moment. Originals are copied afterwards: they are only ever added, so every file that the database knows is there.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from factcheck.ledger.chain import verify_chain
from factcheck.ledger.models import LedgerHead
from factcheck.publishing.export_files import FOLDER as EXPORTS

MANIFEST, MEDIA = "manifest.json", "media"
DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


class BackupRefused(Exception):
    """It was not done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    database: str
    audit_sequence: int
    audit_hash: str
    files: dict[str, str] = field(default_factory=dict)


def make_backup(target: Path, now: datetime) -> Manifest:
    """Write a backup into a new folder; the manifest comes last, so a backup without one is none.

    Raises:
        BackupRefused: the folder holds something, or PostgreSQL's programs are missing or fail.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupRefused(f"{target} is not empty. Name a new folder.")
    target.mkdir(parents=True, exist_ok=True)
    dump = target / DUMPS[connection.vendor]
    sequence, head = _copy_sqlite(dump) if connection.vendor == "sqlite" else _dump_postgresql(dump)
    _copy_media(target / MEDIA)
    hashes = {str(path.relative_to(target)): _hash(path) for path in _files(target)}
    manifest = Manifest(now.isoformat(), connection.vendor, sequence, head, hashes)
    (target / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def restore_backup(source: Path) -> Manifest:
    """Bring a backup back into an empty database and an empty folder of originals, then migrate and check everything.

    Raises:
        BackupRefused: a file is missing or changed, something is here already, or what came back does not hold.
    """
    manifest = read_manifest(source)
    if manifest.database != connection.vendor:
        raise BackupRefused(f"This backup is of {manifest.database}; DATABASE_URL names {connection.vendor}.")
    _require_whole(source, manifest)
    _require_empty()
    dump = source / DUMPS[connection.vendor]
    if connection.vendor == "sqlite":
        _bring_back_sqlite(dump)
    else:
        words = ("--no-owner", "--exit-on-error", "--single-transaction", "--dbname", _name())
        _run_client("pg_restore", *words, str(dump))
    if (source / MEDIA).exists():
        shutil.copytree(source / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)
    _require_same(manifest)
    call_command("migrate", verbosity=0, interactive=False)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """Read what a backup says it holds."""
    try:
        return Manifest(**json.loads((source / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BackupRefused(f"{source / MANIFEST} is missing or damaged; this is no whole backup.") from error


def _require_whole(source: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        path = source / name
        if not path.is_file():
            raise BackupRefused(f"{name} is missing from the backup. Nothing was restored.")
        if _hash(path) != expected:
            raise BackupRefused(f"{name} was changed after the backup was made. Nothing was restored.")


def _require_empty() -> None:
    if connection.introspection.table_names():
        raise BackupRefused("This database is not empty. Set DATABASE_URL to a new one. Nothing was restored.")
    if any(Path(settings.MEDIA_ROOT).rglob("*")):
        raise BackupRefused(f"{settings.MEDIA_ROOT} is not empty. Set FACTCHECK_MEDIA to a new folder.")


def _require_same(manifest: Manifest) -> None:
    head = LedgerHead.objects.get(pk=1)
    if (head.audit_sequence, head.audit_hash) != (manifest.audit_sequence, manifest.audit_hash):
        raise BackupRefused("The audit chain does not end where the manifest says. Do not use this database.")
    report = verify_chain()
    if report.problems:
        raise BackupRefused(f"The audit chain is broken: {report.problems[0]}. Do not use this database.")


def _copy_sqlite(target: Path) -> tuple[int, str]:
    here = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=20)
    with closing(here), closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        row = there.execute("SELECT audit_sequence, audit_hash FROM ledger_ledgerhead").fetchone()
    return int(row[0]), str(row[1])


def _bring_back_sqlite(dump: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(dump)) as there:
        there.backup(connection.connection)


def _dump_postgresql(target: Path) -> tuple[int, str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        head = LedgerHead.objects.get(pk=1)
        words = ("--format", "custom", "--no-owner", "--snapshot", snapshot, "--file", str(target))
        _run_client("pg_dump", *words, _name())
    return head.audit_sequence, head.audit_hash


def _run_client(program: str, *words: str) -> None:
    if shutil.which(program) is None:
        raise BackupRefused(f"{program} is missing. Install PostgreSQL's client programs (postgresql-client).")
    try:
        subprocess.run([program, *words], check=True, capture_output=True, text=True, env=_client_environment())  # noqa: S603 -- a fixed program, no shell
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or "").strip().splitlines() or ["no reason given"]
        raise BackupRefused(f"{program} stopped: {reason[0]}") from error


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _client_environment() -> dict[str, str]:
    """What PostgreSQL's programs read instead of arguments, so that no password stands in the list of processes."""
    given: dict[str, Any] = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return {**os.environ, **{variable: str(given[key]) for variable, key in named.items() if given.get(key)}}


def _copy_media(target: Path) -> None:
    shutil.copytree(settings.MEDIA_ROOT, target, ignore=_passing, dirs_exist_ok=True)


def _passing(folder: str, names: list[str]) -> Iterable[str]:
    """What is half-written, and exports: those are made anew, and may go while they are copied."""
    is_top = Path(folder) == Path(settings.MEDIA_ROOT)
    return [name for name in names if name.startswith(".") or (is_top and name == EXPORTS)]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _hash(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
