"""Tables for spreadsheets: numbers stay numbers, and no word is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
Value = str | int | float | None


def csv_answer(name: str, rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A file to download, in UTF-8 with its mark, as spreadsheets want it."""
    answer = HttpResponse(f"\ufeff{csv_of(rows)}", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_of(rows: Iterable[Sequence[Value]]) -> str:
    """Rows as CSV; a word that a spreadsheet would reckon with gets an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue()


def _cell(value: Value) -> Value:
    if isinstance(value, str) and (value.startswith(FORMULA) or value.lstrip().startswith(FORMULA)):
        return f"'{value}"
    return "" if value is None else value
