import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from factcheck.corpus.services.builds import chosen_models
from factcheck.engine import EngineError, matching


class Command(BaseCommand):
    """Say which claims of a file each text of another makes again; no database is asked."""

    help = "Which claims a text makes again, by words and meaning: JSON lines in, a line for each question out."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--claims", type=Path, required=True, metavar="FILE", help='JSON lines: {"id", "text"}')
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE", help='JSON lines: {"id", "text"}')
        parser.add_argument("--top", type=int, default=5, help="how many claims for each, at most; 5 by default")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["top"] < 1:
            raise CommandError(f"--top {options['top']} gives nothing. Ask for 1 or more.", returncode=2)
        claims, queries = _read(options["claims"]), _read(options["queries"])
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as shown:
            task = shown.add_task("Matching", total=1.0)
            try:
                encoder = matching.load_encoder(chosen_models())
            except EngineError as error:
                raise CommandError(str(error)) from error
            found = matching.match_lines(
                claims, queries, options["top"], encoder, lambda share: shown.update(task, completed=share)
            )
            for id_, matches in found:
                rows = [{"id": claims[match.key].id, "score": round(match.score, 6)} for match in matches]
                self.stdout.write(json.dumps({"id": id_, "matches": rows}, ensure_ascii=False))


def _read(path: Path) -> list[matching.Line]:
    try:
        return matching.read_lines(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CommandError(f"{path}: {reason}.", returncode=2) from error
