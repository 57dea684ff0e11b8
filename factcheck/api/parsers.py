"""JSON at the border: bounded, and nothing in it that two readers could read in two ways."""

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from factcheck.api.errors import Malformed, TooLarge

MB = 1024 * 1024
LARGEST_BODY, LARGEST_ARTICLE, LARGEST_BATCH = 1 * MB, 4 * MB, 32 * MB
DEEPEST = 64
_HALF = re.compile("[\ud800-\udfff]")


class StrictJSONParser(BaseParser):
    """UTF-8 JSON: no NaN, no name twice, no NUL, no half of a surrogate pair, at most 64 deep, of a bounded size."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Read a body.

        Raises:
            TooLarge: says how much may come.
            Malformed: says what is wrong with it.
        """
        view = (parser_context or {}).get("view")
        most = getattr(view, "largest_body", LARGEST_BODY)
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise TooLarge(f"This request is larger than {most // MB} MB. Send less at once.")
        return read_json(raw) if raw.strip() else {}


def read_json(raw: bytes) -> Any:
    """Read strict JSON.

    Raises:
        Malformed: says what is wrong with it.
    """
    try:
        found = json.loads(
            raw.decode("utf-8"), parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_once
        )
    except RecursionError as error:
        raise Malformed(f"The body is more than {DEEPEST} deep.") from error
    except ValueError as error:  # bad JSON, bad UTF-8, and numbers of too many digits
        raise Malformed(f"The body is no JSON that we read: {str(error)[:200]}.") from error
    _check(found)
    return found


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:20]} is too large")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _check(found: Any) -> None:
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > DEEPEST + 1:
            raise Malformed(f"The body is more than {DEEPEST} deep.")
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value.keys())
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str) and not _is_text(value):
                raise Malformed("The body has a NUL or half of a surrogate pair in a string.")
        level = below


def _is_text(value: str) -> bool:
    return "\x00" not in value and (value.isascii() or not _HALF.search(value))
