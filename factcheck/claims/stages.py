"""How long claims stay in each stage, read from the audit trail: every move of a claim stands there with its time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import quantiles
from uuid import UUID

from factcheck.claims.models import Claim, Verdict
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User

WINDOW = timedelta(days=90)
MOST = 1_000  # claims, the newest


class Stage(StrEnum):
    """Where a claim may lie, from being opened to being published."""

    WAITING = "waiting"
    IN_WORK = "in_work"
    APPROVAL = "approval"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Move:
    """Something that happened to a claim."""

    verb: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a claim lay in a stage; `is_over` unless it still does."""

    stage: Stage
    length: timedelta
    is_over: bool


@dataclass(frozen=True, slots=True)
class Times:
    """Of one stage: how many stays are over, how long half of them and nine in ten took at most; how many last."""

    stage: Stage
    over: int
    median: timedelta | None
    ninth: timedelta | None
    now: int
    oldest: timedelta | None


# What each act leads to; None is out of the desk's hands: published, or closed.
LEADS_TO: Mapping[str, Stage | None] = {
    "open_claim": Stage.WAITING,
    "assign_claim": Stage.IN_WORK,
    "start_verdict": Stage.IN_WORK,
    "submit_verdict": Stage.APPROVAL,
    "send_back_verdict": Stage.IN_WORK,
    "approve_verdict": Stage.APPROVED,
    "take_back_submission": Stage.IN_WORK,
    "take_back_send_back": Stage.APPROVAL,
    "take_back_approval": Stage.APPROVAL,
    "publish_review": None,
    "start_correction": Stage.IN_WORK,
    "correct_review": None,
    "close_claim": None,
    "reopen_claim": Stage.IN_WORK,
}
GIVEN_BACK = ("release_work", "return_work")
TAKEN_BACK = {"take_back_closing": "close_claim", "take_back_reopening": "reopen_claim"}


def times_by_stage(person: User, now: datetime) -> list[Times]:
    """The stages of the claims that a person may read, of the last 90 days, in four queries at most."""
    moves = _moves(person, now)
    stays = [stay for one in moves.values() for stay in stays_of(one, now)]
    return [_times(stage, [stay for stay in stays if stay.stage == stage]) for stage in Stage]


def stays_of(moves: Iterable[Move], now: datetime) -> Iterator[Stay]:
    """The stages that one claim went through, in order of time."""
    stage: Stage | None = None
    since, hands, is_begun = now, 0, False
    before: Stage | None = None
    for move in moves:
        is_begun = is_begun or move.verb == "start_verdict"
        hands = max(hands + (move.verb == "assign_claim") - (move.verb in GIVEN_BACK), 0)
        to = before if move.verb in TAKEN_BACK else _led(stage, move.verb, rests=not hands and not is_begun)
        before = _left_by(move.verb, stage, before)
        if to == stage:
            continue
        if stage:
            yield Stay(stage, move.at - since, is_over=True)
        stage, since = to, move.at
    if stage:
        yield Stay(stage, now - since, is_over=False)


def _left_by(verb: str, stage: Stage | None, before: Stage | None) -> Stage | None:
    """The stage that taking the last closing or reopening back leads to."""
    return stage if verb in TAKEN_BACK.values() else before


def _led(stage: Stage | None, verb: str, *, rests: bool) -> Stage | None:
    """Where an act leads from a stage: who joins a claim later moves nothing, who gives it back may."""
    if verb in GIVEN_BACK:
        return Stage.WAITING if rests and stage == Stage.IN_WORK else stage
    if verb == "reopen_claim" and rests:
        return Stage.WAITING
    if verb == "assign_claim" and stage != Stage.WAITING:
        return stage
    return LEADS_TO[verb]


def _moves(person: User, now: datetime) -> Mapping[UUID, Sequence[Move]]:
    """By claim, what happened to it and its verdicts; an approval counts once it is the last that was needed."""
    opened = Claim.objects.readable_by(person).filter(opened_at__gte=now - WINDOW)
    keys = list(opened.order_by("-opened_at").values_list("pk", flat=True)[:MOST])
    verdicts = Verdict.objects.filter(claim__in=keys).values_list("pk", "claim_id", "decided_at")
    of = {pk: (claim, decided) for pk, claim, decided in verdicts}
    told = AuditEntry.objects.filter(verb__in=[*LEADS_TO, *GIVEN_BACK, *TAKEN_BACK])
    acts = told.values_list("sequence", "subject_id", "verb", "at")
    found = [
        *acts.filter(subject_type="claim", subject_id__in=keys),
        *acts.filter(subject_type="verdict", subject_id__in=list(of)),
    ]
    moves = defaultdict(list)
    for _sequence, subject, verb, at in sorted(found):
        claim, decided = of.get(subject, (subject, None))
        if verb != "approve_verdict" or decided == at:
            moves[claim].append(Move(verb, at))
    return moves


def _times(stage: Stage, stays: Sequence[Stay]) -> Times:
    over = sorted(stay.length for stay in stays if stay.is_over)
    there = [stay.length for stay in stays if not stay.is_over]
    seconds = [length.total_seconds() for length in over]
    tenths = quantiles(seconds, n=10, method="inclusive") if len(seconds) > 1 else seconds * 9
    return Times(
        stage=stage,
        over=len(over),
        median=timedelta(seconds=tenths[4]) if over else None,
        ninth=timedelta(seconds=tenths[8]) if over else None,
        now=len(there),
        oldest=max(there, default=None),
    )
