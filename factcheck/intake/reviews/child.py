"""The parent's side: a child reads the file, and its answer is read line by line, so that many rows need no room."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from factcheck.intake.parsing.checks import LARGEST_FILE, require_text
from factcheck.intake.parsing.child import DIED, TOO_LONG
from factcheck.intake.parsing.documents import UnfitFile
from factcheck.intake.reviews.rows import Problem, Row, Said
from factcheck.intake.wording import worded

SECONDS: Final = 300
ROOT: Final = Path(__file__).parents[3]
SUFFIXES: Final = (".json", ".jsonld", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt")
UNKNOWN: Final = worded("Files of this kind are not read. Give ClaimReview JSON-LD (.json, .jsonld), .jsonl or .csv.")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: how many rows it has, and the rows."""

    count: int
    _answer: IO[bytes]

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The rows of the file, in its order, from a place on."""
        self._answer.seek(0)
        for place, line in enumerate(self._answer):
            if place >= after:
                yield _row(json.loads(line))


def require_review_file(name: str, content: bytes) -> None:
    """Look at a file before it is kept.

    Raises:
        UnfitFile: it is too large, empty, or of a kind that holds no reviews.
    """
    if len(content) > LARGEST_FILE:
        size = f"{len(content) / 1e6:.1f}"
        raise UnfitFile(
            worded("This file is {size} MB; at most 25 MB are read. Split it and import the parts.", size=size)
        )
    if not content.strip():
        raise UnfitFile(worded("This file is empty. Choose the one with the reviews."))
    if not name.lower().endswith(SUFFIXES):
        raise UnfitFile(UNKNOWN)
    require_text(content[:1024])


@contextmanager
def reading_reviews(name: str, content: bytes) -> Iterator[ReadFile]:
    """Let a child read a file, and give what it found. The same file gives the same rows, however often it is read.

    Raises:
        UnfitFile: it holds no reviews that can be read; says why and what would help.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        ended = _run(given, answer, name)
        if ended != 0:
            raise UnfitFile(TOO_LONG if ended in (None, -signal.SIGXCPU, -signal.SIGKILL) else DIED)
        answer.seek(0)
        yield ReadFile(_count(answer), answer)


def _run(given: IO[bytes], answer: IO[bytes], name: str) -> int | None:
    """Run the child to its end; None where it was not at its end in time."""
    try:
        ended = subprocess.run(  # noqa: S603 -- our own program, and what came goes in as data
            [sys.executable, "-m", "factcheck.intake.reviews.worker", name[-200:]],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return ended.returncode


def _count(answer: IO[bytes]) -> int:
    """How many rows there are; the last line says whether the file as a whole would not do."""
    count, last = 0, b"{}"
    for line in answer:
        count, last = count + 1, line
    found = json.loads(last)
    if "unfit" in found:
        raise UnfitFile(found["unfit"])
    return count


def _row(told: dict[str, Any]) -> Row:
    said = Said(**told["said"]) if told["said"] else None
    problems = tuple(Problem(**problem) for problem in told["problems"])
    return Row(told["number"], said, told["page_key"], told["document"], problems)
