import sys
from typing import Any

from django.core.management.base import BaseCommand

from factcheck.ledger.chain import verify_chain


class Command(BaseCommand):
    """Walk the audit chain. Exit status 0: whole; 1: each break on a line, the first one first."""

    help = "Verify the whole audit chain and name every break."

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_chain()
        for problem in report.problems:
            self.stdout.write(problem)
        erased = f", {report.erased:,} of them erased" if report.erased else ""
        self.stdout.write(f"{report.entries:,} entries{erased}: {len(report.problems)} problems.")
        sys.exit(1 if report.problems else 0)
