"""The processes of an installation: what `manage.py run` and `manage.py serve` start and keep running."""

import sys

_PYTHON = sys.executable

# Beside what is set: the checks have run when a process starts, and running them again loads every page into a
# worker; a heap for each of many threads costs memory and wins nothing where one thread runs at a time; and what a
# batch or a long list took, above a megabyte in one piece, goes back to the system when it is done with: left to
# itself, malloc raises that bound with the first such piece, and keeps all later ones.
_MEGABYTE = str(1024 * 1024)
ENVIRONMENT = {
    "CELERY_SKIP_CHECKS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": _MEGABYTE,
    "MALLOC_TRIM_THRESHOLD_": _MEGABYTE,
}


def embedded(workers: int, log_level: str) -> dict[str, list[str]]:
    """Web and worker on one machine, without Redis."""
    return {"web": _web("127.0.0.1", processes=1), "worker": _worker(workers, log_level)}


def served(workers: int, log_level: str, *, bind: str, web_processes: int, metrics: bool) -> dict[str, list[str]]:
    """Web, worker and beat on one machine; with the metrics on a port of their own where one is set."""
    lines = {"web": _web(bind, web_processes), "worker": _worker(workers, log_level), "beat": _beat(log_level)}
    return lines | ({"metrics": [_PYTHON, "manage.py", "metrics"]} if metrics else {})


def sender() -> list[str]:
    """What sends webhooks: started by a worker when something is due, and by nobody else."""
    return [_PYTHON, "manage.py", "deliver"]


def _web(bind: str, processes: int) -> list[str]:
    return [
        *(_PYTHON, "-m", "gunicorn", "config.wsgi", "--bind", bind + ":{port}", "--no-control-socket"),
        "--preload",  # loaded once and shared by fork; nothing is connected before it
        *("--worker-class", "gthread", "--workers", str(processes), "--threads", "8", "--graceful-timeout", "20"),
        *("--log-level", "warning", "--name", "factcheck-web"),
    ]


def _worker(processes: int, log_level: str) -> list[str]:
    return [
        *(_PYTHON, "-m", "celery", "--app", "config.celery", "--quiet", "worker", "--pool", "prefork"),
        *("--concurrency", str(processes), "--without-gossip", "--without-mingle", "--without-heartbeat"),
        *("--loglevel", log_level, "--hostname", "factcheck@%h"),
    ]


def _beat(log_level: str) -> list[str]:
    # The timetable is kept in memory: each routine names its period, so a beat that starts anew repeats nothing.
    return [
        *(_PYTHON, "-m", "celery", "--app", "config.celery", "--quiet", "beat", "--scheduler", "celery.beat:Scheduler"),
        *("--loglevel", log_level, "--pidfile="),
    ]
