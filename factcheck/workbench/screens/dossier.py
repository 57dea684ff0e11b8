"""All that is known of a claim, on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.claims.models import Claim, Stance
from factcheck.newsroom.models import User
from factcheck.workbench.screens.claim import Against, pairs_of
from factcheck.workbench.screens.history import Line, history_of
from factcheck.workbench.screens.judged import Judged, judged_of
from factcheck.workbench.screens.places import places_of
from factcheck.workbench.screens.sides import Side, side_of
from factcheck.workbench.screens.talk import Remark, talk_of


@dataclass(frozen=True, slots=True)
class Witness:
    """An appearance with its paragraph."""

    side: Side
    stance: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the printed page shows."""

    claim: Claim
    witnesses: Sequence[Witness]
    pairs: Sequence[Against]
    verdicts: Sequence[Judged]
    remarks: Sequence[Remark]
    history: Sequence[Line]
    printed_at: datetime
    printed_for: User


def dossier_for(claim: Claim, person: User, now: datetime) -> Dossier:
    """Gather the page."""
    places = places_of(claim)
    verdicts = claim.verdicts.order_by("-number").select_related("rating__scale", "guideline")
    return Dossier(
        claim=claim,
        witnesses=[Witness(side_of(row.statement, (), _tint(row.stance)), row.stance) for row in places],
        pairs=pairs_of(claim, person),
        verdicts=[judged_of(verdict, claim) for verdict in verdicts],
        remarks=talk_of(claim, [place.statement for place in places], person, now).remarks,
        history=history_of(claim, person),
        printed_at=now,
        printed_for=person,
    )


def _tint(stance: str) -> int:
    return 1 if stance == Stance.ASSERTS else 2
