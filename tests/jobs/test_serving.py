"""What serving needs is said in a line before anything starts."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as installed
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from factcheck.api.parsers import LARGEST_BATCH, MB
from tests.with_redis import free_port

ROOT = Path(__file__).parent.parent.parent


def test_what_is_missing_is_said(db: None, settings: Any) -> None:
    words = "DATABASE_URL: serving needs PostgreSQL"
    if connection.vendor == "postgresql":
        settings.REDIS_URL, words = None, "REDIS_URL: serving needs Redis"

    with pytest.raises(CommandError, match=words):
        call_command("serve")


@pytest.mark.thorough
def test_a_database_that_is_away_is_said_in_one_line(tmp_path: Path) -> None:
    own = {"FACTCHECK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    own |= {"DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/none", "REDIS_URL": "redis://127.0.0.1:1/0"}

    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "DATABASE_URL: the database cannot be reached" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


LOADED = """
import json, sys, threading
import config.{program}
if "{program}" == "celery":
    config.celery.app.loader.import_default_modules()
from django.db import connections
from factcheck.jobs.triggers import _bell
print(json.dumps({{
    "connected": [one.alias for one in connections.all() if one.connection is not None],
    "threads": threading.active_count(),
    "broker": config.celery.app._pool is not None if "{program}" == "celery" else _bell._thread is not None,
    "rooms": sorted(name for name in ("factcheck.api.articles", "rest_framework.views", "drf_spectacular.openapi",
        "factcheck.workbench.urls") if name in sys.modules),
}}))
"""


@pytest.mark.thorough
@pytest.mark.parametrize("program", ["wsgi", "celery"])
def test_what_is_loaded_before_a_fork_is_connected_to_nothing(tmp_path: Path, program: str) -> None:
    own = {**installed.PROCESS_ENVIRONMENT, "FACTCHECK_DATA": str(tmp_path), "FACTCHECK_METRICS_PORT": "9464"}
    own |= {"DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_URL": "redis://127.0.0.1:1/0"}

    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(program=program)],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=True,
    )

    found = json.loads(done.stdout)
    assert (found["connected"], found["threads"], found["broker"]) == ([], 1, False)
    # All pages are there before the web's processes fork; a worker has none of them.
    assert bool(found["rooms"]) == (program == "wsgi")


def test_the_units_and_the_compose_file_start_processes_that_there_are() -> None:
    units = " ".join(path.read_text() for path in (ROOT / "deploy" / "systemd").iterdir())
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]

    for name in ("web", "worker", "beat"):
        assert name in installed.SERVED_PROCESSES
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
            cursor.execute("SELECT count(*) FROM publishing_export")
        with pytest.raises(CommandError, match="A table stayed in use"):
            call_command("migrate", "publishing", "zero", verbosity=0)
    finally:
        reader.rollback()
        reader.close()
        call_command("migrate", verbosity=0)


def test_nginx_lets_through_what_the_api_takes_and_says_who_asks() -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()
    batch = nginx.partition("location = /api/v1/articles/batch {")[2].partition("}")[0]
    largest = re.search(r"client_max_body_size (\d+)m;", batch)

    assert largest
    assert int(largest[1]) * MB > LARGEST_BATCH
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "FACTCHECK_PROXIES=1\n" in (ROOT / "deploy" / "factcheck.env.example").read_text()
