"""The engine's command: `python -m factcheck.engine analyze [options] FILE [FILE ...]`; also `checkworthy`, `entail`.

The environment may choose other models (`FACTCHECK_ATTRIBUTION_MODEL`, `FACTCHECK_PAIR_MODEL`) and how many threads
read (`FACTCHECK_MODEL_THREADS`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from . import pipeline
from .annotations import Analysis, Article, Models
from .errors import ModelMissing, ModelUnusable, UnreadableArticle
from .segment import MAX_BYTES, read_article

_USAGE_ERROR = 2
_MODEL: Final = "FACTCHECK_ATTRIBUTION_MODEL"
_PAIR_MODEL: Final = "FACTCHECK_PAIR_MODEL"
_THREADS: Final = "FACTCHECK_MODEL_THREADS"
_MOST_THREADS: Final = 64
_LARGEST_LIST: Final = 100_000_000  # bytes


class _BadInputError(Exception):
    """What was wrong with which file, in one line."""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise _BadInputError(f"{self.prog}: {message}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0, or 2 after one line on standard error."""
    try:
        options = _parser().parse_args(arguments)
        lines = _COMMANDS[options.command](options)
    except _BadInputError as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - a command's one line
        return _USAGE_ERROR
    for line in lines:
        sys.stdout.buffer.write(f"{line}\n".encode())  # UTF-8 whatever the locale says
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m factcheck.engine", description="Find who said what in articles, and what cannot both hold."
    )
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    analyze = commands.add_parser("analyze", help="statements and conflicts of articles, as JSON")
    analyze.add_argument("files", nargs="+", metavar="FILE", help="an article in UTF-8; - reads standard input")
    analyze.add_argument(
        "--date", type=_day, default=None, metavar="YYYY-MM-DD", help="the date of articles that give none"
    )
    analyze.add_argument("--min-confidence", type=float, default=None, metavar="C")
    analyze.add_argument("--min-score", type=float, default=None, metavar="S")
    analyze.add_argument(
        "--statements", default=None, metavar="FILE", help="take the statements from this JSON, only pair them"
    )
    checkworthy = commands.add_parser("checkworthy", help="how much sentences ask to be checked, as JSONL")
    checkworthy.add_argument("file", metavar="FILE", help='{"id", "text"} a line; - reads standard input')
    entail = commands.add_parser("entail", help="what follows from one text for another, as JSONL")
    entail.add_argument("file", metavar="FILE", help='{"id", "premise", "hypothesis"} a line; - reads standard input')
    return parser


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no date; write it as 2026-01-31") from error


def _choose_models() -> Models:
    """The models that the environment chooses."""
    threads = os.environ.get(_THREADS, "") or "0"
    if not threads.isdecimal() or int(threads) > _MOST_THREADS:
        raise _BadInputError(f"{_THREADS}: {threads!r} is no whole number from 0 (every core) to {_MOST_THREADS}")
    return Models.chosen(os.environ.get(_MODEL, ""), os.environ.get(_PAIR_MODEL, ""), int(threads))


def _unusable(problem: ModelUnusable) -> _BadInputError:
    named = [name for name in (_MODEL, _PAIR_MODEL) if os.environ.get(name) and problem.path == _folder(name)]
    return _BadInputError(": ".join([*named[:1], str(problem)]))


def _folder(name: str) -> Path:
    return Path(os.environ[name]).expanduser().absolute()


def _progress() -> pipeline.Progress | None:
    return _show_progress if sys.stderr.isatty() else None


def _analyze(options: argparse.Namespace) -> Iterable[str]:
    articles = [_read(name, options.date) for name in options.files]
    _refuse_doubles(articles)
    analysis = _read_all(options, articles) if options.statements is None else _pair_given(options, articles)
    return [json.dumps(pipeline.analysis_document(analysis), ensure_ascii=False, indent=1)]


def _read_all(options: argparse.Namespace, articles: Sequence[Article]) -> Analysis:
    try:
        return pipeline.analyze(
            articles,
            models=_choose_models(),
            min_confidence=options.min_confidence,
            min_score=options.min_score,
            progress=_progress(),
        )
    except ModelUnusable as problem:
        raise _unusable(problem) from problem


def _checkworthy(options: argparse.Namespace) -> Iterable[str]:
    with _told_plainly(options.file):
        sentences = pipeline.read_sentences(_read_list(options.file))
        scored = pipeline.score_sentences(sentences, models=_choose_models(), progress=_progress())
    return _lines({"id": sentence.id, "score": score} for sentence, score in scored)


def _entail(options: argparse.Namespace) -> Iterable[str]:
    with _told_plainly(options.file):
        pairs = pipeline.read_text_pairs(_read_list(options.file))
        inferred = pipeline.infer_pairs(pairs, models=_choose_models(), progress=_progress())
    return _lines({"id": pair.id, **inference._asdict()} for pair, inference in inferred)


def _read_list(name: str) -> str:
    return _read_text(name, _LARGEST_LIST, "cut it into several")


@contextmanager
def _told_plainly(name: str) -> Iterator[None]:
    """What is wrong with a list, or with the model that shall read it, in one line."""
    try:
        yield
    except ModelUnusable as problem:
        raise _unusable(problem) from problem
    except ModelMissing as problem:
        raise _BadInputError(f"{_PAIR_MODEL}: {problem}") from problem
    except ValueError as problem:
        raise _BadInputError(f"{_label(name)}: {problem}") from problem


def _lines(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)


def _read(name: str, day: date | None) -> Article:
    text = _read_text(name, MAX_BYTES, "cut it into articles")
    try:
        return read_article("stdin" if name == "-" else Path(name).name.removesuffix(".txt"), text, day)
    except UnreadableArticle as error:
        raise _BadInputError(f"{_label(name)}: {error}") from error


def _label(name: str) -> str:
    return "standard input" if name == "-" else name


def _read_text(name: str, most: int, remedy: str) -> str:
    """The text of a file or of standard input, at most so many bytes."""
    try:
        raw = sys.stdin.buffer.read(most + 1) if name == "-" else _read_bytes(Path(name), most + 1)
        if len(raw) > most:
            raise _BadInputError(f"{_label(name)}: larger than {most // 1_000_000} MB; {remedy}")
        return raw.decode("utf-8")
    except OSError as error:
        raise _BadInputError(f"{_label(name)}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _BadInputError(f"{_label(name)}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _read_bytes(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _refuse_doubles(articles: Sequence[Article]) -> None:
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise _BadInputError(f"{article.id}: two files have this id; rename one")
        seen.add(article.id)


def _pair_given(options: argparse.Namespace, articles: Sequence[Article]) -> Analysis:
    try:
        document = json.loads(Path(options.statements).read_text(encoding="utf-8"))
        statements = pipeline.read_statements(document, articles)
    except OSError as error:
        raise _BadInputError(f"{options.statements}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise _BadInputError(f"{options.statements}: {error}") from error
    try:
        return pipeline.pair_given(statements, articles, min_score=options.min_score, models=_choose_models())
    except ModelUnusable as problem:
        raise _unusable(problem) from problem


_COMMANDS: Final = {"analyze": _analyze, "checkworthy": _checkworthy, "entail": _entail}


def _show_progress(share: float) -> None:
    sys.stderr.write(f"\r{share:4.0%}" + ("\n" if share >= 1 else ""))
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
