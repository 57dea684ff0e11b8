"""Giving a piece to a colleague: who has it now, and how much each colleague has in hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from factcheck.claims.models import Assignment, Piece
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could do it, and how much they have in hand."""

    person: User
    in_hand: int


@dataclass(frozen=True, slots=True)
class AssigningScreen:
    """What the page shows."""

    piece: Piece
    held_by: Sequence[Assignment]
    colleagues: Sequence[Colleague]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.piece)


def assigning_for(piece: Piece, people: QuerySet[User]) -> AssigningScreen:
    """Gather the page in a fixed number of queries."""
    busy = Assignment.objects.live().unfinished().filter(person__in=people.order_by().values("pk"))
    counts = dict(busy.values_list("person").annotate(count=Count("pk")))
    held = Assignment.objects.on(piece).live().select_related("person").order_by("assigned_at")
    return AssigningScreen(piece, list(held), [Colleague(one, counts.get(one.pk, 0)) for one in people])
