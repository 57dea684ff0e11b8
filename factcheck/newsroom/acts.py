"""What people did last, kept with them, so that a key takes it back wherever they sign in next.

No history: that is the audit. A row only says which form to send, and is gone after a few days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from factcheck.newsroom.models import PastAct, User

MOST = 20


@dataclass(frozen=True, slots=True)
class NewAct:
    """What was done, and to what, both in words; and the form that takes it back, or does it again."""

    did: str
    about: str
    address: str
    fields: Mapping[str, str]


def acts_of(person: User, now: datetime) -> list[PastAct]:
    """What a person did and took back lately, the last first."""
    return list(PastAct.objects.of(person, now)[: 2 * MOST])


def readdress(act: PastAct, fields: Mapping[str, str]) -> None:
    """Let the form of an act that is kept say something else."""
    PastAct.objects.filter(pk=act.pk).update(fields=dict(fields))


def keep_act(person: User, act: NewAct, now: datetime, *, is_taken_back: bool) -> None:
    """Keep an act, in the place of an earlier one of the same address."""
    row = PastAct(
        person=person,
        did=act.did[:200],
        about=act.about[:700],
        address=act.address,
        fields=dict(act.fields),
        is_taken_back=is_taken_back,
        at=now,
    )
    PastAct.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["person", "is_taken_back", "address"],
        update_fields=["did", "about", "fields", "at"],
    )


def drop_acts(*acts: PastAct) -> None:
    """Offer these no more."""
    if acts:
        PastAct.objects.filter(pk__in=[act.pk for act in acts]).delete()
