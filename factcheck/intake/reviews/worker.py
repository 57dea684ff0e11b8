"""The child: reads one file of reviews from its input, gives a line of JSON for each row; run by `child.py`."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any, Final

from factcheck.intake.parsing import cage
from factcheck.intake.parsing.documents import UnfitFile
from factcheck.intake.parsing.reasons import DEEP, HUNGRY
from factcheck.intake.parsing.worker import load_charsets
from factcheck.intake.reviews.meaning import read_row
from factcheck.intake.reviews.rows import Row
from factcheck.intake.reviews.shapes import read_documents

CPU_SECONDS: Final = 60
LARGEST_ANSWER: Final = 512 * 1024 * 1024
MOST_PROBLEMS: Final = 10_000  # that are told one by one; further rows are counted as refused


def main() -> None:
    """Read, tell, end. Whatever goes wrong is a reason, or ends this process."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1024 * 1024)
    os.dup2(2, 1)  # what libraries print is no answer
    load_charsets()
    "".encode("idna")  # and whatever else is loaded at the first use
    content = sys.stdin.buffer.read()
    cage.enter(cpu_seconds=CPU_SECONDS, largest_answer=LARGEST_ANSWER)
    for line in _lines(sys.argv[1], content):
        answers.write(line)
        answers.write("\n")
    answers.flush()
    os._exit(0)  # nothing to tidy, and no library's own end to wait for


def _lines(name: str, content: bytes) -> Iterator[str]:
    try:
        for row in _few_problems(read_row(number, found) for number, found in read_documents(name, content)):
            yield json.dumps(_told(row), ensure_ascii=False, separators=(",", ":"))
    except UnfitFile as reason:
        yield json.dumps({"unfit": str(reason)})
    except MemoryError:
        yield json.dumps({"unfit": HUNGRY})
    except RecursionError:
        yield json.dumps({"unfit": DEEP})


def _told(row: Row) -> dict[str, Any]:
    """As `asdict`, which would copy every document."""
    told = {"number": row.number, "page_key": row.page_key, "document": row.document}
    said = asdict(row.said) if row.said else None
    return {**told, "said": said, "problems": [asdict(problem) for problem in row.problems]}


def _few_problems(rows: Iterator[Row]) -> Iterator[Row]:
    told = 0
    for row in rows:
        told += len(row.problems)
        yield row if told <= MOST_PROBLEMS else replace(row, problems=())


if __name__ == "__main__":
    main()
