"""Learning from the desk: its decisions correct the scores, in numbered versions that people adopt.

A version is a proposal that says what it would do to the pairs that wait. Once an admin adopts it, new pairs are scored
by it and a job rescores those that wait, from what is stored with them: no model runs. Adopting an earlier version, or
setting aside the one in use, goes back the same way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import pstdev
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from factcheck import engine
from factcheck.corpus.errors import CalibrationInUse, CalibrationNotInUse, NothingNewToLearn, TooFewDecisions
from factcheck.corpus.models import CalibrationVersion, ConflictPair, PairStatus
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.services.pairing import hold_pairs
from factcheck.corpus.services.scoring import BAR, OWN_WEIGHTS, rate, signs_of, waits_as, weights_of
from factcheck.engine import ConflictKind, Weights
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job, keep_progress
from factcheck.ledger.models import Job
from factcheck.ledger.models.job import ENDED
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

CALIBRATE, RESCORE = "calibrate", "rescore"
FEWEST = 20  # decisions; fewer say more of the day than of the desk
MOST_MOVED = 20
AT_ONCE = 100  # pairs in one transaction
FIGURES = ("pk", "suggested_kind", "signals", "engine_score", "score")
ASKED = 10  # the priority of what a person waits for, before articles


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a desk has decided by now, the last decision of it, and the same of its last version; None: it has none."""

    desk: Desk
    decided: int
    until: datetime | None
    before: tuple[int, datetime] | None

    @property
    def lacking(self) -> int:
        """How many decisions more are needed."""
        return max(0, FEWEST - self.decided)

    @property
    def are_new(self) -> bool:
        """Whether somebody decided or reopened a pair since the last version."""
        return self.before != (self.decided, self.until)

    def require_news(self) -> None:
        """Go on only where a proposal would learn something.

        Raises:
            TooFewDecisions, NothingNewToLearn: as they say.
        """
        if self.lacking:
            told = _("This desk has decided %(decided)s pairs; %(fewest)s are the fewest to learn from.") % {
                "decided": self.decided,
                "fewest": FEWEST,
            }
            raise TooFewDecisions(told)
        if not self.are_new:
            raise NothingNewToLearn


def count_lessons(desks: Iterable[Desk]) -> list[Lessons]:
    """What each of these desks has decided, in a fixed number of queries."""
    ordered = list(desks)
    versions = CalibrationVersion.objects.filter(desk__in=ordered).order_by("number")
    before = {
        desk: (decided, until) for desk, decided, until in versions.values_list("desk", "decided", "decided_until")
    }
    by_desk = _decided().filter(desk__in=ordered).values_list("desk").order_by("desk")
    counted = {desk: (decided, until) for desk, decided, until in by_desk.annotate(Count("pk"), Max("decided_at"))}
    none: tuple[int, None] = (0, None)
    return [Lessons(desk, *counted.get(desk.pk, none), before.get(desk.pk)) for desk in ordered]


def ask_calibration(desk: Desk, person: User, now: datetime) -> Job:
    """Queue a proposal from what the desk has decided, as the timetable does; the open job where one is asked already.

    Raises:
        NotAllowed: the person may not calibrate on this desk.
        TooFewDecisions: fewer than 20 pairs are confirmed or dismissed.
        NothingNewToLearn: nobody has decided or reopened a pair since the last version.
    """
    require(person, Action.CALIBRATE, desk)
    count_lessons([desk])[0].require_news()
    with record_change(actor=person, now=now) as change:
        asked = Job.objects.filter(kind=CALIBRATE, subject_id=desk.pk, state__in=ENDED).count()
        job = change.enqueue(CALIBRATE, f"{desk.pk}:{asked}", desk, desk_id=desk.pk, priority=ASKED)
        change.audit("ask_calibration", desk, desk_id=desk.pk)
    return job


def propose_calibration(desk: Desk, person: User, now: datetime) -> CalibrationVersion:
    """Learn from all decisions of a desk, and say what adopting it would do.

    Raises:
        NotAllowed: the person may not calibrate on this desk.
        TooFewDecisions: fewer than 20 pairs are confirmed or dismissed.
        NothingNewToLearn: nobody has decided or reopened a pair since the last version.
    """
    require(person, Action.CALIBRATE, desk)
    return _propose(desk, person, now)


def adopt_calibration(calibration: CalibrationVersion, version: int, person: User, now: datetime) -> None:
    """Score the desk's pairs by this from now on; those that wait are rescored by a job.

    Raises:
        NotAllowed: the person may not calibrate on this desk.
        CalibrationInUse: the desk's pairs are scored by it already.
        StaleVersion: somebody adopted it or set it aside meanwhile.
    """
    require(person, Action.CALIBRATE, calibration)
    with record_change(actor=person, now=now) as change:
        hold_pairs(calibration.desk_id)
        before = CalibrationVersion.objects.in_use_on(calibration.desk_id)
        if before == calibration:
            raise CalibrationInUse
        since = {"adopted_by": person, "adopted_at": now, "set_aside_by": None, "set_aside_at": None}
        change.edit(calibration, version, **since)
        _queue_rescoring(change, calibration)
        said = {"number": calibration.number, "before": before.number if before else None}
        change.audit("adopt_calibration", calibration, desk_id=calibration.desk_id, **said)


def set_aside_calibration(calibration: CalibrationVersion, version: int, person: User, now: datetime) -> None:
    """Score the desk's pairs by the engine alone from now on, until a calibration is adopted, this one or another.

    Raises:
        NotAllowed: the person may not calibrate on this desk.
        CalibrationNotInUse: the desk's pairs are not scored by it.
        StaleVersion: somebody adopted it again meanwhile.
    """
    require(person, Action.CALIBRATE, calibration)
    with record_change(actor=person, now=now) as change:
        hold_pairs(calibration.desk_id)
        if CalibrationVersion.objects.in_use_on(calibration.desk_id) != calibration:
            raise CalibrationNotInUse
        change.edit(calibration, version, set_aside_by=person, set_aside_at=now)
        _queue_rescoring(change, calibration)
        change.audit("set_aside_calibration", calibration, desk_id=calibration.desk_id, number=calibration.number)


def calibrate_desks(hand: WorkInHand) -> None:
    """Propose a calibration for each desk that has decided something since the last one, or for the desk asked for.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    desks = Desk.objects.order_by("slug")
    for desk in desks.filter(pk=hand.job.desk_id) if hand.job.desk_id else desks:
        hand.progress(worded("learning from {desk}", desk=desk)[:80], 0.0)
        try:
            _propose(desk, hand.job.requested_by, hand.now())
        except (TooFewDecisions, NothingNewToLearn):
            continue
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)


def rescore_pairs(hand: WorkInHand) -> None:
    """Score a desk's waiting pairs by whatever is in use on it, some at a time, until all are scored by that.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    while _rescore_some(hand, hand.job.desk_id):
        pass
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)


def waiting_pairs(desk_id: UUID) -> ConflictPairQuerySet:
    """The pairs of a desk that are suggested, or kept back below the bar."""
    return ConflictPair.objects.filter(desk=desk_id, status__in=(PairStatus.SUGGESTED, PairStatus.HELD))


def decided_pairs(desk_id: UUID) -> ConflictPairQuerySet:
    """What a desk teaches: its confirmed and dismissed pairs, the same words once."""
    return _decided().filter(desk=desk_id)


def _decided() -> ConflictPairQuerySet:
    final = (PairStatus.CONFIRMED, PairStatus.DISMISSED)
    return ConflictPair.objects.filter(status__in=final, covered_by__isnull=True)


def _queue_rescoring(change: Change, calibration: CalibrationVersion) -> None:
    key = f"{calibration.pk}:{calibration.version}"
    change.enqueue(RESCORE, key, calibration, desk_id=calibration.desk_id)


def _propose(desk: Desk, person: User | None, now: datetime) -> CalibrationVersion:
    (lessons,) = count_lessons([desk])
    lessons.require_news()
    rows = list(decided_pairs(desk.pk).order_by("pk").values_list("status", *FIGURES))
    weights = _learn(rows)
    proposal = CalibrationVersion(
        desk=desk,
        weights=weights.as_dict(),
        confirmed=sum(row[0] == PairStatus.CONFIRMED for row in rows),
        decided=len(rows),
        decided_until=lessons.until or now,
        shadow=_try(desk, weights),
        proposed_by=person,
        made_at=now,
    )
    with record_change(actor=person, now=now) as change:
        hold_pairs(desk.pk)
        last = CalibrationVersion.objects.filter(desk=desk).aggregate(last=Max("number"))["last"]
        proposal.number = (last or 0) + 1
        proposal.save(force_insert=True)
        sums = {name: proposal.shadow[name] for name in ("open", "rise", "fall")}
        change.audit("propose_calibration", proposal, desk_id=desk.pk, number=proposal.number, **sums)
    return proposal


def _learn(rows: Sequence[tuple[Any, ...]]) -> Weights:
    """The weights of decided pairs, held to the engine's own score: few decisions move it little."""
    signs = [signs_of(signals, _own(engine_score, score)) for _, _, _, signals, engine_score, score in rows]
    confirmed = [row[0] == PairStatus.CONFIRMED for row in rows]
    return engine.fit(list(zip(signs, confirmed, strict=True)), _prior(signs), [ConflictKind(row[2]) for row in rows])


def _prior(signs: Sequence[Mapping[str, float]]) -> Weights:
    """The engine's own score and nothing else; how far each sign varies is read from these."""
    names = sorted({name for row in signs for name in row})
    return Weights(
        constant=OWN_WEIGHTS.constant,
        signs={name: OWN_WEIGHTS.signs.get(name, 0.0) for name in names},
        spread={name: pstdev(row.get(name, 0.0) for row in signs) for name in names},
    )


def _try(desk: Desk, weights: Weights) -> dict[str, Any]:
    """What these weights would do to the pairs that wait."""
    moves = []
    for pk, kind, signals, engine_score, score in waiting_pairs(desk.pk).values_list(*FIGURES):
        after = rate(signals, _own(engine_score, score), ConflictKind(kind), weights)
        moves.append({"pair": str(pk), "before": score, "after": after})
    moves.sort(key=lambda move: (-abs(move["after"] - move["before"]), move["pair"]))
    return {
        "open": sum(move["before"] >= BAR for move in moves),
        "rise": sum(move["before"] < BAR <= move["after"] for move in moves),
        "fall": sum(move["after"] < BAR <= move["before"] for move in moves),
        "moved": moves[:MOST_MOVED],
    }


def _own(engine_score: float | None, score: float) -> float:
    """The engine's own score of a pair; one stored before there were calibrations has no other."""
    return score if engine_score is None else engine_score


def _rescore_some(hand: WorkInHand, desk_id: UUID | None) -> bool:
    """Score some of a desk's pairs anew, and say whether there were any."""
    assert desk_id is not None
    with record_change(actor=None, now=hand.now()) as change:
        keep_progress(hand.lease, worded("scoring anew"), 0.5)
        hold_pairs(desk_id)
        calibration = CalibrationVersion.objects.in_use_on(desk_id)
        some = list(waiting_pairs(desk_id).exclude(calibration=calibration).order_by("pk")[:AT_ONCE])
        _rescore(change, some, calibration)
    return bool(some)


def _rescore(change: Change, pairs: Sequence[ConflictPair], calibration: CalibrationVersion | None) -> None:
    weights = weights_of(calibration)
    changed = []
    for pair in pairs:
        before = pair.score, pair.status
        pair.engine_score = _own(pair.engine_score, pair.score)
        pair.score = rate(pair.signals, pair.engine_score, ConflictKind(pair.suggested_kind), weights)
        pair.status, pair.calibration = waits_as(pair.score), calibration
        pair.version += pair.status != before[1]  # who decides it now saw another pair than there is
        changed += [pair] if before != (pair.score, pair.status) else []
    ConflictPair.objects.bulk_update(pairs, ["engine_score", "score", "status", "calibration", "version"])
    change.touch(*changed)
