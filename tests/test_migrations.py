"""Migrations go forward and back, on whichever database the suite runs; what they make is what the models say."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

ROOMS = ("ledger", "newsroom", "corpus", "claims", "publishing")


def test_no_migration_is_missing(db: None) -> None:
    said = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert said.getvalue() == "No changes detected\n"


def test_every_migration_has_a_name_that_says_what_it_does() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    names = [name for app, name in loader.disk_migrations if app in ROOMS]

    assert names
    assert [name for name in names if re.search(r"_auto|_initial|_alter_", name)] == []


def test_every_migration_can_be_taken_back() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)

    stuck = [
        f"{app}.{name}: {step.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in ROOMS
        for step in migration.operations
        if not step.reversible
    ]

    assert stuck == []


@pytest.mark.thorough
@pytest.mark.timeout(300)
def test_all_rooms_go_back_to_nothing_and_forward_again(transactional_db: None) -> None:
    latest = [node for node in MigrationLoader(connection).graph.leaf_nodes() if node[0] in ROOMS]

    MigrationExecutor(connection).migrate([(app, None) for app in ROOMS])
    bare = connection.introspection.table_names()
    MigrationExecutor(connection).migrate(latest)
    call_command("migrate", verbosity=0)

    assert [name for name in bare if name.split("_")[0] in ROOMS] == []
    assert "corpus_statement" in connection.introspection.table_names()
