import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from prometheus_client import start_http_server

from factcheck.jobs.metrics import build_registry

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Prometheus metrics, on this machine only."""

    help = "Serve Prometheus metrics on 127.0.0.1, on the port of FACTCHECK_METRICS_PORT, until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.METRICS_PORT:
            raise CommandError("FACTCHECK_METRICS_PORT: no port is set. Set it to a free one, such as 9464.")
        over = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: over.set())
        try:
            server, _ = start_http_server(settings.METRICS_PORT, addr=HOST, registry=build_registry())
        except OSError as error:
            raise CommandError(
                f"FACTCHECK_METRICS_PORT: port {settings.METRICS_PORT} cannot be used ({error})."
            ) from error
        over.wait()
        server.shutdown()
