import shutil
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection
from rich.console import Console

from factcheck.jobs.bell import BrokerAway, count_unheard
from factcheck.jobs.collecting import is_collected
from factcheck.jobs.supervisor import Supervisor, require_free, wait_until_serving
from factcheck.newsroom.models import User


class Command(BaseCommand):
    """An installation on one machine: web, worker and beat on PostgreSQL and Redis, kept running and drained."""

    help = "Migrate and serve with web, worker and beat on PostgreSQL and Redis until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port, console = options["port"], Console(soft_wrap=True)
        _require_servers(console)
        require_free(settings.BIND, port)
        call_command("migrate", verbosity=0, interactive=False)
        if not is_collected():
            call_command("collectstatic", verbosity=0, interactive=False)
        if not User.objects.exists():
            console.print("Nobody can sign in yet: run manage.py setup beside this.", style="bold")
        connection.close()
        shutil.rmtree(settings.METRICS_DIR, ignore_errors=True)
        settings.METRICS_DIR.mkdir(parents=True)
        lines = settings.SERVED_PROCESSES
        supervisor = Supervisor({name: [part.format(port=port) for part in line] for name, line in lines.items()})
        with supervisor.running():
            wait_until_serving(supervisor, settings.BIND, port)
            if not supervisor.is_stopping:
                console.print(f"Serving on http://{settings.BIND}:{port}/   Ctrl-C stops it.", highlight=False)
            supervisor.watch()
        console.print("Stopped. What was running is finished or will be taken up again.")


def _require_servers(console: Console) -> None:
    if connection.vendor != "postgresql":
        raise CommandError(
            "DATABASE_URL: serving needs PostgreSQL. Set it to postgres://user:password@host:5432/name, "
            "or use `make run` for one machine without servers."
        )
    if not settings.REDIS_URL:
        raise CommandError("REDIS_URL: serving needs Redis. Set it to redis://:password@host:6379/0.")
    try:
        connection.ensure_connection()
    except Error as error:
        reason = str(error).strip().splitlines()[-1]
        raise CommandError(f"DATABASE_URL: the database cannot be reached ({reason}).") from error
    try:
        count_unheard()
    except BrokerAway:
        place = urlsplit(settings.REDIS_URL)
        console.print(
            f"REDIS_URL: nothing answers at {place.hostname}:{place.port or 6379}. Articles are accepted; work starts "
            "when it is back.",
            style="yellow",
        )
