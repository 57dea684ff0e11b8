"""A shadow run's report in a terminal: the sums, then what would move, go or come, the most touching first."""

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from factcheck.corpus.models import ShadowReport
from factcheck.corpus.services.reports import ComparedArticle, Line, comparisons_of, describe
from factcheck.corpus.services.shadow import COUNTS, count
from factcheck.corpus.services.work import Work
from factcheck.jobs.findings import counted
from factcheck.newsroom.models import User

MOST_ARTICLES = 50
STYLES: Mapping[str, str] = {"gone": "red", "moved": "yellow", "new": "green"}
HEADINGS = ("Kept", "Moved", "New", "Gone", "With editors' work")


def print_shadow_report(console: Console, report: ShadowReport, person: User) -> None:
    """Print a report as this person may read it: of articles that are hidden from them, the counts alone."""
    sums, rows = count(report), list(comparisons_of(report)[:MOST_ARTICLES])
    table = Table(box=None, pad_edge=False)
    table.add_column(str(report).capitalize(), ratio=1)
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    table.add_row(counted(sums["articles"], "article"), *(f"{sums[name]:,}" for name in COUNTS), style="bold")
    compared = describe(rows, person)
    for one in compared:
        table.add_row(Text(_title(one)), *(f"{getattr(one.comparison, name):,}" for name in COUNTS))
    console.print(table)
    if sums["articles"] > len(rows):
        console.print(f"and {sums['articles'] - len(rows):,} more; {report.get_absolute_url()} shows all")
    for one in compared:
        console.print(*_lines(one), sep="\n")


def _title(one: ComparedArticle) -> str:
    return one.article.title if one.article else "An article that you do not read"


def _lines(one: ComparedArticle) -> Iterator[Text]:
    if one.lines:
        yield Text(f"\n{_title(one)}", style="bold")
    for line in one.lines:
        yield Text.assemble((f"{line.what:<6}", STYLES[line.what]), f"{line.said_by}: “{line.words}”", _then(line))


def _then(line: Line) -> str:
    then = f" → “{line.then}”" if line.then else ""
    return f"{then} ({_described(line.work)})" if line.work else then


def _described(work: Work) -> str:
    named = ((work.claims, "claim"), (work.decisions, "decision"), (work.pairs, "suggested pair"))
    return ", ".join(counted(number, noun) for number, noun in named if number)
