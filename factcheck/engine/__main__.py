"""The engine's command: `python -m factcheck.engine analyze [options] FILE [FILE ...]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from . import pipeline
from .annotations import Analysis, Article
from .errors import UnreadableArticle
from .segment import MAX_BYTES, read_article

_USAGE_ERROR = 2
_LATER = ("checkworthy", "entail")


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
        document = _COMMANDS[options.command](options)
    except _BadInputError as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - a command's one line
        return _USAGE_ERROR
    text = json.dumps(document, ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(f"{text}\n".encode())  # UTF-8 whatever the locale says
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
    for name in _LATER:
        commands.add_parser(name, help="not available in this version").add_argument("files", nargs="*")
    return parser


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no date; write it as 2026-01-31") from error


def _refuse(options: argparse.Namespace) -> pipeline.Json:
    raise _BadInputError(f"{options.command}: not available in this version")


def _analyze(options: argparse.Namespace) -> pipeline.Json:
    articles = [_read(name, options.date) for name in options.files]
    _refuse_doubles(articles)
    if options.statements is not None:
        return pipeline.analysis_document(_pair_given(options, articles))
    progress = _show_progress if sys.stderr.isatty() else None
    analysis = pipeline.analyze(
        articles,
        min_confidence=options.min_confidence,
        min_score=options.min_score,
        progress=progress,
    )
    return pipeline.analysis_document(analysis)


def _read(name: str, day: date | None) -> Article:
    label = "standard input" if name == "-" else name
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else _read_bytes(Path(name))
    except OSError as error:
        raise _BadInputError(f"{label}: cannot be read ({error.strerror})") from error
    if len(raw) > MAX_BYTES:
        raise _BadInputError(f"{label}: larger than 2 MB; cut it into articles")
    try:
        article_id = "stdin" if name == "-" else Path(name).name.removesuffix(".txt")
        return read_article(article_id, raw.decode("utf-8"), day)
    except UnicodeDecodeError as error:
        raise _BadInputError(f"{label}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except UnreadableArticle as error:
        raise _BadInputError(f"{label}: {error}") from error


def _read_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


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
    return pipeline.pair_given(statements, articles, min_score=options.min_score)


_COMMANDS: Final = {"analyze": _analyze, **dict.fromkeys(_LATER, _refuse)}


def _show_progress(share: float) -> None:
    sys.stderr.write(f"\r{share:4.0%}" + ("\n" if share >= 1 else ""))
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
