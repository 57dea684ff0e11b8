"""What a file of reviews holds, row by row: plain values, which cross from the child to its parent as JSON."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a row and what would help; if it `refuses`, the row is left out for it, else taken without."""

    field: str
    problem: str
    remedy: str
    refuses: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a review says, in the words of our tables; what is not known is empty or None. Dates are ISO 8601."""

    url: str
    claim_text: str
    rating_text: str
    claimant: str = ""
    claim_date: str | None = None
    title: str = ""
    publisher_name: str = ""
    publisher_site: str = ""
    rating_value: float | None = None
    rating_best: float | None = None
    rating_worst: float | None = None
    review_date: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number there, what it says (None where it is refused), and what is wrong in it."""

    number: int
    said: Said | None
    page_key: str
    document: dict[str, Any]
    problems: tuple[Problem, ...] = ()
