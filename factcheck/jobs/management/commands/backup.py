from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from factcheck.jobs.backup import BackupRefused, make_backup


class Command(BaseCommand):
    """Back up while everybody works."""

    help = "Write the database, the originals and a manifest of hashes into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="a folder that does not exist yet, or is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = make_backup(options["target"], timezone.now())
        except (BackupRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{len(manifest.files)} files, audit entry {manifest.audit_sequence}: {manifest.audit_hash}")
