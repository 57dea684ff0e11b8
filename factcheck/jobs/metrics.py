"""What Prometheus reads beside the requests: gauges of the job table, asked for when they are scraped."""

from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from factcheck.jobs.health import measure_backlog

GAUGES = {
    "running": "jobs that run",
    "oldest_pending_seconds": "age of the oldest job that waits",
    "expired_leases": "jobs whose worker stopped renewing its lease",
    "outbox_oldest_seconds": "age of the oldest message to send",
}
WEBHOOK_GAUGES = {
    "deliveries_waiting": "messages to webhooks that are not delivered yet",
    "deliveries_overdue_seconds": "for how long the oldest delivery could have been sent",
    "webhooks_failing": "webhooks whose last delivery failed",
    "webhooks_switched_off": "webhooks that were switched off by themselves",
}


class JobCollector(Collector):
    """Gauges of the job table."""

    def collect(self) -> Iterator[Metric]:
        """Ask the database once; where it is away, say only that."""
        try:
            backlog = measure_backlog(timezone.now())
        except (DatabaseError, InterfaceError):
            connection.close()
            yield GaugeMetricFamily("factcheck_database_up", "whether the database answers", value=0)
            return
        yield GaugeMetricFamily("factcheck_database_up", "whether the database answers", value=1)
        waiting = GaugeMetricFamily("factcheck_jobs_waiting", "jobs that wait, by kind", labels=["kind"])
        for kind, many in backlog.waiting.items():
            waiting.add_metric([kind], many)
        yield waiting
        values = asdict(backlog)
        for name, words in GAUGES.items():
            yield GaugeMetricFamily(f"factcheck_jobs_{name}", words, value=values[name])
        for name, words in WEBHOOK_GAUGES.items():
            yield GaugeMetricFamily(f"factcheck_{name}", words, value=values[name])


def build_registry() -> CollectorRegistry:
    """The metrics of all web processes together, and those of the job table."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_DIR))  # type: ignore[no-untyped-call]  # prometheus_client leaves it untyped
    registry.register(JobCollector())
    return registry
