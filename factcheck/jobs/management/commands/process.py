import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """One process of a served installation, for whoever supervises them: systemd, a container, another machine."""

    help = "Become one process of `manage.py serve`, so that systemd or a container supervises it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(settings.SERVED_PROCESSES), help="which one")
        parser.add_argument("--port", type=int, default=8000, help="the port of the web process")

    def handle(self, *args: Any, **options: Any) -> None:
        command = [part.format(port=options["port"]) for part in settings.SERVED_PROCESSES[options["name"]]]
        os.execve(command[0], command, settings.PROCESS_ENVIRONMENT | os.environ)  # noqa: S606 -- our own settings, no shell wanted
