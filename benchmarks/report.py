"""Figures as lines of JSON, and as a table of ratios against the goals."""

import json
import math
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.load import Figure

OURS = "factcheck"
WORDS = {
    "list": "list of 100 with text, requests/s",
    "detail": "one document, requests/s",
    "reviews": "list of 50 of 100,000 reviews, requests/s",
    "reviews_search": "search of 100,000 reviews, 50 a page, requests/s",
    "decide": "decision writes/s",
    "add": "documents added one by one/s",
    "add_batch": "documents added in batches of 1,000/s",
    "memory": "memory of web and worker, MB",
}
GOALS: Mapping[tuple[str, str], str] = {
    ("list", "label-studio"): "≥ 10",
    ("list", "doccano"): "≥ 10",
    ("detail", "label-studio"): "≥ 10",
    ("detail", "doccano"): "≥ 1, aim 1.5",
    ("reviews", "label-studio"): "≥ 10",
    ("reviews", "doccano"): "≥ 10",
    ("reviews_search", "label-studio"): "≥ 10",
    ("reviews_search", "doccano"): "≥ 10",
    ("decide", "label-studio"): "≥ 5",
    ("decide", "doccano"): "≥ 0.7, aim 1",
    ("memory", "label-studio"): "≤ 0.5",
    ("memory", "doccano"): "≤ 0.5",
}


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured of one contestant."""

    name: str
    versions: Mapping[str, str]
    figures: Sequence[Figure]
    memory: Mapping[str, float]  # MB of each process with its children


def lines_of(result: Result) -> list[str]:
    """One line of JSON a figure."""
    about = {"contestant": result.name, **{name.replace("-", "_"): text for name, text in result.versions.items()}}
    rows = [{"what": figure.what, **_rounded(asdict(figure))} for figure in result.figures]
    rows += [{"what": "memory", "process": name, "mb": round(held, 1)} for name, held in result.memory.items()]
    return [json.dumps({**about, **row}) for row in rows]


def show(results: Sequence[Result], console: Console) -> None:
    """A row a figure: everybody's rate and p95, and how many times faster than each other we are."""
    others = [result.name for result in results if result.name != OURS]
    table = Table("figure", "clients", *(f"{result.name}" for result in results), *(f"/ {name}" for name in others))
    for figure in results[0].figures:
        there = {result.name: _find(result, figure) for result in results}
        cells = [f"{found.rate:.1f}  p95 {found.p95:.0f} ms{_errors(found)}" for found in there.values()]
        ratios = [_ratio(there, name, figure.what) for name in others] if OURS in there else []
        table.add_row(WORDS[figure.what], str(figure.clients), *cells, *ratios)
    held = {result.name: sum(result.memory.get(part, 0) for part in ("web", "worker")) for result in results}
    shares = [f"{held[OURS] / held[name]:.2f} {_goal('memory', name)}" for name in others] if OURS in held else []
    table.add_row(WORDS["memory"], "", *(f"{mb:.0f}" for mb in held.values()), *shares)
    console.print(table)


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    models = {line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")}
    memory = int(Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]) / 1e6
    postgres = subprocess.run(["psql", "--version"], capture_output=True, text=True, check=False).stdout.split()
    return {
        "cores": text.count("processor\t"),
        "processor": ", ".join(sorted(models)),
        "memory_gb": round(memory),
        "python": platform.python_version(),
        "postgres": postgres[2] if len(postgres) > 2 else "",  # noqa: PLR2004 -- "psql (PostgreSQL) 15.1"
    }


def _find(result: Result, like: Figure) -> Figure:
    return next(row for row in result.figures if (row.what, row.clients) == (like.what, like.clients))


def _ratio(there: Mapping[str, Figure], other: str, what: str) -> str:
    rate = there[other].rate
    return f"{there[OURS].rate / rate:.2f} {_goal(what, other)}" if rate else "–"


def _goal(what: str, other: str) -> str:
    goal = GOALS.get((what, other))
    return f"({goal})" if goal else ""


def _errors(figure: Figure) -> str:
    return f", {figure.errors} errors" if figure.errors else ""


def _rounded(figure: Mapping[str, object]) -> dict[str, object]:
    return {name: _short(value) for name, value in figure.items() if not _is_nothing(value)}


def _is_nothing(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _short(value: object) -> object:
    return round(value, 2) if isinstance(value, float) else value
