"""What an analysis found, for a terminal: statements by speaker, suggested conflicts with both quotations and why."""

from collections import defaultdict
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from factcheck.corpus.models import Article, ConflictPair, Statement

LONGEST_QUOTATION = 220


def print_findings(console: Console, article: Article) -> None:
    """Print an article's statements and suggested conflicts."""
    statements = list(Statement.objects.present().attributed().with_people().filter(article=article))
    pairs = list(ConflictPair.objects.touching(article).shown().with_sides().best_first())
    console.print()
    console.print(Text(article.title, style="bold"))
    speakers = len({statement.speaker_id for statement in statements})
    console.print(f"{counted(len(statements), 'statement')} by {counted(speakers, 'speaker')}\n", highlight=False)
    console.print(_by_speaker(statements))
    console.print(Text(f"\n{counted(len(pairs), 'suggested conflict')}", style="bold"))
    for pair in pairs:
        console.print(_pair(pair))


def counted(number: int, noun: str) -> str:
    """A number and its noun: "1 pair", "1,200 pairs"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _by_speaker(statements: list[Statement]) -> Table:
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        said[statement.speaker.name].append(statement)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column("Speaker", style="bold", max_width=22)
    table.add_column("Act", no_wrap=True, style="dim")
    table.add_column("Statement", ratio=1)
    for speaker, theirs in sorted(said.items(), key=lambda row: -len(row[1])):
        for number, statement in enumerate(theirs):
            table.add_row(Text(speaker if number == 0 else ""), statement.act, Text(_shown(statement, 110)))
    return table


def _pair(pair: ConflictPair) -> RenderableType:
    head = Text.assemble((pair.kind.replace("_", " "), "bold red"), f"  {pair.score:.2f}")
    return Padding(Panel(Group(*_lines(pair)), title=head, title_align="left"), (0, 0, 0, 1))


def _lines(pair: ConflictPair) -> Iterator[Text]:
    for side in (pair.a, pair.b):
        yield Text.assemble((f"{side.said_by}: ", "bold"), f"“{_shown(side, LONGEST_QUOTATION)}”")
    yield Text(f"Why: {pair.why}", style="italic")


def _shown(statement: Statement, length: int) -> str:
    words = " ".join(statement.display.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"
