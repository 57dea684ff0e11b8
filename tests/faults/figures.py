"""The one line of JSON that every fault test prints, and what stands in it."""

import json
import sqlite3
import sys
from collections.abc import Mapping, Sequence

import celery
import django


def report(
    test: str,
    *,
    n: int,
    faults: int,
    violations: Sequence[str],
    seed: int,
    took: Sequence[float] = (),
    versions: Mapping[str, str] | None = None,
    **more: object,
) -> None:
    """Print the line: `n` things done under so many `faults`; `took` are seconds, null where nothing was timed."""
    line: dict[str, object] = {"test": test, "n": n, "faults": faults, "violations": len(violations)}
    line |= {"p50": share(took, 0.5), "p99": share(took, 0.99), "seed": seed, **more}
    line |= {"first_violation": violations[0]} if violations else {}
    print(json.dumps(line | {"versions": programs() | dict(versions or {})}), flush=True)


def programs() -> dict[str, str]:
    """What every figure was taken with, beside the servers."""
    return {
        "python": sys.version.split()[0],
        "django": django.__version__,
        "celery": celery.__version__,
        "sqlite": sqlite3.sqlite_version,
    }


def share(values: Sequence[float], part: float) -> float | None:
    """The value below which that part of them lies; None of none."""
    ordered = sorted(values)
    return round(ordered[min(int(len(ordered) * part), len(ordered) - 1)], 3) if ordered else None
