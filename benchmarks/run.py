"""Measure Factcheck beside Label Studio and doccano, one after another in one run: see README.md here."""

import argparse
import datetime as dt
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from rich.console import Console

from benchmarks.contestants import BATCH, Contestant, Place
from benchmarks.doccano import Doccano
from benchmarks.label_studio import LabelStudio
from benchmarks.load import Figure, measure, measure_fixed
from benchmarks.ours import Factcheck
from benchmarks.report import Result, lines_of, machine, show
from benchmarks.servers import ROOT, free_port, postgres, redis

KINDS: Mapping[str, type[Contestant]] = {kind.name: kind for kind in (Factcheck, LabelStudio, Doccano)}
CROWD = 8
BATCHES = 3
SETTLE = 20.0  # seconds for which the worker works before memory is told


@dataclass(frozen=True, slots=True)
class Bout:
    """One run: where, with whom, how long."""

    folder: Path
    pythons: Mapping[str, Path]
    documents: int
    seconds: float


@contextmanager
def standing(bout: Bout, *, durable: bool) -> Iterator[Callable[[str], Contestant]]:
    """The servers that all share; gives what makes a contestant of a name."""
    bout.folder.mkdir(parents=True, exist_ok=True)
    with postgres(bout.folder, durable=durable) as cluster, redis() as broker:

        def make(name: str) -> Contestant:
            place = Place(bout.folder / name, bout.pythons[name], cluster, broker.url, free_port())
            return KINDS[name](place, bout.documents)

        yield make


def prepare(bout: Bout, say: Callable[[str], None]) -> None:
    """Install everybody who is not and fill in the documents; keep databases, to be copied for each measurement."""
    with standing(bout, durable=False) as make:
        for name in bout.pythons:
            begun, contestant = time.monotonic(), make(name)
            cluster = contestant.place.postgres
            if cluster.has(f"{name}-kept"):
                continue
            cluster.create(name)
            try:
                contestant.install()
            finally:
                contestant.processes.stop()
            cluster.keep(name)
            cluster.copy(name, f"{name}-kept")
            say(f"{name}: {bout.documents} documents in {time.monotonic() - begun:.0f} s")


def compare(bout: Bout, say: Callable[[str], None]) -> list[Result]:
    """Measure everybody on a copy of what was prepared."""
    results = []
    with standing(bout, durable=True) as make:
        for name in bout.pythons:
            contestant = make(name)
            contestant.place.postgres.copy(f"{name}-kept", name)
            try:
                contestant.start()
                contestant.learn()
                figures = [_say(figure, say) for figure in figures_of(contestant, bout.seconds)]
                contestant.start_the_rest()
                time.sleep(SETTLE)
                results.append(Result(name, versions(contestant), figures, contestant.processes.memory()))
            finally:
                contestant.processes.stop()
            say(f"{name}: {', '.join(f'{what} {held:.0f} MB' for what, held in results[-1].memory.items())}")
    return results


def figures_of(contestant: Contestant, seconds: float) -> Iterator[Figure]:
    """Reads first, on exactly so many documents; then what writes."""
    plan = (
        ("list", contestant.show_page, (1, CROWD)),
        ("detail", contestant.show_one, (1, CROWD)),
        ("reviews", contestant.show_reviews, (1, CROWD)),
        ("reviews_search", contestant.search_reviews, (1, CROWD)),
        ("decide", contestant.decide, (CROWD,)),
        ("add", contestant.add, (CROWD,)),
    )
    for what, make, crowds in plan:
        for clients in crowds:
            steps = [make(contestant.client(), number) for number in range(clients)]
            yield measure(what, steps, seconds)
    yield measure_fixed("add_batch", contestant.add_batch(contestant.client(), 0), BATCHES, each=BATCH)


def versions(contestant: Contestant) -> dict[str, str]:
    """What its environment has installed."""
    folder = contestant.place.python.parent.parent
    paths = [str(path) for path in folder.glob("lib/python3*/site-packages")]
    found = {one.name.lower(): one.version for one in distributions(path=paths)}
    return {name: found[name] for name in contestant.versions if name in found}


def _say(figure: Figure, say: Callable[[str], None]) -> Figure:
    errors = f", {figure.errors} errors, the first: {figure.first_error}" if figure.errors else ""
    say(f"  {figure.what}, {figure.clients}: {figure.rate:.1f}/s, p95 {figure.p95:.0f} ms{errors}")
    return figure


def read_command(words: Sequence[str]) -> tuple[argparse.Namespace, Bout]:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factcheck", type=Path, default=ROOT / ".venv", help="our environment's folder")
    parser.add_argument("--label-studio", type=Path, help="its environment's folder; left out without")
    parser.add_argument("--doccano", type=Path, help="its environment's folder; left out without")
    parser.add_argument("--documents", type=int, default=10_000, help="a multiple of 1,000")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each figure is taken")
    parser.add_argument("--folder", type=Path, help="where to work; kept, and used again by --only measure")
    parser.add_argument("--only", choices=("prepare", "measure"), help="half of it, with --folder")
    parser.add_argument("--lines", type=Path, help="a file for the lines of JSON")
    given = parser.parse_args(words)
    if given.only and not given.folder:
        parser.error("--only needs --folder")
    environments = {"factcheck": given.factcheck, "label-studio": given.label_studio, "doccano": given.doccano}
    pythons = {name: folder.absolute() / "bin" / "python" for name, folder in environments.items() if folder}
    folder = given.folder or Path(tempfile.mkdtemp(prefix="benchmark-"))
    return given, Bout(folder.absolute(), pythons, given.documents, given.seconds)


def main() -> int:
    """Prepare, measure, print."""
    given, bout = read_command(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that every server is stopped on the way out
    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    if given.only != "measure":
        prepare(bout, console.print)
    if given.only == "prepare":
        return 0
    results = compare(bout, console.print)
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    about = {"date": day, "documents": bout.documents, "seconds": bout.seconds, **machine()}
    lines = [json.dumps(about), *(line for result in results for line in lines_of(result))]
    (given.lines.write_text("\n".join([*lines, ""])) if given.lines else print("\n".join(lines)))
    show(results, console)
    return int(any(figure.errors for result in results for figure in result.figures))


if __name__ == "__main__":
    sys.exit(main())
