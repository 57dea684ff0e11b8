"""What reviewers do with suggested pairs: decide, and take the decision back."""

from datetime import datetime

from django.utils.translation import gettext as _

from factcheck.corpus.errors import PairAlreadyDecided, PairNotDecided
from factcheck.corpus.models import ConflictPair, Decision, PairStatus
from factcheck.corpus.services.covering import copies_of
from factcheck.corpus.services.pairing import OPEN, edit_pairs, hold_pairs
from factcheck.engine import ConflictKind
from factcheck.ledger.changes import Change, record_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

NOT_DECIDED = {
    "status": PairStatus.SUGGESTED,
    "decision": "",
    "decided_by": None,
    "decided_at": None,
    "covered_by": None,
}


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
    with record_change(actor=person, now=now) as change:
        hold_pairs(pair.desk_id)
        before = pair.kind
        change.edit(pair, version, kind=kind or pair.kind, **fields)
        covered = _cover_copies(change, pair) if decision.status == PairStatus.DISMISSED else 0
        said = {"decision": decision.value, "kind": [before, pair.kind], "copies": covered}
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
        hold_pairs(pair.desk_id)
        taken_back = pair.decision
        change.edit(pair, version, kind=pair.suggested_kind, **NOT_DECIDED)
        copies = list(pair.covers.all())
        edit_pairs(change, copies, **NOT_DECIDED)
        change.audit("reopen_conflict", pair, desk_id=pair.desk_id, decision=taken_back, copies=len(copies))


def _cover_copies(change: Change, pair: ConflictPair) -> int:
    copies = copies_of(pair, ConflictPair.objects.filter(status__in=OPEN))
    decided = {name: getattr(pair, name) for name in ("status", "decision", "decided_by", "decided_at")}
    edit_pairs(change, copies, covered_by=pair, **decided)
    return len(copies)


def _already(pair: ConflictPair) -> str:
    if pair.status == PairStatus.OBSOLETE:
        return _("One side of this pair is gone from its article; there is nothing left to decide.")
    what = Decision(pair.decision).label
    return _("%(decided_by)s has decided this pair already: %(what)s. Take that back first to decide anew.") % {
        "decided_by": pair.decided_by,
        "what": what,
    }
