import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from factcheck.engine import EngineError, Models
from factcheck.engine.scoring import (
    AttributionScore,
    EventScore,
    Setup,
    evaluate_article,
    evaluate_event,
    read_event,
    read_split,
)
from factcheck.jobs.figures import print_attribution_figures, print_event_figures

Row = TypeVar("Row")


class Command(BaseCommand):
    """Run the engine on marked text and print how much it found."""

    help = "Score the engine on annotated event folders, or on a split of attributions; prints a table, or JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folders", nargs="*", type=Path, help="event folders; without any, those of training/events"
        )
        parser.add_argument("--attributions", type=Path, metavar="FILE", help="a split instead: JSON lines, .gz or not")
        parser.add_argument(
            "--gold-statements", action="store_true", help="give the engine the marked statements: pairing alone"
        )
        parser.add_argument("--min-confidence", type=float, help="how sure a statement must be; the desk's by default")
        parser.add_argument("--min-score", type=float, help="how strong a pair must be; the desk's by default")
        parser.add_argument(
            "--model", default="", metavar="FOLDER", help="another model, or rules; the setting's by default"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        models = Models.chosen(options["model"] or settings.ATTRIBUTION_MODEL, threads=settings.MODEL_THREADS)
        setup = Setup(options["min_confidence"], options["min_score"], models)
        try:
            figures = _figures(setup, options)
        except EngineError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(figures, indent=1))
            return
        show = print_attribution_figures if options["attributions"] else print_event_figures
        show(Console(), figures)


def _figures(setup: Setup, options: dict[str, Any]) -> dict[str, Any]:
    if options["attributions"]:
        articles = _watched(read_split(options["attributions"]))
        return sum((evaluate_article(article, setup) for article in articles), AttributionScore()).figures()
    given, events = options["gold_statements"], [read_event(folder) for folder in options["folders"] or _our_own()]
    scores = (evaluate_event(event, setup, gold_statements=given) for event in _watched(events))
    return sum(scores, EventScore()).figures()


def _our_own() -> list[Path]:
    folders = sorted(path.parent for path in (settings.BASE_DIR / "training" / "events").glob("*/gold.json"))
    if not folders:
        raise CommandError("There is no training/events here. Name the event folders to score.")
    return folders


def _watched(rows: list[Row]) -> Iterable[Row]:
    console = Console(stderr=True)
    return track(rows, "Reading", console=console, transient=True, disable=not console.is_terminal)
