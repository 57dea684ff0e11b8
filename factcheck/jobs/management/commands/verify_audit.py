import argparse
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from factcheck.ledger.chain import verify_chain

HEAD = re.compile(r"\b(\d{1,18}):([0-9a-f]{64})\b")


def a_head(text: str) -> tuple[int, str]:
    """Read a head as this command prints it."""
    found = HEAD.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no head. Give the number and hash that this command printed.")
    return int(found[1]), found[2]


def heads_in(path: str) -> list[tuple[int, str]]:
    """Read every head in a file: earlier output of this command, whatever else stands there."""
    try:
        return [(int(number), digest) for number, digest in HEAD.findall(Path(path).read_text(encoding="utf-8"))]
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(f"{path} cannot be read: {error}.") from error


class Command(BaseCommand):
    """Walk the audit chain. Exit status 0: whole; 1: each break on a line, the first one first.

    The last line it prints is the head. Kept where the database's owner cannot write, and given back with --head or
    --heads, it shows a chain that was cut or written anew from some entry on, head row and all.
    """

    help = "Verify the whole audit chain and name every break; print the head, to be kept outside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", type=a_head, action="append", default=[], help="a head printed earlier")
        parser.add_argument("--heads", type=heads_in, default=[], help="a file with heads printed earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_chain(dict([*options["heads"], *options["head"]]))
        for problem in report.problems:
            self.stdout.write(problem)
        erased = f", {report.erased:,} of them erased" if report.erased else ""
        self.stdout.write(f"{report.entries:,} entries{erased}: {len(report.problems)} problems.")
        self.stdout.write(f"head {report.entries}:{report.head}")
        sys.exit(1 if report.problems else 0)
