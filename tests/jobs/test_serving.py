"""What serving needs is said in a line before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from tests.with_redis import free_port

ROOT = Path(__file__).parent.parent.parent
NOBODY = "postgres://nobody@127.0.0.1:{port}/none"
WRONG = [
    ({}, "DATABASE_URL: serving needs PostgreSQL."),
    ({"DATABASE_URL": NOBODY}, "REDIS_URL: serving needs Redis."),
    ({"DATABASE_URL": NOBODY, "REDIS_URL": "redis://127.0.0.1:1/0"}, "DATABASE_URL: the database cannot be reached"),
    ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL: is no Redis URL."),
]


@pytest.mark.parametrize(("given", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_missing_is_said_in_one_line(tmp_path: Path, given: dict[str, str], words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    urls = {name: value.format(port=free_port()) for name, value in given.items()}
    environment = {**kept, **urls, "FACTCHECK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}

    done = subprocess.run(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_units_and_the_compose_file_start_processes_that_there_are() -> None:
    units = " ".join(path.read_text() for path in (ROOT / "deploy" / "systemd").iterdir())
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]

    for name in ("web", "worker", "beat"):
        assert name in settings.SERVED_PROCESSES
        assert f"manage.py process {name}\n" in units
        assert services[name]["command"][-1] == name


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL queues readers behind a schema change")
def test_a_migration_does_not_wait_for_a_table_in_use(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck.jobs.management.commands.migrate.PAUSE", 0)
    monkeypatch.setattr("factcheck.jobs.management.commands.migrate.ATTEMPTS", 1)
    reader = connections.create_connection("default")
    reader.set_autocommit(False)
    try:
        with reader.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_job")
        with pytest.raises(CommandError, match="A table stayed in use"):
            call_command("migrate", "ledger", "0002", verbosity=0)
    finally:
        reader.rollback()
        reader.close()
        call_command("migrate", verbosity=0)
