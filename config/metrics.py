"""Counting requests for Prometheus, where a port for it is set."""

import os
from pathlib import Path


def count_requests(folder: Path, apps: list[str], middleware: list[str]) -> None:
    """Count into files in this folder, which must be named before the first counter is made."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))
    apps.append("django_prometheus")
    middleware.insert(0, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    middleware.append("django_prometheus.middleware.PrometheusAfterMiddleware")
