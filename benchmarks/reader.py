"""What reading costs: ratios of one run on one machine, so that they hold on another.

`python -m benchmarks.reader [--torch PYTHON --encoder FOLDER] [--model FOLDER] [--threads 1]`
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from factcheck.engine import SHIPPED, Article, Models, extract
from factcheck.engine.encoder import Model, load_model
from factcheck.engine.segment import segment_text

ROOT: Final = Path(__file__).parent.parent
WORDS: Final = 700
LENGTHS: Final = (2_000, 20_000, 200_000)
WORKERS, OF_A_READER, AIM_RATE = 2, 20, 8  # processes, articles that each reads, articles a second of all
MOST_RATIO, MOST_GROWTH, MOST_MEMORY, MOST_SECONDS, LEAST_GAIN = 1.6, 1.2, 500, 1.5, 4.0


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in words and numbers, and whether it is what it must be; None where nothing is asked of it."""

    name: str
    value: str
    is_met: bool | None = None


def main() -> int:
    """Measure, print a line a figure; the exit status is 1 where one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED, help="the folder of the model; the engine's own")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--torch", type=Path, metavar="PYTHON", help="a Python that has torch and transformers")
    parser.add_argument("--encoder", type=Path, metavar="FOLDER", help="the same encoder as transformers reads it")
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], help="words of the longest text")
    parser.add_argument("--as", dest="part", choices=_PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part is not None:
        print(json.dumps(_PARTS[options.part](options)), flush=True)
        return 0
    missed = 0
    for figure in measure(options):
        missed += figure.is_met is False
        print(f"{figure.name:62} {figure.value:>28}  {_MARKS[figure.is_met]}", flush=True)
    return 1 if missed else 0


_MARKS: Final = {True: "met", False: "MISSED", None: ""}


def measure(options: argparse.Namespace) -> Iterator[Figure]:
    """Every figure, the quick ones first."""
    yield from measure_loading(options)
    yield from measure_article(options)
    yield from measure_rate(options)
    yield from measure_growth(options)


def measure_loading(options: argparse.Namespace) -> Iterator[Figure]:
    """How long a fresh process needs for its model, from the first import of its libraries; the best of five."""
    seconds = min(_in_fresh_process("loading", options)["seconds"] for _ in range(5))
    yield Figure(f"loading the model, at most {MOST_SECONDS} s", f"{seconds:.2f} s", seconds <= MOST_SECONDS)


def measure_article(options: argparse.Namespace) -> Iterator[Figure]:
    """One article: the whole reading, one pass of the encoder over its text, the naive way; in turns, best of each.

    On one thread processor time is measured, which other programs on the machine disturb least; on more, the clock.
    """
    models = Models(options.model, threads=options.threads)
    model = load_model(models)
    if model is None:
        raise SystemExit("There is no model. Name its folder with --model.")
    article = Article("a", news(WORDS))
    clock = clock_for(options.threads)
    ways: dict[str, Callable[[], float]] = {
        "whole": lambda: _spent(clock, lambda: extract(article, models=models)),
        "pass": lambda: _spent(clock, lambda: encode_once(model, article.text)),
        "rules": lambda: _spent(clock, lambda: extract(article, models=Models(None))),
    }
    if options.torch:
        ways["naive"] = Naive(options, article.text).read_once
    best = in_turns(ways, options.rounds)
    words = len(article.text.split())
    for name, label in _LABELS.items():
        if name in best:
            yield Figure(f"{label}, {words} words, {options.threads} thread(s)", f"{1000 * best[name]:.0f} ms")
    ratio = best["whole"] / best["pass"]
    yield Figure(f"whole reading : one pass, at most {MOST_RATIO}", f"{ratio:.2f}", ratio <= MOST_RATIO)
    if "naive" in best:
        gain = best["naive"] / best["whole"]
        yield Figure(f"naive way : whole reading, at least {LEAST_GAIN:.0f}", f"{gain:.1f}", gain >= LEAST_GAIN)
        yield Figure("naive way : one pass", f"{best['naive'] / best['pass']:.1f}")


def measure_rate(options: argparse.Namespace) -> Iterator[Figure]:
    """Articles a second of two workers side by side on a thread each, by the clock of the slower: the best of three."""
    rates, busy = [], []
    for _ in range(3):
        readers = [_start_process("reading", options) for _ in range(WORKERS)]
        for reader in readers:
            assert reader.stdout is not None
            reader.stdout.readline()  # all are ready before one begins
        for reader in readers:
            assert reader.stdin is not None
            reader.stdin.close()
        told = [json.loads(reader.stdout.read()) for reader in readers if reader.stdout is not None]
        rates.append(WORKERS * OF_A_READER / max(row["seconds"] for row in told))
        busy.append(max(row["processor"] for row in told))
    name = f"articles of {WORDS} words a second, {WORKERS} processes, aim {AIM_RATE}"
    yield Figure(name, f"{max(rates):.1f}")
    yield Figure("  the same, had each a core of its own", f"{WORKERS * OF_A_READER / min(busy):.1f}")


_LABELS: Final = {
    "whole": "whole reading (rules, model, speakers, acts)",
    "pass": "one pass of the encoder",
    "rules": "rules alone",
    "naive": "naive way: PyTorch, sentence by sentence, encoder alone",
}


def measure_growth(options: argparse.Namespace) -> Iterator[Figure]:
    """Cost a word as texts grow, and what a worker that read the longest held at its peak."""
    grown = _in_fresh_process("growing", options)
    costs: dict[str, float] = grown["microseconds"]
    for length, cost in costs.items():
        yield Figure(f"a text of {int(length):,} words", f"{cost:.0f} µs a word")
    first, *_, last = costs.values()
    growth = last / first
    yield Figure(f"cost a word, longest : shortest, at most {MOST_GROWTH}", f"{growth:.2f}", growth <= MOST_GROWTH)
    held = grown["megabytes"]
    yield Figure(f"peak memory of a worker, at most {MOST_MEMORY} MB", f"{held:.0f} MB", held <= MOST_MEMORY)


def news(words: int) -> str:
    """So many words of invented news: the articles of training/events one after another, over again if need be."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("training/events/*/articles/*.txt"))]
    bodies = [paragraph for text in texts for paragraph in text.split("\n\n")[1:] if paragraph.strip()]
    paragraphs, count = ["Invented news"], 0
    while count < words:
        paragraph = bodies[(len(paragraphs) - 1) % len(bodies)]
        paragraphs.append(" ".join(paragraph.split()[: words - count]))
        count += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def encode_once(model: Model, text: str) -> None:
    """One pass of the encoder over a text: each piece once, in windows of the size the model was made for."""
    ids, size = model.tokenize(text).ids, model.folder.window
    for start in range(0, len(ids), size):
        window = ids[start : start + size]
        model.encode(window, [0] * len(window))


def in_turns(ways: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The least that each way says it took; each goes once a round, so that a busy moment hits all alike."""
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            best[name] = min(best[name], way())
    return best


def clock_for(threads: int) -> Callable[[], float]:
    """Processor time for one thread; the time that passes for more, as one that waits is busy too."""
    return time.process_time if threads == 1 else time.perf_counter


def _spent(clock: Callable[[], float], act: Callable[[], object]) -> float:
    began = clock()
    act()
    return clock() - began


class Naive:
    """Another Python with PyTorch that encodes an article sentence by sentence whenever it is asked to."""

    def __init__(self, options: argparse.Namespace, text: str) -> None:
        given = {
            "folder": str(options.encoder),
            "threads": options.threads,
            "sentences": [sentence.span.of(text) for sentence in segment_text(text).sentences],
        }
        self.process = subprocess.Popen(
            [str(options.torch), "-c", _NAIVELY, json.dumps(given)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
        )
        self.read_once()

    def read_once(self) -> float:
        """Have the article read once more, and say the processor time that it took there, in seconds."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(file=self.process.stdin, flush=True)
        if not (spent := self.process.stdout.readline()):
            raise SystemExit("The naive way stopped; its reason stands above.")
        return float(spent)


_NAIVELY: Final = """
import json, sys, time
import torch
from transformers import AutoTokenizer, BertModel

given = json.loads(sys.argv[1])
torch.set_num_threads(given["threads"])
tokenizer = AutoTokenizer.from_pretrained(given["folder"])
model = BertModel.from_pretrained(given["folder"], add_pooling_layer=False).eval()
clock = time.process_time if given["threads"] == 1 else time.perf_counter
for _ in sys.stdin:
    began = clock()
    with torch.inference_mode():
        for sentence in given["sentences"]:
            model(**tokenizer(sentence, return_tensors="pt", truncation=True, max_length=512)).last_hidden_state.numpy()
    print(clock() - began, flush=True)
"""


def _in_fresh_process(part: str, options: argparse.Namespace) -> Any:
    answer, _ = (process := _start_process(part, options)).communicate()
    if process.returncode:
        raise SystemExit("A measuring process stopped; its reason stands above.")
    return json.loads(answer)


def _start_process(part: str, options: argparse.Namespace) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.reader", "--as", part, "--model", str(options.model)]
    command += ["--threads", str(options.threads), "--longest", str(options.longest)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _load(options: argparse.Namespace) -> dict[str, float]:
    began = time.perf_counter()
    load_model(Models(options.model, threads=options.threads))
    return {"seconds": time.perf_counter() - began}


def _read(options: argparse.Namespace) -> dict[str, float]:
    """Say that one is ready, wait for the word, and read."""
    models, article = Models(options.model, threads=1), Article("a", news(WORDS))
    extract(article, models=models)
    print(flush=True)
    sys.stdin.read()
    began, used = time.perf_counter(), time.process_time()
    for _ in range(OF_A_READER):
        extract(article, models=models)
    return {"seconds": time.perf_counter() - began, "processor": time.process_time() - used}


def _grow(options: argparse.Namespace) -> dict[str, Any]:
    """As a worker does it: with Django and the jobs loaded, one text after another."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    import django

    django.setup()
    from factcheck.jobs import tasks  # noqa: F401 -- what a worker holds

    models = Models(options.model, threads=options.threads)
    extract(Article("warm", news(WORDS)), models=models)
    costs = {}
    for length in sorted({*LENGTHS[:-1], options.longest}):
        text = news(length)
        costs[length] = 1e6 * _spent(time.process_time, lambda: extract(Article("a", text), models=models)) / length  # noqa: B023 -- called here
    return {"microseconds": costs, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}


_PARTS: Final = {"loading": _load, "reading": _read, "growing": _grow}


if __name__ == "__main__":
    sys.exit(main())
