"""What editors have done with statements: what would be looked at again where a reading moves or loses one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from factcheck.corpus.models import ConflictPair, PairStatus, Statement


@dataclass(slots=True)
class Work:
    """How many claims a statement appears in, how many of its pairs are decided, and how many wait for a decision."""

    claims: int = 0
    decisions: int = 0
    pairs: int = 0


def find_work(statements: Collection[UUID]) -> dict[UUID, Work]:
    """The work on each of these statements that has some; a fixed number of queries."""
    work: dict[UUID, Work] = defaultdict(Work)
    claimed = Statement.objects.filter(pk__in=statements, appearances__isnull=False)
    for pk, claims in claimed.annotate(claims=Count("appearances")).values_list("pk", "claims"):
        work[pk].claims = claims
    pairs = ConflictPair.objects.filter(Q(a__in=statements) | Q(b__in=statements)).exclude(
        status__in=(PairStatus.OBSOLETE, PairStatus.HELD)
    )
    for a, b, decision in pairs.values_list("a", "b", "decision"):
        for side in {a, b} & set(statements):
            work[side].decisions += bool(decision)
            work[side].pairs += not decision
    return dict(work)
