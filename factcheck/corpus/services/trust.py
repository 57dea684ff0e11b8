"""Can the suggestions be trusted? How many of a kind, by one version, the desk confirmed, and how sure that is."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from factcheck.corpus.models import ConflictPair, PairStatus

_Z = 1.959964  # the normal quantile of a 95 % interval


@dataclass(frozen=True, slots=True)
class Trust:
    """Of the decided pairs of a kind, by one engine and calibration, how many were confirmed."""

    kind: str
    engine_version: str
    calibration: int | None
    confirmed: int
    decided: int

    @property
    def share(self) -> float:
        """The share that was confirmed."""
        return self.confirmed / self.decided

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the truth lies, in 95 of 100 such cases."""
        return wilson_interval(self.confirmed, self.decided)


def wilson_interval(found: int, of: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927); 0 to 1 where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, spread = found / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def count_trust(desk_ids: Collection[UUID]) -> list[Trust]:
    """The shares of these desks together, the newest version first, then by kind; the same words count once."""
    final = (PairStatus.CONFIRMED, PairStatus.DISMISSED)
    decided = ConflictPair.objects.filter(desk__in=desk_ids, status__in=final, covered_by__isnull=True)
    by = ("suggested_kind", "engine_version", "calibration__number")
    rows = decided.values_list(*by).annotate(
        confirmed=Count("pk", filter=Q(status=PairStatus.CONFIRMED)), decided=Count("pk")
    )
    found = [Trust(*row) for row in rows]
    return sorted(found, key=lambda row: (_newest_first(row), row.kind))


def count_trust_of(pair: ConflictPair) -> Trust | None:
    """Of the decided pairs that were suggested as this one was, how many were confirmed; None where none is decided."""
    final = (PairStatus.CONFIRMED, PairStatus.DISMISSED)
    alike = ConflictPair.objects.filter(desk=pair.desk_id, status__in=final, covered_by__isnull=True).filter(
        suggested_kind=pair.suggested_kind, engine_version=pair.engine_version
    )
    found = alike.aggregate(confirmed=Count("pk", filter=Q(status=PairStatus.CONFIRMED)), decided=Count("pk"))
    return Trust(pair.suggested_kind, pair.engine_version, None, **found) if found["decided"] else None


def _newest_first(row: Trust) -> tuple[int, str]:
    return -(row.calibration or 0), row.engine_version
