"""Who is writing just now: a lease that what they type renews. No history; a row says nothing once its time is over."""

from datetime import datetime

from factcheck.claims.models import Claim, Presence
from factcheck.claims.models.presence import LEASE
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require


def note_presence(claim: Claim, person: User, now: datetime) -> None:
    """Say that this person is writing the claim's verdict.

    Raises:
        NotAllowed: the person may not write verdicts on this claim.
    """
    require(person, Action.WRITE_VERDICT, claim)
    row = Presence(claim=claim, person=person, until=now + LEASE)
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["claim", "person"], update_fields=["until"]
    )
