"""After a correction by hand: what stands differently now is compared anew with what it may conflict with."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from factcheck import engine
from factcheck.corpus.models import Article, ConflictPair, Decision, PairStatus, Statement
from factcheck.corpus.services.candidates import EVERYWHERE, Bounds, find_candidates
from factcheck.corpus.services.copying import echo_in_copies
from factcheck.corpus.services.covering import OPEN, standing_of
from factcheck.corpus.services.pairing import compare, edit_pairs, hold_pairs, judge_pairs, values_of
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job

REMATCH = "rematch"
CORRECTED = 12  # before articles that come by themselves: an editor looks at it
JUDGED_ANEW = (
    *("a_id", "b_id", "kind", "suggested_kind", "score", "engine_score", "calibration_id", "why", "signals", "marks"),
    *("engine_version", "fingerprint", "suggested_at", "status", "decision", "decided_by_id", "decided_at"),
    "covered_by_id",
)
Sides = frozenset[UUID]


def queue_rematching(change: Change, article: Article, statements: Iterable[Statement], key: str) -> None:
    """Queue the comparing anew of an article's corrected statements; `key` tells this correction from others."""
    ids = [str(statement.pk) for statement in statements]
    change.enqueue_all([_rematching(change, article, ids, key)])


def _rematching(change: Change, article: Article, ids: list[str], key: str) -> Job:
    said = {"desk_id": article.desk_id, "priority": CORRECTED, "parameters": {"statements": ids}}
    return change.new_job(REMATCH, key, article, **said)


def rematch_statements(hand: WorkInHand) -> None:
    """Compare corrected statements with their own article and with their candidates elsewhere.

    A pair that waits and is found again is told anew; one that is not found any more is obsolete. What people have
    decided stays decided.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    article = Article.objects.get(pk=hand.job.subject_id)
    ids = [UUID(pk) for pk in hand.job.parameters["statements"]]
    own = list(Statement.objects.present().filter(pk__in=ids).select_related("article"))
    found = _compare(article, own, hand) if own else []
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        hold_pairs(article.desk_id)
        _store(change, ids, judge_pairs(change, article, found))
        echo_in_copies(article, ids)
        change.audit("rematch_statements", article, desk_id=article.desk_id, statements=len(own), found=len(found))


def _compare(article: Article, own: Sequence[Statement], hand: WorkInHand) -> list[engine.ConflictPair]:
    wanted: dict[Sides, tuple[UUID, UUID]] = {}
    for within in (Q(article=article), ~Q(article=article)):
        bounds = Bounds(article.desk_id, within, EVERYWHERE)
        wanted |= {frozenset(pair): pair for pair in find_candidates(own, bounds) if len(set(pair)) == len(pair)}
    hand.progress(worded("comparing"), 0.3)
    values = values_of({side for pair in wanted for side in pair})
    pairs = [(str(a), str(b)) for a, b in wanted.values() if a in values and b in values]

    def tell(share: float) -> None:
        hand.progress(worded("comparing"), 0.3 + 0.7 * share)

    return compare(list(values.values()), pairs, tell)


def _store(change: Change, ids: Sequence[UUID], rows: Sequence[ConflictPair]) -> None:
    """Write the pairs that are new, tell those that wait anew, and let those that are not found any more go."""
    known = {_sides(pair): pair for pair in ConflictPair.objects.filter(Q(a__in=ids) | Q(b__in=ids))}
    found = {_sides(row): row for row in rows}
    new = [row for sides, row in found.items() if sides not in known]
    ConflictPair.objects.bulk_create(new, ignore_conflicts=True)
    change.touch(*ConflictPair.objects.filter(pk__in=[row.pk for row in new]))
    for sides, pair in known.items():
        if pair.status in (*OPEN, PairStatus.OBSOLETE):
            edit_pairs(change, [pair], **_told_anew(pair, found.get(sides)))


def _told_anew(pair: ConflictPair, row: ConflictPair | None) -> dict[str, object]:
    """What a pair takes over; one that somebody has parked stays parked, unless its words are dismissed by now."""
    if row is None:
        return {"status": PairStatus.OBSOLETE}
    fields = {name: getattr(row, name) for name in JUDGED_ANEW}
    fields["replaced"] = standing_of(pair) if row.status == PairStatus.DISMISSED else None
    if pair.decision == Decision.UNCLEAR and row.status != PairStatus.DISMISSED:
        parked = ("decision", "decided_by_id", "decided_at", "covered_by_id", "replaced")
        fields |= {"status": PairStatus.PARKED, **{name: getattr(pair, name) for name in parked}}
    return fields


def _sides(pair: ConflictPair) -> Sides:
    return frozenset((pair.a_id, pair.b_id))
