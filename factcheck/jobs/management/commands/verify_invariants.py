import sys
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from factcheck.claims.invariants import check_claims
from factcheck.corpus.invariants import check_corpus
from factcheck.ledger.invariants import check_ledger
from factcheck.ledger.operations import RefuseWhen
from factcheck.publishing.invariants import check_publishing


def guards() -> list[str]:
    """The names of the triggers that the migrations make on this database."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).graph.nodes.values()
    steps = chain.from_iterable(migration.operations for migration in migrations)
    return [step.name for step in steps if isinstance(step, RefuseWhen) and step.stands_on(connection.vendor)]


class Command(BaseCommand):
    """Check what must hold whatever died when. Exit status 0: all holds; 1: each violation on a line."""

    help = "Check every invariant: nothing lost, nothing doubled, nothing half-written, every guard in place."

    def handle(self, *args: Any, **options: Any) -> None:
        violations = list(chain(check_ledger(guards()), check_corpus(), check_claims(), check_publishing()))
        for violation in violations:
            self.stdout.write(violation)
        self.stdout.write(f"{len(violations)} violations.")
        sys.exit(1 if violations else 0)
