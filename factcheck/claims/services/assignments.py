"""Who has which piece in hand: taken from a queue, given by hand, given back, given to another.

Nobody gets a piece that another has: each takes a place that a unique key holds, by an insert that does nothing where
the place is taken. What is taken from a queue goes back to it when it lies untouched for as long as the desk allows,
by the database's clock; whoever comes first may then take it, and a routine tidies up.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from factcheck.claims.errors import AlreadyInHand, NotInHand, UnfitAssignee
from factcheck.claims.models import ArticleCheck, Assignment, Claim, ClaimState, Piece, Purpose
from factcheck.claims.models.assessment import AssessmentState
from factcheck.claims.models.assignment import AssignmentQuerySet, field_of
from factcheck.claims.services.queues import free_articles, free_assessments, free_claims, free_pairs, in_own_order
from factcheck.corpus.models import Article, ConflictPair
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.recalling import own_act, said_by
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.models.act import KEPT_FOR
from factcheck.newsroom.notices import notify
from factcheck.newsroom.permissions import Action, may, require, require_somewhere

One = TypeVar("One", Claim, ConflictPair, Article)

RETURN = "return"
CHOICE = 32  # pieces to try for, where colleagues take the same ones at the same moment
SWEPT_AT_ONCE = 200
FIRST_PLACE = 1


def take_next_pair(person: User, now: datetime, *, leave: ConflictPair | None = None) -> ConflictPair | None:
    """Give the person the best suggested pair that nobody has; the one in hand first, unless they `leave` it.

    Raises:
        NotAllowed: the person decides pairs on no desk.
    """
    require_somewhere(person, Action.DECIDE_PAIR)
    waiting = ConflictPair.objects.readable_by(person).awaiting_editor()
    mine = Assignment.objects.of(person).live().filter(pair__in=waiting.values("pk"))
    held = mine.exclude(pair=leave).order_by("assigned_at").first()
    if held is not None:
        return held.pair
    with record_change(actor=person, now=now) as change:
        if leave is not None:
            _leave(change, leave, person)
        free = free_pairs(person).exclude(pk__in=[leave.pk] if leave else []).select_related("desk")
        return _take_first(change, free[:CHOICE], person)


def take_following_pair(decided: ConflictPair, person: User, now: datetime) -> ConflictPair | None:
    """Go on through the queue after a decision: who had the pair in hand gets the next; None for whoever had not.

    The decided one stays theirs for as long as it can be taken back, and waits for nobody meanwhile.
    """
    if not Assignment.objects.on(decided).of(person).exists():
        return None
    return take_next_pair(person, now)


def take_next_claim(person: User, now: datetime) -> Claim | None:
    """Give the person the oldest claim that nobody works on.

    Raises:
        NotAllowed: the person works on claims on no desk.
    """
    require_somewhere(person, Action.TAKE_CLAIM)
    with record_change(actor=person, now=now) as change:
        claim = _take_first(change, free_claims(person).select_related("desk")[:CHOICE], person)
        if claim is not None:
            begin_work(change, claim)
    return claim


def take_next_article(person: User, now: datetime) -> Article | None:
    """Give the person the oldest article that nobody has checked or is checking.

    Raises:
        NotAllowed: the person checks articles on no desk.
    """
    require_somewhere(person, Action.CHECK_ARTICLE)
    with record_change(actor=person, now=now) as change:
        return _take_first(change, free_articles(person).select_related("desk")[:CHOICE], person)


def take_next_assessment(person: User, now: datetime) -> Claim | None:
    """Give the person a claim to assess blind, each person in an order of their own; None where none wants theirs.

    Raises:
        NotAllowed: the person assesses claims on no desk.
    """
    require_somewhere(person, Action.ASSESS)
    with record_change(actor=person, now=now) as change:
        keys = in_own_order(free_assessments(person), person)[:CHOICE]
        found = Claim.objects.select_related("desk", "blind_review").in_bulk(keys)
        claim = _take_first(change, [found[key] for key in keys], person, Purpose.ASSESS)
        if claim is not None:
            begin_work(change, claim)
    return claim


def take_work(piece: ConflictPair | Article, person: User, now: datetime) -> None:
    """Take this very pair or article, out of its turn; untouched, it goes back after as long as the desk allows.

    Raises:
        NotAllowed: the person may not decide it, or check it.
        AlreadyInHand: somebody has it, who is named, or it does not wait any more.
    """
    require(person, Action.DECIDE_PAIR if isinstance(piece, ConflictPair) else Action.CHECK_ARTICLE, piece)
    with record_change(actor=person, now=now) as change:
        if not _take(change, piece, person, Purpose.WORK):
            held = Assignment.objects.on(piece).select_related("person").first()
            taken = _("%(who)s has this in hand already.") % {"who": held.person} if held else ""
            raise AlreadyInHand(taken or _("This does not wait any more: it is decided, or checked."))


def assign_work(piece: ConflictPair | Article, assignee: User, person: User, now: datetime) -> None:
    """Give a pair or an article to a colleague; it stays with them until it is done, given back or given to another.

    Raises:
        NotAllowed: the person does not lead the desk.
        UnfitAssignee: the colleague may not do this, or may not read it.
        AlreadyInHand: somebody has it; says who.
    """
    require(person, Action.ASSIGN_WORK, piece)
    _require_fit(piece, assignee)
    with record_change(actor=person, now=now) as change:
        _clear_lapsed(change, Assignment.objects.on(piece))
        if not _take_place(change, piece, assignee, stays=True):
            holder = Assignment.objects.on(piece).select_related("person").get().person
            raise AlreadyInHand(
                _("%(who)s has this in hand. Give it to another on the page of work.") % {"who": holder}
            )
        _note(change, piece, assignee)
        notify(change, assignee, NoticeKind.ASSIGNED, piece, desk_id=piece.desk_id)


def reassign_work(assignment: Assignment, to: User, person: User, now: datetime) -> None:
    """Give what one colleague has in hand to another, at any time; both are told.

    Raises:
        NotAllowed: the person does not lead the desk.
        UnfitAssignee: the other may not do this, may not read it, or has this claim already.
        NotInHand: it is no longer with whom the person saw it.
    """
    piece = assignment.piece
    require(person, Action.ASSIGN_CLAIM if isinstance(piece, Claim) else Action.ASSIGN_WORK, piece)
    _require_fit(piece, to)
    if Assignment.objects.on(piece).of(to).exists():
        raise UnfitAssignee(_("%(who)s has this in hand already.") % {"who": to})
    with record_change(actor=person, now=now) as change:
        held = Assignment.objects.get(pk=assignment.pk)
        _hand_over(change, assignment, {"person": to, "assigned_by": person, "assigned_at": now, "until": None})
        said = {"before": str(assignment.person_id), "to": str(to.pk), "purpose": assignment.purpose}
        until = held.until.isoformat() if held.until else None
        was = {"by": str(held.assigned_by_id), "at": held.assigned_at.isoformat(), "until": until}
        change.audit("reassign_work", piece, desk_id=piece.desk_id, **said, was=was)
        _tell_both(change, assignment, to)


def take_back_reassignment(assignment: Assignment, person: User, now: datetime, *, entry: int | None = None) -> None:
    """Give a piece back to whom it was taken from, on the terms on which they had it; both are told.

    Raises:
        NotAllowed: the person does not lead the desk.
        UnfitAssignee: the other may not do this any more, or has this claim already.
        NotInHand: it is no longer with whom it was given to, or was not given from hand to hand last.
    """
    piece = assignment.piece
    require(person, Action.ASSIGN_CLAIM if isinstance(piece, Claim) else Action.ASSIGN_WORK, piece)
    said = said_by(own_act(piece, entry, person.pk, "reassign_work"))
    if said.get("to") != str(assignment.person_id) or "was" not in said:
        raise NotInHand
    back, was = User.objects.get(pk=said["before"]), said["was"]
    _require_fit(piece, back)
    with record_change(actor=person, now=now) as change:
        at, until = datetime.fromisoformat(was["at"]), was["until"] and datetime.fromisoformat(was["until"])
        terms = {"person": back, "assigned_by_id": UUID(was["by"]), "assigned_at": at, "until": until}
        _hand_over(change, assignment, terms)
        told = {"before": said["to"], "to": said["before"], "purpose": assignment.purpose}
        change.audit("take_back_reassignment", piece, desk_id=piece.desk_id, **told)
        _tell_both(change, assignment, back)


def release_work(assignment: Assignment, person: User, now: datetime) -> None:
    """Put a piece back into its queue: one's own, or as a lead a colleague's.

    Raises:
        NotAllowed: it is another's, and the person does not lead the desk.
        NotInHand: it is no longer with whom the person saw it, or its assessment is given.
    """
    require(person, Action.RELEASE_WORK, assignment)
    piece = assignment.piece
    with record_change(actor=person, now=now) as change:
        held = Assignment.objects.filter(pk=assignment.pk, person=assignment.person)
        if _is_given(assignment) or not held.delete()[0]:
            raise NotInHand
        said = {"from": str(assignment.person_id), "purpose": assignment.purpose}
        change.audit("release_work", piece, desk_id=piece.desk_id, **said)
        _rest(change, piece)
        notify(change, assignment.person, NoticeKind.RETURNED, piece, desk_id=piece.desk_id)


def begin_work(change: Change, claim: Claim) -> None:
    """Say, as part of a change, that a claim that somebody took is in work."""
    Claim.objects.filter(pk=claim.pk).update(**Claim.edited(state=ClaimState.IN_WORK))
    claim.refresh_from_db()
    change.touch(claim)


def hold_claim(change: Change, claim: Claim, assignee: User, *, stays: bool) -> None:
    """Let a person work on a claim, as part of a change: in its one place, or beside whoever has that.

    Raises:
        AlreadyInHand: they assess it blind.
    """
    has_place = _take_place(change, claim, assignee, stays=stays)
    if not has_place and not _insert(change, claim, assignee, Purpose.WORK, slot=None, stays=stays):
        raise AlreadyInHand(_("%(who)s assesses this claim blind, and cannot work on it as well.") % {"who": assignee})
    _note(change, claim, assignee)


def renew_assignment(claim: Claim, person: User) -> bool:
    """Note that a person is at work on a claim, so that it stays theirs; whether they have it in hand."""
    held = Assignment.objects.on(claim).of(person)
    held.filter(until__isnull=False).update(until=Now() + _span(claim))
    return held.exists()


def return_abandoned(hand: WorkInHand) -> None:
    """Put what lay untouched for too long back into its queue, and tell whoever had it; a routine."""
    hand.progress(worded("returning what was left"), 0.0)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        over = Assignment.objects.done_before(hand.now() - KEPT_FOR)
        Assignment.objects.filter(pk__in=over.values("pk")).delete()
        waiting = Assignment.objects.unfinished()
        _clear_lapsed(change, waiting.exclude(claim__verdicts__state="submitted"))


def _take_first(change: Change, pieces: Iterable[One], person: User, purpose: Purpose = Purpose.WORK) -> One | None:
    """The first of these that nobody takes in the same moment, now this person's."""
    return next((piece for piece in pieces if _take(change, piece, person, purpose)), None)


def _take(change: Change, piece: Piece, person: User, purpose: Purpose) -> bool:
    """Take a piece that waits and is free; whether it is this person's now."""
    _clear_lapsed(change, Assignment.objects.on(piece).filter(purpose=purpose))
    if not _take_place(change, piece, person, purpose):
        return False
    if _still_waits(piece):
        _note(change, piece, person, purpose)
        return True
    Assignment.objects.on(piece).of(person).delete()
    return False


def _still_waits(piece: Piece) -> bool:
    """Whether it waits now that it is ours: a colleague may have had it, and done it, since the queue was read."""
    if isinstance(piece, Article):
        return not ArticleCheck.objects.filter(article=piece).exists()
    if isinstance(piece, Claim):
        return Claim.objects.unfinished().filter(pk=piece.pk).exists()
    return ConflictPair.objects.awaiting_editor().filter(pk=piece.pk).exists()


def _take_place(
    change: Change, piece: Piece, person: User, purpose: Purpose = Purpose.WORK, *, stays: bool = False
) -> bool:
    """Take a free place of a piece; False where none is left, or another was quicker."""
    places = piece.blind_review.wanted if purpose == Purpose.ASSESS and isinstance(piece, Claim) else FIRST_PLACE
    for slot in range(FIRST_PLACE, places + 1):
        if _insert(change, piece, person, purpose, slot=slot, stays=stays):
            return True
    return False


def _insert(change: Change, piece: Piece, person: User, purpose: Purpose, *, slot: int | None, stays: bool) -> bool:
    """Insert, and do nothing where the unique keys say that the place is taken; whether it is this person's now."""
    row = Assignment(purpose=purpose, slot=slot, person=person, assigned_at=change.now)
    row.assigned_by_id = change.actor_id or person.pk
    setattr(row, field_of(piece), piece)
    row.until = None if stays else Now() + _span(piece)  # the database reckons it
    Assignment.objects.bulk_create([row], ignore_conflicts=True)
    place = Assignment.objects.on(piece).of(person).filter(purpose=purpose, slot=slot)
    return place.exists()


def _note(change: Change, piece: Piece, person: User, purpose: Purpose = Purpose.WORK) -> None:
    """Write down in whose hands a piece now is."""
    said = {"to": str(person.pk), "purpose": purpose.value}
    change.audit("assign_claim" if isinstance(piece, Claim) else "assign_work", piece, desk_id=piece.desk_id, **said)


def _tell_both(change: Change, assignment: Assignment, to: User) -> None:
    notify(change, assignment.person, NoticeKind.REASSIGNED, assignment.piece, desk_id=assignment.desk_id)
    notify(change, to, NoticeKind.ASSIGNED, assignment.piece, desk_id=assignment.desk_id)


def _hand_over(change: Change, assignment: Assignment, terms: Mapping[str, Any]) -> None:
    """Let another have it: whom, given by whom and when, for how long."""
    try:
        with transaction.atomic():
            moved = Assignment.objects.filter(pk=assignment.pk, person=assignment.person).update(**terms)
    except IntegrityError as error:  # they took it themselves in the same moment
        raise UnfitAssignee(_("%(who)s has this in hand already.") % {"who": terms["person"]}) from error
    if not moved:
        raise NotInHand(_("Somebody else was first: %(who)s no longer has this.") % {"who": assignment.person})


def _leave(change: Change, pair: ConflictPair, person: User) -> None:
    if Assignment.objects.on(pair).of(person).delete()[0]:
        change.audit("release_work", pair, desk_id=pair.desk_id, **{"from": str(person.pk), "purpose": "work"})


def _clear_lapsed(change: Change, rows: AssignmentQuerySet) -> None:
    """Take away what lay untouched for too long, and tell whoever had it; whoever renewed it meanwhile keeps it."""
    for row in rows.lapsed().with_pieces()[:SWEPT_AT_ONCE]:
        if Assignment.objects.lapsed().filter(pk=row.pk).delete()[0]:
            said = {"from": str(row.person_id), "purpose": row.purpose}
            change.audit("return_work", row.piece, desk_id=row.desk_id, **said)
            _rest(change, row.piece)
            notify(change, row.person, NoticeKind.RETURNED, row.piece, desk_id=row.desk_id)


def _rest(change: Change, piece: Piece) -> None:
    """A claim that nobody has, and of which no verdict was begun, is open again."""
    if not isinstance(piece, Claim) or piece.verdicts.exists() or Assignment.objects.on(piece).exists():
        return
    if Claim.objects.filter(pk=piece.pk, state=ClaimState.IN_WORK).update(**Claim.edited(state=ClaimState.OPEN)):
        change.touch(piece)


def _is_given(assignment: Assignment) -> bool:
    claim = assignment.claim
    given = AssessmentState.GIVEN
    return claim is not None and claim.assessments.filter(person=assignment.person, state=given).exists()


def _require_fit(piece: Piece, assignee: User) -> None:
    act = {"claim": Action.TAKE_CLAIM, "pair": Action.DECIDE_PAIR, "article": Action.CHECK_ARTICLE}[field_of(piece)]
    reads = type(piece).objects.readable_by(assignee).filter(pk=piece.pk).exists()
    if not (reads and may(assignee, act, piece)):
        raise UnfitAssignee(_("%(who)s may not do this on this desk. Choose another.") % {"who": assignee})


def _span(piece: Piece) -> timedelta:
    """How long a piece may lie untouched, as its desk says."""
    rules = piece.desk
    if isinstance(piece, ConflictPair):
        return timedelta(minutes=rules.pair_minutes)
    return timedelta(hours=rules.claim_hours if isinstance(piece, Claim) else rules.article_hours)
