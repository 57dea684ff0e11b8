"""What every address asks: each room with addresses declares its own in a `ROUTES` table of its `routes.py`.

The tests walk the resolver and fail on an address that stands in no table, on a table's row without an address, and on
an answer that differs from what the permission table says of the row's action.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from factcheck.newsroom.permissions import Action


class Door(StrEnum):
    """What an address asks that is no act on a thing of a desk."""

    PUBLIC = "nothing: whoever comes, signed in or not"
    SIGNED_IN = "a person who is signed in; shows and changes only what is theirs"
    MEMBER = "a role on some desk; shows what that person may read"


Asked = Action | Door


@dataclass(frozen=True, slots=True)
class Route:
    """One address: what each method asks, about which sort of thing, and the fields that a form may send to it.

    `subject` names what the id in the address belongs to (article, pair, claim, verdict, job), if there is one.
    """

    asks: Mapping[str, Asked]
    subject: str = ""
    fields: frozenset[str] = field(default_factory=frozenset)
    many: frozenset[str] = field(default_factory=frozenset)  # those that may come more than once

    @property
    def methods(self) -> frozenset[str]:
        """The methods that the address takes."""
        return frozenset(self.asks)


def shows(asked: Asked, subject: str = "") -> Route:
    """An address that is only looked at."""
    return Route({"GET": asked}, subject)


def takes(asked: Asked, subject: str = "", fields: Iterable[str] = (), many: Iterable[str] = ()) -> Route:
    """An address that is only posted to."""
    return Route({"POST": asked}, subject, frozenset(fields), frozenset(many))
