"""JSON lines: what other tools hand over, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def read_rows(lines: str) -> Iterator[tuple[int, Any]]:
    """The value of each line with its number, from 1.

    Raises:
        ValueError: a line is no JSON; the message names its number.
    """
    ends = lines.removesuffix("\n").split("\n") if lines.strip() else []
    for number, line in enumerate(ends, 1):
        yield number, _read_row(line, number)


def _read_row(line: str, number: int) -> Any:
    try:
        row: Any = json.loads(line)
        json.dumps(row, ensure_ascii=False).encode()  # half a character could not be written again
    except (ValueError, RecursionError) as error:
        raise ValueError(f"line {number} is no JSON ({error})") from error
    return row
