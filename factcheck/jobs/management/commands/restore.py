from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.claims.invariants import check_claims
from factcheck.corpus.invariants import check_corpus
from factcheck.jobs.backup import BackupRefused, restore_backup
from factcheck.jobs.management.commands.verify_invariants import guards
from factcheck.ledger.invariants import check_ledger


class Command(BaseCommand):
    """Bring a backup back."""

    help = "Check a backup's hashes, bring it back into an empty database, and verify what came back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="the folder that backup wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_backup(options["source"])
        except (BackupRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        violations = list(chain(check_ledger(guards()), check_corpus(), check_claims()))
        if violations:
            raise CommandError(f"{len(violations)} violations, the first: {violations[0]}. Do not use this database.")
        self.stdout.write(f"Restored up to audit entry {manifest.audit_sequence} of {manifest.made_at}; all verified.")
