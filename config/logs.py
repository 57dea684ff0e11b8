"""Logs: JSON for machines, one readable line each at a terminal; with request and job ids, never an article's text.

An exception's own words may quote what it failed on, so only its type and the places it passed are written.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

Event = MutableMapping[str, Any]
ROOT = Path(__file__).resolve().parent.parent
SILENT = logging.DEBUG
DEEPEST = 8  # places of an exception that are written whatever they are; ours all are


def places(error: BaseException, trace: TracebackType | None) -> str:
    """Where an exception passed, without its words."""
    steps = traceback.extract_tb(trace)
    steps = traceback.StackSummary([step for step in steps[:-DEEPEST] if _is_ours(step)] + steps[-DEEPEST:])
    return " < ".join(
        [type(error).__name__, *(f"{_short(step)}:{step.lineno} {step.name}" for step in reversed(steps))]
    )


def _is_ours(step: traceback.FrameSummary) -> bool:
    return Path(step.filename).is_relative_to(ROOT / "factcheck")


def _short(step: traceback.FrameSummary) -> str:
    path = Path(step.filename)
    return str(path.relative_to(ROOT)) if _is_ours(step) else path.name


def _without_words(_: object, __: str, event: Event) -> Event:
    found = event.pop("exc_info", None)
    found = sys.exc_info() if found is True else found
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if isinstance(found, tuple) and found[1] is not None:
        event["exception"] = places(found[1], found[2])
    event.pop("stack_info", None)
    if str(event.get("logger", "")).startswith("celery.app.trace"):
        event["event"] = "a task stopped"  # Celery's own line quotes the exception
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_words,
]


def configuration(level: str, *, all_work: bool) -> dict[str, object]:
    """Give Django's LOGGING for a level such as INFO; `all_work` says whether each request and each job is a line."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    shown: Any = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [strip, shown],
                "foreign_pre_chain": _SHARED,
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "factcheck": {"level": level},
            "factcheck.jobs.runner": {"level": level if all_work or level != "INFO" else "WARNING"},
            "django_structlog": {"level": level if all_work else "ERROR"},
            # Django's own lines about requests repeat ours, and would quote addresses whole.
            "django.request": {"level": "ERROR"},
            "celery": {"level": "WARNING"},
        },
    }
