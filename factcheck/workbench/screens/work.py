"""The page of work: what waits for this person, what they have in hand, and what the team has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.claims.models import Assignment, BlindReview, Claim, Purpose, Verdict
from factcheck.claims.models.assignment import AssignmentQuerySet
from factcheck.claims.services.notices import Told, describe_notices
from factcheck.claims.services.queues import free_articles, free_assessments, free_claims, free_pairs
from factcheck.newsroom.models import Notice, NoticeKind, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, may, people_who_may, reaches

TEAM_SHOWN, SHOWN = 100, 20


@dataclass(frozen=True, slots=True)
class Held:
    """A piece in somebody's hands, and what the person who looks may do about it."""

    assignment: Assignment
    may_release: bool
    colleagues: Sequence[User]

    @property
    def title(self) -> str:
        """What it is called for the ear."""
        return str(self.assignment.piece)

    @property
    def address(self) -> str:
        """Where the work is done."""
        if self.assignment.purpose == Purpose.ASSESS:
            return f"{self.assignment.piece.get_absolute_url()}assessment/"
        return self.assignment.piece.get_absolute_url()

    @property
    def what(self) -> str:
        """What it is, in a word."""
        if self.assignment.purpose == Purpose.ASSESS:
            return _("blind assessment")
        if self.assignment.claim_id:
            return _("claim")
        return _("conflict") if self.assignment.pair_id else _("article")


@dataclass(frozen=True, slots=True)
class Queue:
    """One of the queues to take the next piece from: how much waits there for this person, and since when."""

    name: str
    label: str
    waiting: int
    oldest: datetime | None


QUEUES = {
    "pair": (gettext_lazy("conflict"), Action.DECIDE_PAIR, free_pairs, "suggested_at"),
    "claim": (gettext_lazy("claim"), Action.TAKE_CLAIM, free_claims, "opened_at"),
    "article": (gettext_lazy("article to check"), Action.CHECK_ARTICLE, free_articles, "added_at"),
    "assessment": (gettext_lazy("blind assessment"), Action.ASSESS, free_assessments, "blind_review__asked_at"),
}


@dataclass(frozen=True, slots=True)
class WorkScreen:
    """What the page shows."""

    queues: Sequence[Queue]
    mine: Sequence[Held]
    to_approve: Sequence[Verdict]
    sent_back: Sequence[Verdict]
    to_adjudicate: Sequence[BlindReview]
    mentions: Sequence[Told]
    team: Sequence[Held]
    unassigned: Sequence[Claim]
    sets_rules: bool
    reads_agreement: bool

    @property
    def waits(self) -> bool:
        """Whether something waits for this person that they need not take from a queue."""
        return bool(self.mine or self.to_approve or self.sent_back or self.to_adjudicate or self.mentions)


def work_for(person: User) -> WorkScreen:
    """Gather the page of a person in a fixed number of queries."""
    rows = list(_in_hand(person)[:TEAM_SHOWN])
    held = _describe(rows, person)
    leads = desks_reached(person, Action.ASSIGN_CLAIM, Reach.DESK)
    unassigned = free_claims(person).filter(desk__in=leads)[:SHOWN] if leads else []
    reviews = BlindReview.objects.to_adjudicate(person).select_related("claim").order_by("asked_at")
    return WorkScreen(
        queues=_queues(person),
        mine=[one for one in held if one.assignment.person_id == person.pk],
        to_approve=list(Verdict.objects.awaiting(person).select_related("claim", "rating")[:SHOWN]),
        sent_back=list(Verdict.objects.sent_back_to(person).select_related("claim")[:SHOWN]),
        to_adjudicate=list(reviews[:SHOWN]),
        mentions=describe_notices(list(_mentions(person)[:SHOWN]), person),
        team=[one for one in held if one.assignment.person_id != person.pk],
        unassigned=list(unassigned),
        sets_rules=reaches(person, Action.SET_RULES),
        reads_agreement=reaches(person, Action.READ_AGREEMENT),
    )


def _in_hand(person: User) -> AssignmentQuerySet:
    """What is in somebody's hands and not done, of what this person may read, by whose it is."""
    live = Assignment.objects.readable_by(person).live().unfinished()
    return live.with_pieces().order_by("person__name", "assigned_at", "pk")


def _queues(person: User) -> list[Queue]:
    queues = []
    for name, (label, action, find, since) in QUEUES.items():
        if reaches(person, action):
            waiting = find(person).order_by().aggregate(count=Count("pk"), oldest=Min(since))
            queues.append(Queue(name, str(label), waiting["count"], waiting["oldest"]))
    return queues


def _mentions(person: User) -> QuerySet[Notice]:
    return Notice.objects.to(person).unread().filter(kind=NoticeKind.MENTION).select_related("by").newest_first()


def _describe(rows: Sequence[Assignment], person: User) -> list[Held]:
    """Each with what this person may do; who could take it over is asked once for each desk and sort of piece."""
    leads = set(desks_reached(person, Action.ASSIGN_WORK, Reach.DESK))
    acts = {(row.desk_id, _act_on(row)) for row in rows if row.desk_id in leads}
    fit = {(desk_id, act): list(people_who_may(act, desk_id)) for desk_id, act in acts}
    return [
        Held(
            row,
            may(person, Action.RELEASE_WORK, row),
            [one for one in fit.get((row.desk_id, _act_on(row)), []) if one.pk != row.person_id],
        )
        for row in rows
    ]


def _act_on(row: Assignment) -> Action:
    if row.claim_id:
        return Action.TAKE_CLAIM
    return Action.DECIDE_PAIR if row.pair_id else Action.CHECK_ARTICLE
