import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from factcheck.jobs.collecting import is_collected
from factcheck.jobs.findings import print_findings
from factcheck.jobs.seeding import Demo, NotADemo, load_demo
from factcheck.jobs.supervisor import Supervisor, require_free, wait_until_serving
from factcheck.jobs.watching import AnalysisStopped, wait_for_analysis
from factcheck.jobs.worked import publish_demo
from factcheck.publishing.gathering import address_of

HOST = "127.0.0.1"


class Command(BaseCommand):
    """The whole workbench on one machine: web and worker, with the demo newsroom in a new database."""

    help = "Migrate, load the demo newsroom into a new database, and serve with web and worker until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port, console = options["port"], Console()
        require_free(HOST, port)
        _serve_under(f"http://{HOST}:{port}")
        call_command("migrate", verbosity=0, interactive=False)
        if not is_collected():
            call_command("collectstatic", verbosity=0, interactive=False)
        demo = _demo_if_any()
        connection.close()
        commands = {name: [part.format(port=port) for part in line] for name, line in settings.PROCESSES.items()}
        supervisor = Supervisor(commands)
        with supervisor.running():
            wait_until_serving(supervisor, HOST, port)
            _show(demo, console, supervisor)
            if not supervisor.is_stopping:
                console.print(f"\nServing on http://{HOST}:{port}/   Ctrl-C stops it.\n", style="bold", highlight=False)
            supervisor.watch()
        console.print("Stopped. What was running is finished or will be taken up again.")


def _serve_under(site: str) -> None:
    """Publish under the address that this very command serves, where nobody said another."""
    if not os.environ.get("FACTCHECK_PUBLIC_URL"):
        os.environ["FACTCHECK_PUBLIC_URL"] = settings.PUBLIC_URL = site


def _demo_if_any() -> Demo | None:
    try:
        return load_demo(Path(settings.SEEDS_DIR), Path(settings.DEMO_SIGN_INS), timezone.now())
    except NotADemo:
        return None


def _show(demo: Demo | None, console: Console, supervisor: Supervisor) -> None:
    if demo is None:
        return

    def goes_on() -> bool:
        supervisor.tend()
        return not supervisor.is_stopping

    for article in demo.articles:
        try:
            if wait_for_analysis(article, console, while_true=goes_on):
                print_findings(console, article)
                _publish_demo(console)
        except AnalysisStopped as reason:
            console.print(f"The analysis of “{article.title}” stopped: {reason}", style="red")
    _print_sign_ins(demo, console)


def _publish_demo(console: Console) -> None:
    for publication in publish_demo(Path(settings.SEEDS_DIR), timezone.now()):
        console.print(f"Published: “{publication.text}” {publication.rating_label}. {address_of(publication.slug)}")


def _print_sign_ins(demo: Demo, console: Console) -> None:
    if not demo.sign_ins:
        console.print("The file with the demo sign-ins is gone; remove the database to have new ones made.")
        return
    console.print("\nDemo sign-ins, made for this database only", style="bold")
    table = Table(box=None, pad_edge=False)
    for column in ("Name", "Role", "Password"):
        table.add_column(column, header_style="dim")
    for row in demo.sign_ins:
        table.add_row(*row)
    console.print(table)
