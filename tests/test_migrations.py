"""Migrations go forward and back, on whichever database the suite runs; what they make is what the models say."""

import re
from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from factcheck.ledger.operations import BySql
from tests.schemas import read_schema

ROOMS = ("ledger", "newsroom", "corpus", "claims", "publishing")
MIDDLE = [
    ("newsroom", "0008_entry_links_and_role_requests"),
    ("ledger", "0003_take_turns_between_desks"),
    ("corpus", "0011_feeds"),
    ("claims", "0003_comments_guidelines_replies"),
    ("publishing", "0002_reviews_never_change"),
]


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


def test_what_stands_for_many_migrations_makes_what_they_make() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    squashes = list(loader.replacements.values())
    line = {squash.app_label: [loader.disk_migrations[key] for key in squash.replaces] for squash in squashes}

    told = MigrationLoader(None, replace_migrations=False).project_state([squash.replaces[-1] for squash in squashes])

    assert sorted(line) == sorted(ROOMS)
    assert told.models == loader.project_state([(s.app_label, s.name) for s in squashes]).models
    for squash in squashes:
        assert _own_sql([squash]) == _own_sql(line[squash.app_label])


def _own_sql(migrations: Iterable[Migration]) -> list[Any]:
    steps = (step for migration in migrations for step in migration.operations)
    return sorted(step.deconstruct() for step in steps if isinstance(step, BySql))


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


@pytest.mark.thorough
@pytest.mark.timeout(300)
def test_an_installation_from_the_middle_of_the_old_line_comes_to_the_same(transactional_db: None) -> None:
    fresh, squashes = read_schema(), list(MigrationLoader(None).replacements)
    MigrationExecutor(connection).migrate([(app, None) for app in ROOMS])

    old = MigrationExecutor(connection)
    old.loader = MigrationLoader(connection, replace_migrations=False)
    old.migrate(MIDDLE)
    assert read_schema() != fresh
    call_command("migrate", verbosity=0)

    assert read_schema() == fresh
    assert MigrationRecorder(connection).applied_migrations().keys() >= set(squashes)


@pytest.mark.thorough
def test_an_installation_from_the_end_of_the_old_line_has_nothing_to_do(db: None) -> None:
    recorder, squashes = MigrationRecorder(connection), list(MigrationLoader(None).replacements)
    for app, name in squashes:
        recorder.record_unapplied(app, name)

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", verbosity=0)

    assert plan == []
    assert recorder.applied_migrations().keys() >= set(squashes)
