"""A review as one row of a table, under the flat names that Duke's reporters' lab gives schema.org's properties."""

import json
from collections.abc import Mapping
from typing import Any, Final

APPEARANCES: Final = 3
COLUMNS: Final = (
    *("url", "datePublished", "claimReviewed", "author.name", "author.url"),
    *("reviewRating.alternateName", "reviewRating.ratingValue", "reviewRating.bestRating", "reviewRating.worstRating"),
    *("itemReviewed.author.@type", "itemReviewed.author.name", "itemReviewed.datePublished"),
    *(f"itemReviewed.appearance.{place}.url" for place in range(1, APPEARANCES + 1)),
)


def flat_of(document: bytes) -> list[str]:
    """The values of a published document in the order of the columns; empty where it says nothing."""
    said = json.loads(document)
    return [_at(said, column.split(".")) for column in COLUMNS]


def _at(said: Any, path: list[str]) -> str:
    """What stands at a path; things in a list are numbered from one."""
    for step in path:
        if isinstance(said, list):
            place = int(step) - 1
            said = said[place] if place < len(said) else None
        else:
            said = said.get(step) if isinstance(said, Mapping) else None
    return "" if said is None else str(said)
