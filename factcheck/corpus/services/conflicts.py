"""What reviewers do with suggested pairs: decide, and take the decision back."""

from datetime import datetime
from typing import Final

from django.db.models import Q, UUIDField
from django.utils.translation import gettext as _

from factcheck.corpus.errors import PairAlreadyDecided, PairNotDecided
from factcheck.corpus.models import ConflictPair, Decision, PairStatus
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.services.covering import DECIDED, OPEN, open_copies_of
from factcheck.corpus.services.pairing import edit_pairs, lock_pairs, locking, share_pairs
from factcheck.engine import ConflictKind
from factcheck.ledger.changes import record_change
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

NOT_DECIDED = {
    "status": PairStatus.SUGGESTED,
    "decision": "",
    "decided_by": None,
    "decided_at": None,
    "covered_by": None,
}


def _make_covered() -> ConflictPairQuerySet:
    itself = Place(0, UUIDField())
    return locking(ConflictPair.objects.filter(Q(pk=itself) | Q(covered_by=itself)))


_COVERED: Final = Settled[ConflictPair](_make_covered)


def decide_conflict(
    pair: ConflictPair,
    decision: Decision,
    version: int,
    person: User,
    *,
    now: datetime,
    kind: ConflictKind | None = None,
) -> None:
    """Decide a suggested pair; a dismissal covers every suggestion of the same speakers and words.

    Raises:
        NotAllowed: the person may not decide pairs on this desk.
        PairAlreadyDecided: somebody did; the message says who and what.
        StaleVersion: the pair changed since the person saw it.
    """
    require(person, Action.DECIDE_PAIR, pair)
    if pair.status not in OPEN:
        raise PairAlreadyDecided(_already(pair))
    fields = {"status": decision.status, "decision": decision, "decided_by": person, "decided_at": now}
    dismisses = decision.status == PairStatus.DISMISSED
    with record_change(actor=person, now=now) as change:
        share_pairs(pair.desk_id)
        copies = _lock_copies(pair) if dismisses else []
        before = pair.kind
        change.edit(pair, version, kind=kind or pair.kind, **fields)
        edit_pairs(change, copies, covered_by=pair, **{name: getattr(pair, name) for name in DECIDED})
        said = {"decision": decision.value, "kind": [before, pair.kind], "copies": len(copies)}
        change.audit("decide_conflict", pair, desk_id=pair.desk_id, **said)


def reopen_conflict(pair: ConflictPair, version: int, person: User, now: datetime) -> None:
    """Take a decision back, and with it the dismissal of the copies that it covered.

    Raises:
        NotAllowed: the person may not decide pairs on this desk.
        PairNotDecided: there is no decision to take back.
        StaleVersion: the pair changed since the person saw it.
    """
    require(person, Action.DECIDE_PAIR, pair)
    if not pair.decision:
        raise PairNotDecided
    with record_change(actor=person, now=now) as change:
        share_pairs(pair.desk_id)
        copies = _lock_covered(pair) if pair.status == PairStatus.DISMISSED else []
        taken_back = pair.decision
        change.edit(pair, version, kind=pair.suggested_kind, **NOT_DECIDED)
        edit_pairs(change, copies, **NOT_DECIDED)
        change.audit("reopen_conflict", pair, desk_id=pair.desk_id, decision=taken_back, copies=len(copies))


def _lock_covered(pair: ConflictPair) -> list[ConflictPair]:
    """The copies that its dismissal covers, locked with this one."""
    return [copy for copy in _COVERED.ask(pair.pk) if copy != pair]


def _lock_copies(pair: ConflictPair) -> list[ConflictPair]:
    """The open pairs that say the same, locked with this one."""
    copies = {copy.pk for copy in open_copies_of(pair)}
    waiting = ConflictPair.objects.filter(status__in=OPEN, pk__in={pair.pk, *copies})
    locked = lock_pairs(waiting) if copies else []
    return [copy for copy in locked if copy != pair]


def _already(pair: ConflictPair) -> str:
    if pair.status == PairStatus.OBSOLETE:
        return _("One side of this pair is gone from its article; there is nothing left to decide.")
    what = Decision(pair.decision).label
    return _("%(decided_by)s has decided this pair already: %(what)s. Take that back first to decide anew.") % {
        "decided_by": pair.decided_by,
        "what": what,
    }
