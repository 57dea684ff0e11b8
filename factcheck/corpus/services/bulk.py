"""One act on many things: counted first, done in the background one by one, taken back as one.

A run is a job that carries its rows with the version that each had when it was planned. Every row is changed by the
same service as by hand, with its own audit entry; what somebody changed meanwhile stays as it is. What a run did is
read from the rows themselves, so one that was killed and taken up again, or cancelled half-way, is taken back as well.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from factcheck.corpus.errors import BulkNotEnded, UnfitBulk
from factcheck.corpus.models import Article, ConflictPair, Decision
from factcheck.corpus.services.articles import archive_article, restore_article
from factcheck.corpus.services.conflicts import decide_conflict, reopen_conflict
from factcheck.corpus.services.jobs import BULK
from factcheck.corpus.services.pairing import OPEN
from factcheck.engine import ConflictKind
from factcheck.intake.wording import worded
from factcheck.ledger import jobs
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import Refusal
from factcheck.ledger.identity import new_id
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.models import Job
from factcheck.ledger.models.job import JobQuerySet
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, require

MOST = 5_000
ASKED = 5  # before bulk imports, after pasted articles: somebody waits, but not for long
Row = Mapping[str, Any]
Act = Callable[[Any, Row, User, datetime], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """What is done to each row and what takes it back; which rows it fits, and how one is known that it was done to."""

    model: type[ConflictPair] | type[Article]
    fits: Q
    act: Act
    take_back: Act
    is_done: Callable[[Any, User], bool]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: to which rows, and how many of those chosen it leaves alone."""

    verb: str
    desk: Desk
    rows: Sequence[Row]
    left: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows stand as the run left them, of how many."""

    done: int
    of: int

    @property
    def left(self) -> int:
        """How many it left alone, or others changed since."""
        return self.of - self.done


def _decides(decision: Decision) -> Verb:
    return Verb(
        ConflictPair,
        Q(status__in=OPEN) & ~Q(decision=decision),
        lambda pair, row, person, now: decide_conflict(pair, decision, row["version"], person, now=now),
        _take_back_decision,
        lambda pair, person: pair.decision == decision and pair.decided_by_id == person.pk,
    )


def _take_back_decision(pair: ConflictPair, row: Row, person: User, now: datetime) -> None:
    """A pair that was parked before is parked again; any other waits again."""
    reopen_conflict(pair, row["version"] + 1, person, now)
    if row["decision"]:
        decide_conflict(pair, Decision(row["decision"]), pair.version, person, now=now, kind=ConflictKind(row["kind"]))


_REOPEN = Verb(
    ConflictPair,
    ~Q(decision=""),
    lambda pair, row, person, now: reopen_conflict(pair, row["version"], person, now),
    lambda pair, row, person, now: decide_conflict(
        pair, Decision(row["decision"]), row["version"] + 1, person, now=now, kind=ConflictKind(row["kind"])
    ),
    lambda pair, person: pair.decision == "",
)
_ARCHIVE = Verb(
    Article,
    Q(archived_at__isnull=True),
    lambda article, row, person, now: archive_article(article, row["version"], person, now),
    lambda article, row, person, now: restore_article(article, row["version"] + 1, person, now),
    lambda article, person: article.archived_at is not None,
)
VERBS: Final[Mapping[str, Verb]] = {
    **{decision.value: _decides(decision) for decision in Decision if decision is not Decision.CONFLICT},
    "reopen": _REOPEN,
    "archive": _ARCHIVE,
}


def plan_bulk(verb: str, chosen: QuerySet[Any], person: User) -> Plan:
    """Count what a verb would do to the chosen rows, as far as this person may; nothing is changed.

    Raises:
        NotAllowed: the person may not change many things at once, on any desk of the rows.
        UnfitBulk: nothing is chosen, too much, or rows of two desks.
    """
    rows = list(chosen.order_by("pk").values("pk", "desk_id", *_fields(verb))[: MOST + 1])
    desks = {row["desk_id"] for row in rows}
    if not rows:
        raise UnfitBulk(_("Nothing is chosen. Mark some rows, or choose all that match."))
    if len(rows) > MOST:
        raise UnfitBulk(
            _("These are more than %(most)s rows. Filter the list, and do it in parts.") % {"most": grouped(MOST)}
        )
    if len(desks) > 1:
        raise UnfitBulk(_("These rows are of two desks. Choose rows of one."))
    desk = Desk.objects.get(pk__in=desks)
    require(person, Action.CHANGE_MANY, desk)
    fit = set(chosen.order_by().filter(VERBS[verb].fits).values_list("pk", flat=True))
    kept = [_carried(row) for row in rows if row["pk"] in fit]
    return Plan(verb, desk, kept, len(rows) - len(kept))


def start_bulk(plan: Plan, person: User, now: datetime) -> Job:
    """Queue what was planned.

    Raises:
        NotAllowed: the person may not change many things at once on this desk.
        UnfitBulk: there is nothing to do.
    """
    require(person, Action.CHANGE_MANY, plan.desk)
    if not plan.rows:
        raise UnfitBulk(_("None of these rows can be changed so. Nothing was done."))
    return _queue(plan.desk, str(new_id()), {"verb": plan.verb, "rows": list(plan.rows)}, person, now)


def undo_bulk(run: Job, person: User, now: datetime) -> Job:
    """Queue what takes a whole run back; rows that somebody changed since stay as they are.

    Raises:
        NotAllowed: the person may not change many things at once on this desk.
        UnfitBulk: it still runs, takes something back itself, or was taken back.
    """
    desk = _desk_of(run)
    require(person, Action.CHANGE_MANY, desk)
    if run.is_open:
        raise BulkNotEnded
    if run.parent_id or run.children.exists():
        raise UnfitBulk(_("This was taken back already."))
    said = {**run.parameters, "takes_back": True, "by": str(run.requested_by_id)}
    return _queue(desk, f"{run.pk}:undo", said, person, now, parent=run)


def redo_bulk(taking_back: Job, person: User, now: datetime) -> Job:
    """Queue a run anew that was taken back; rows that it does not fit any more stay as they are.

    Raises:
        NotAllowed: the person may not change many things at once on this desk.
        UnfitBulk: it is no run that takes something back, or still runs.
    """
    require(person, Action.CHANGE_MANY, _desk_of(taking_back))
    if not taking_back.parent_id:
        raise UnfitBulk(_("This was not taken back."))
    if taking_back.is_open:
        raise BulkNotEnded
    said = taking_back.parameters
    rows = VERBS[said["verb"]].model._default_manager.filter(pk__in=[row["pk"] for row in said["rows"]])  # noqa: SLF001 -- Django's public name
    return start_bulk(plan_bulk(said["verb"], rows, person), person, now)


def cancel_bulk(run: Job, person: User, now: datetime) -> None:
    """Stop a run where it is; what it has done stays, and can be taken back.

    Raises:
        NotAllowed: the person may not change many things at once on this desk.
        JobNotCancellable: it has ended.
    """
    require(person, Action.CHANGE_MANY, _desk_of(run))
    jobs.cancel_job(run, person, now)


def bulk_runs_open_to(person: User) -> JobQuerySet:
    """The runs on desks where this person may change many things at once."""
    return Job.objects.filter(kind=BULK, desk_id__in=desks_reached(person, Action.CHANGE_MANY, Reach.DESK))


def run_bulk(hand: WorkInHand) -> None:
    """Do a run, row by row.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    said = hand.job.parameters
    for number, row in enumerate(said["rows"]):
        hand.progress(
            worded("{number} of {count}", number=f"{number:,}", count=f"{len(said['rows']):,}"),
            number / len(said["rows"]),
        )
        _do(hand.job, row, hand.now())
    with record_change(actor=_person(hand.job.requested_by_id), now=hand.now()) as change:
        finish_job(change, hand.lease)
        done = {"act": said["verb"], "rows": len(said["rows"]), "takes_back": bool(said.get("takes_back"))}
        change.audit("bulk", _desk_of(hand.job), desk_id=hand.job.desk_id, **done)


def outcome_of(run: Job) -> Outcome:
    """What a run has done so far, read from its rows."""
    said = run.parameters
    verb, takes_back = VERBS[said["verb"]], bool(said.get("takes_back"))
    by = _person(said.get("by", run.requested_by_id))
    versions = {row["pk"]: row["version"] for row in said["rows"]}
    found = verb.model._default_manager.filter(pk__in=versions)  # noqa: SLF001 -- Django's public name
    changed = [row for row in found if row.version > versions[str(row.pk)]]
    return Outcome(sum(verb.is_done(row, by) != takes_back for row in changed), len(versions))


def _do(run: Job, row: Row, now: datetime) -> None:
    """To one row; one that somebody was at first, or that a run before this attempt has done, stays as it is."""
    verb, person = VERBS[run.parameters["verb"]], _person(run.requested_by_id)
    takes_back, by = bool(run.parameters.get("takes_back")), _person(run.parameters.get("by", run.requested_by_id))
    found = verb.model._default_manager.select_related("desk").filter(pk=row["pk"]).first()  # noqa: SLF001 -- Django's public name
    if found is None or (takes_back and not verb.is_done(found, by)):
        return
    try:
        (verb.take_back if takes_back else verb.act)(found, row, person, now)
    except Refusal:
        return


def _desk_of(run: Job) -> Desk:
    assert run.desk_id is not None  # every run has one
    return Desk.objects.get(pk=run.desk_id)


def _person(pk: UUID | str | None) -> User:
    assert pk is not None  # people start runs
    return User.objects.get(pk=pk)


def _fields(verb: str) -> tuple[str, ...]:
    return ("version", "decision", "kind") if VERBS[verb].model is ConflictPair else ("version",)


def _carried(row: Row) -> Row:
    return {name: str(value) if name == "pk" else value for name, value in row.items() if name != "desk_id"}


def _queue(
    desk: Desk, key: str, said: dict[str, Any], person: User, now: datetime, *, parent: Job | None = None
) -> Job:
    with record_change(actor=person, now=now) as change:
        run = change.enqueue(BULK, key, desk, desk_id=desk.pk, priority=ASKED, parameters=said, parent=parent)
        told = {"act": said["verb"], "rows": len(said["rows"]), "takes_back": parent is not None}
        change.audit("start_bulk", run, desk_id=desk.pk, **told)
    return run
