import signal
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from factcheck.jobs.sender import IDLE, Sender


class Command(BaseCommand):
    """Send webhooks that are due. Workers start it by themselves; by hand it does no harm, as rows are shared."""

    help = "Send the webhooks that are due, until none has been due for a minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--token", type=UUID, help="what marks the deliveries that it holds")
        parser.add_argument("--parent", type=int, help="the process with which it ends")
        parser.add_argument("--idle", type=float, default=IDLE, help="seconds without work after which it ends")

    def handle(self, *args: Any, **options: Any) -> None:
        sender = Sender(options["token"]) if options["token"] else Sender()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, sender.stop)
        sender.run(options["parent"], options["idle"])
