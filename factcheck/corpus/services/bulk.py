"""One act on many things: counted first, done in the background one by one, taken back as one.

A run is a job that carries its rows with the version that each had when it was planned. Every row is changed by the
same service as by hand, with its own audit entry; what somebody changed meanwhile stays as it is. What a run did is
read from the rows themselves, so one that was killed and taken up again, or cancelled half-way, is taken back as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from factcheck.corpus.errors import BulkNotEnded, UnfitBulk
from factcheck.corpus.services.bulk_verbs import VERBS, Given, Row
from factcheck.corpus.services.jobs import BULK
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


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: to which rows, and how many of those chosen it leaves alone."""

    verb: str
    desk: Desk
    rows: Sequence[Row]
    left: int
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows stand as the run left them, of how many."""

    done: int
    of: int

    @property
    def left(self) -> int:
        """How many it left alone, or others changed since."""
        return self.of - self.done


def plan_bulk(verb: str, chosen: QuerySet[Any], person: User, choice: str = "") -> Plan:
    """Count what a verb would do to the chosen rows, as far as this person may; nothing is changed.

    `choice` is what the verb asks for besides: the id of a person, a tag.

    Raises:
        NotAllowed: the person may not change many things at once, on any desk of the rows.
        UnfitBulk: nothing is chosen, too much, or rows of two desks.
    """
    rows = list(chosen.order_by("pk").values("pk", "desk_id", *VERBS[verb].carries)[: MOST + 1])
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
    return Plan(verb, desk, kept, len(rows) - len(kept), choice)


def start_bulk(plan: Plan, person: User, now: datetime) -> Job:
    """Queue what was planned.

    Raises:
        NotAllowed: the person may not change many things at once on this desk.
        UnfitBulk: there is nothing to do.
        Refusal: what was chosen besides does not fit, as the verb's own service says it.
    """
    require(person, Action.CHANGE_MANY, plan.desk)
    if not plan.rows:
        raise UnfitBulk(_("None of these rows can be changed so. Nothing was done."))
    choice = VERBS[plan.verb].fit_choice(plan.choice, plan.desk)
    said = {"verb": plan.verb, "rows": list(plan.rows), **({"choice": choice} if choice else {})}
    return _queue(plan.desk, str(new_id()), said, person, now)


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
    standing = _standing(run)
    if not standing:
        raise UnfitBulk(_("Nothing stands any more as this left it. There is nothing to take back."))
    said = {**run.parameters, "rows": standing, "takes_back": True}
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
    given = _given(taking_back, now)
    rows = VERBS[said["verb"]].rows(given, [row["pk"] for row in said["rows"]])
    return start_bulk(plan_bulk(said["verb"], rows, person, given.choice), person, now)


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
    said, given = hand.job.parameters, _given(hand.job, hand.now())
    for number, row in enumerate(said["rows"]):
        hand.progress(
            worded("{number} of {count}", number=f"{number:,}", count=f"{len(said['rows']):,}"),
            number / len(said["rows"]),
        )
        _do(hand.job, row, replace(given, now=hand.now()))
    with record_change(actor=given.person, now=hand.now()) as change:
        finish_job(change, hand.lease)
        done = {"act": said["verb"], "rows": len(said["rows"]), "takes_back": bool(said.get("takes_back"))}
        change.audit("bulk", _desk_of(hand.job), desk_id=hand.job.desk_id, **done)


def outcome_of(run: Job) -> Outcome:
    """What a run has done so far, read from its rows."""
    verb, takes_back = VERBS[run.parameters["verb"]], bool(run.parameters.get("takes_back"))
    planned = {row["pk"]: row for row in run.parameters["rows"]}
    given = _given(run, run.created_at)
    changed = [row for row in verb.rows(given, list(planned)) if verb.is_touched(row, planned[str(row.pk)])]
    return Outcome(sum(verb.is_done(row, given) != takes_back for row in changed), len(planned))


def _do(run: Job, row: Row, given: Given) -> None:
    """To one row; one that somebody was at first, or that a run before this attempt has done, stays as it is."""
    verb, takes_back = VERBS[run.parameters["verb"]], bool(run.parameters.get("takes_back"))
    found = verb.rows(given, [row["pk"]]).select_related("desk").first()
    if found is None or (takes_back and not verb.is_done(found, given)):
        return
    try:
        (verb.take_back if takes_back else verb.act)(found, row, given)
    except Refusal:
        return


def _standing(run: Job) -> list[Row]:
    """The rows that stand as a run left them."""
    verb, given = VERBS[run.parameters["verb"]], _given(run, run.created_at)
    planned = {row["pk"]: row for row in run.parameters["rows"]}
    found = [row for row in verb.rows(given, list(planned)) if verb.is_touched(row, planned[str(row.pk)])]
    return [planned[str(row.pk)] for row in found if verb.is_done(row, given)]


def _desk_of(run: Job) -> Desk:
    assert run.desk_id is not None  # every run has one
    return Desk.objects.get(pk=run.desk_id)


def _person(pk: UUID | str | None) -> User:
    assert pk is not None  # people start runs
    return User.objects.get(pk=pk)


def _given(run: Job, now: datetime) -> Given:
    """What a run goes by; one that takes back looks at what the run before it did."""
    person, first = _person(run.requested_by_id), run.parent or run
    by = _person(first.requested_by_id)
    return Given(person, by, run.parameters.get("choice", ""), first.created_at, now)


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
