"""The figures of an evaluation, for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from factcheck.jobs.findings import counted

Figures = Mapping[str, Any]

EVENT_ROWS = {
    "statements": "statements",
    "provenance": "relayed by",
    "hedges": "hedged, of statements found",
    "conflicts": "conflicts",
}
EVENT_SHARES = {
    "speaker_accuracy": "speaker, of statements found",
    "act_accuracy": "act, of statements found",
    "quote_accuracy": "quotation, of statements found",
    "kind_accuracy": "kind, of conflicts found",
}


def print_event_figures(console: Console, figures: Figures) -> None:
    """Print what was found in events: precision, recall and F1, then what of the found is right."""
    rows = [(label, figures[name]) for name, label in EVENT_ROWS.items() if name in figures]
    console.print(_table(counted(figures["events"], "event"), rows, with_marked=True))
    shares = Table(box=None, show_header=False, pad_edge=False)
    for name, label in EVENT_SHARES.items():
        shares.add_row(label, f"{figures[name]:.3f}")
    shares.add_row("look-alikes taken for conflicts", figures["false_alarms_on_lookalikes"])
    console.print(shares)


def print_attribution_figures(console: Console, figures: Figures) -> None:
    """Print what was found in a split: spans that agree strictly, spans that overlap, whole attributions."""
    console.print(_table(counted(figures["articles"], "article"), list(_span_rows(figures)), with_marked=False))


def _span_rows(figures: Figures) -> Iterator[tuple[str, Figures]]:
    for kind, row in figures["strict"].items():
        yield f"{kind}, exactly", row
    yield "all three, exactly", figures["strict_micro"]
    for kind, row in figures["any_overlap"].items():
        yield f"{kind}, overlapping", row
    yield "linked attributions", figures["linked"]


def _table(title: str, rows: list[tuple[str, Figures]], *, with_marked: bool) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("Found", min_width=32)
    for heading in ("Precision", "Recall", "F1", *(["Marked"] if with_marked else [])):
        table.add_column(heading, justify="right")
    for label, row in rows:
        figures = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
        table.add_row(label, *figures, *([str(row["n_gold"])] if with_marked else []))
    return table
