"""What reviewers do with suggested pairs: decide, take the decision back, and put back what was taken back.

A decision replaces what stood: mostly nothing, or that the pair was parked, by somebody and at some time. The pair
remembers it, and so does each copy that a dismissal covers; whoever takes the decision back finds exactly that again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, UUIDField
from django.utils.translation import gettext as _

from factcheck.corpus.errors import PairAlreadyDecided, PairNotDecided
from factcheck.corpus.models import ConflictPair, Decision, PairStatus
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.services.covering import OPEN, covered_by, open_copies_of, standing_of
from factcheck.corpus.services.pairing import edit_pairs, lock_pairs, locking, share_pairs
from factcheck.corpus.services.scoring import waits_as
from factcheck.engine import ConflictKind
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.models import AuditEntry
from factcheck.ledger.recalling import own_act, said_by
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

DECIDE, REOPEN, PUT_BACK = "decide_conflict", "reopen_conflict", "put_back_decision"


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
    with record_change(actor=person, now=now) as change:
        share_pairs(pair.desk_id)
        copies = _lock_copies(pair) if decision.status == PairStatus.DISMISSED else []
        before = pair.kind
        change.edit(pair, version, kind=kind or pair.kind, replaced=standing_of(pair), **fields)
        _cover(change, copies, pair)
        said = {"decision": decision.value, "kind": [before, pair.kind], "copies": len(copies)}
        change.audit(DECIDE, pair, desk_id=pair.desk_id, **said)


def reopen_conflict(pair: ConflictPair, version: int, person: User, now: datetime) -> None:
    """Take a decision back, and with it the dismissal of the copies that it covered: each is as it was before.

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
        was = standing_of(pair)
        gone = _lacking_a_side([pair, *copies])
        change.edit(pair, version, **_as_before(pair, gone))
        for fields, group in _grouped(copies, lambda copy: _as_before(copy, gone)):
            edit_pairs(change, group, **fields)
        said = {"decision": was and was["decision"], "copies": len(copies), "was": was}
        change.audit(REOPEN, pair, desk_id=pair.desk_id, **said)


def put_back_decision(
    pair: ConflictPair, version: int, person: User, now: datetime, *, entry: int | None = None
) -> None:
    """Put back a decision as it was: whose, of when, with the copies that it covers.

    It is the one that this person took back by this `entry` of the history; without one, the one taken back last.

    Raises:
        NotAllowed: the person may not decide pairs on this desk.
        PairAlreadyDecided: somebody decided it meanwhile.
        PairNotDecided: no decision was taken back last, or what it was is erased.
        StaleVersion: the pair changed since the person saw it.
    """
    require(person, Action.DECIDE_PAIR, pair)
    if pair.status not in (*OPEN, PairStatus.OBSOLETE):
        raise PairAlreadyDecided(_already(pair))
    verbs = (REOPEN,) if entry else (DECIDE, REOPEN, PUT_BACK)
    was = _taken_back(own_act(pair, entry, person.pk, *verbs))
    with record_change(actor=person, now=now) as change:
        share_pairs(pair.desk_id)
        fields = _decided_as(was)
        is_own = fields["status"] == PairStatus.DISMISSED and fields["covered_by"] is None
        copies = _lock_copies(pair) if is_own else []
        change.edit(pair, version, **fields)
        _cover(change, copies, pair)
        change.audit(PUT_BACK, pair, desk_id=pair.desk_id, decision=was["decision"], copies=len(copies))


def _taken_back(entry: AuditEntry | None) -> Mapping[str, Any]:
    """The decision that an entry says was taken back."""
    was = said_by(entry).get("was") if entry is not None and entry.verb == REOPEN else None
    if was is None:
        raise PairNotDecided(_("No decision on this pair was taken back last. Decide it anew."))
    found: Mapping[str, Any] = was
    return found


def _as_before(pair: ConflictPair, gone: Iterable[UUID]) -> dict[str, Any]:
    """What stood before the decision that stands; a pair that has lost a side meanwhile waits for it."""
    undecided = {"decision": "", "decided_by": None, "decided_at": None, "covered_by": None, "replaced": None}
    fields = {**undecided, "kind": pair.suggested_kind, "status": waits_as(pair.score)}
    if pair.replaced:
        fields = _decided_as(pair.replaced)
    return fields | ({"status": PairStatus.OBSOLETE} if pair.pk in gone else {})


def _decided_as(was: Mapping[str, Any]) -> dict[str, Any]:
    """A decision as it stood, from its JSON values; what covered it may be open by now, and then it stands alone."""
    cover = ConflictPair.objects.filter(pk=was["covered_by"], status=PairStatus.DISMISSED) if was["covered_by"] else []
    decision = Decision(was["decision"])
    return {
        "decision": decision,
        "status": decision.status,
        "kind": was["kind"],
        "decided_by": User.objects.get(pk=was["by"]),
        "decided_at": datetime.fromisoformat(was["at"]),
        "covered_by": next(iter(cover), None),
        "replaced": was["replaced"],
    }


def _cover(change: Change, copies: Sequence[ConflictPair], pair: ConflictPair) -> None:
    """Let a dismissal cover the open copies of its words; each remembers what it replaced there."""
    for fields, group in _grouped(copies, lambda copy: {"replaced": standing_of(copy)}):
        edit_pairs(change, group, **covered_by(pair), **fields)


def _grouped(
    pairs: Sequence[ConflictPair], fields_of: Callable[[ConflictPair], dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], list[ConflictPair]]]:
    """Pairs that get the same fields together: mostly all of them, as they had no decision."""
    rows = sorted(((repr(fields := fields_of(pair)), fields, pair) for pair in pairs), key=lambda row: row[0])
    for _same, group in groupby(rows, key=lambda row: row[0]):
        alike = list(group)
        yield alike[0][1], [pair for _repr, _fields, pair in alike]


def _lacking_a_side(pairs: Sequence[ConflictPair]) -> set[UUID]:
    """Those of which a side is gone from its article."""
    gone = Q(a__gone_at__isnull=False) | Q(b__gone_at__isnull=False)
    rows = ConflictPair.objects.filter(pk__in=[pair.pk for pair in pairs])
    return set(rows.filter(gone).values_list("pk", flat=True))


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
