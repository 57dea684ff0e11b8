"""How a desk works: how long work may lie untouched, how many people assess a claim blind, how many approve."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from factcheck.ledger.changes import record_change
from factcheck.ledger.wording import grouped
from factcheck.newsroom.errors import UnfitRules
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.models.desk import MOST_ASSESSORS
from factcheck.newsroom.permissions import Action, require

BOUNDS: Mapping[str, tuple[int, int]] = {
    "pair_minutes": (1, 1_440),
    "claim_hours": (1, 720),
    "article_hours": (1, 720),
    "assessors": (1, MOST_ASSESSORS),
    "approvals_needed": (1, 2),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a desk, as `Desk` has them."""

    pair_minutes: int
    claim_hours: int
    article_hours: int
    assessors: int
    approvals_needed: int = 1

    @classmethod
    def of(cls, desk: Desk) -> "Rules":
        """Those in force."""
        return cls(desk.pair_minutes, desk.claim_hours, desk.article_hours, desk.assessors, desk.approvals_needed)


def change_rules(desk: Desk, rules: Rules, version: int, person: User, now: datetime) -> None:
    """Let a desk work by other rules from now on; what is in hand keeps the time that it was given.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        UnfitRules: names the rule and its bounds.
        StaleVersion: somebody changed the rules first.
    """
    require(person, Action.SET_RULES, desk)
    before, after = asdict(Rules.of(desk)), asdict(rules)
    for name, (least, most) in BOUNDS.items():
        if not least <= after[name] <= most:
            words = _("“%(name)s” may be from %(least)s to %(most)s.")
            raise UnfitRules(words % {"name": name.replace("_", " "), "least": least, "most": grouped(most)})
    with record_change(actor=person, now=now) as change:
        change.edit(desk, version, **after)
        change.audit("change_rules", desk, desk_id=desk.pk, before=before, after=after)
