"""Questions about what a person may see, settled once for all who stand alike.

Sets like `readable_by` hang on a person's key, on whether they are active, and on their roles, desk by desk; on nothing
else. So the SQL of whoever has the same roles on as many desks is the same but for the keys in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import UUIDField

from factcheck.ledger.settled import Settled
from factcheck.newsroom.models import Role, User

Row = TypeVar("Row")
Values = Mapping[object, Any]

MOST = 64  # ways to stand that are kept; a newsroom has a handful
_KEY = UUIDField()


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody is active, and their roles on each of their desks, whichever those are."""

    is_active: bool
    roles: tuple[frozenset[Role], ...]

    @property
    def stand_in(self) -> User:
        """Nobody who stands so, on no desks that there are: to make a question with, never to ask it."""
        nobody = User(pk=_key(0), is_active=self.is_active)
        nobody.roles = {_key(number): roles for number, roles in enumerate(self.roles, start=1)}
        return nobody


def stand(person: User) -> tuple[Standing, Values]:
    """How this person stands, and their own keys by those of the stand-in, both as the database takes them."""
    held = sorted(person.roles.items(), key=lambda desk: sorted(desk[1]))
    keys = enumerate([person.pk, *(desk_id for desk_id, _ in held)])
    standing = Standing(person.is_active, tuple(roles for _, roles in held))
    return standing, {_written(_key(number)): _written(key) for number, key in keys}


class SettledFor(Generic[Row]):
    """A question that is asked for one person or another; `make` gives the query for one, as for `Settled`."""

    def __init__(self, make: Callable[[User], Any]) -> None:
        self._of = lru_cache(MOST)(lambda standing: Settled[Row](lambda: make(standing.stand_in)))

    def ask(self, person: User, *values: object) -> list[Row]:
        """The rows, as the query for this person would give them."""
        standing, own = stand(person)
        return self._of(standing).ask(*values, instead=own)


@cache
def _key(number: int) -> UUID:
    return uuid4()


def _written(key: UUID) -> Any:
    return _KEY.get_db_prep_value(key, connection)
