"""What waits for somebody: the queues that people take the next piece from."""

import hashlib
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from factcheck.claims.models import Assignment, Claim, Purpose, VerdictState
from factcheck.claims.models.assessment import AssessmentState
from factcheck.claims.models.claim import ClaimQuerySet
from factcheck.corpus.models import AnalysisRun, Article, ConflictPair, RunMode
from factcheck.corpus.models.article import ArticleQuerySet
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached

LIVE = Q(assignments__until__isnull=True) | Q(assignments__until__gt=Now())


def free_pairs(person: User) -> ConflictPairQuerySet:
    """Suggested pairs that this person may decide and nobody has in hand, best first."""
    desks = desks_reached(person, Action.DECIDE_PAIR, Reach.DESK)
    waiting = ConflictPair.objects.readable_by(person).awaiting_editor().filter(desk__in=desks)
    return waiting.exclude(pk__in=_in_hand("pair")).best_first()


def free_claims(person: User) -> ClaimQuerySet:
    """Unfinished claims that this person may work on and nobody does, the oldest first.

    One that is assessed blind is worked on by assessing it; one whose verdict is submitted waits for a second person.
    """
    desks = desks_reached(person, Action.TAKE_CLAIM, Reach.DESK)
    waiting = Claim.objects.readable_by(person).unfinished().filter(desk__in=desks)
    waiting = waiting.exclude(pk__in=_in_hand("claim")).exclude(verdicts__state=VerdictState.SUBMITTED)
    blind = Q(blind_review__isnull=False, blind_review__adjudicated_at__isnull=True)
    return waiting.exclude(blind).order_by("opened_at", "id")


def free_articles(person: User) -> ArticleQuerySet:
    """Analyzed articles that this person may check and nobody has checked or is checking, the oldest first."""
    desks = desks_reached(person, Action.CHECK_ARTICLE, Reach.DESK)
    waiting = Article.objects.readable_by(person).current().filter(desk__in=desks, check_done__isnull=True)
    read = AnalysisRun.objects.filter(revision__article=OuterRef("pk"), mode=RunMode.LIVE)
    return waiting.filter(Exists(read)).exclude(pk__in=_in_hand("article")).order_by("added_at", "id")


def free_assessments(person: User) -> ClaimQuerySet:
    """Claims that want another blind assessment, and this person's: they have neither the claim nor given one."""
    desks = desks_reached(person, Action.ASSESS, Reach.DESK)
    blind = Q(blind_review__isnull=False, blind_review__adjudicated_at__isnull=True)
    waiting = Claim.objects.readable_by(person).unfinished().filter(blind, desk__in=desks)
    mine = Q(pk__in=Assignment.objects.of(person).live().filter(claim__isnull=False).values("claim"))
    gave = Q(assessments__person=person, assessments__state=AssessmentState.GIVEN)
    taken = Count("assignments", filter=Q(assignments__purpose=Purpose.ASSESS) & LIVE)
    return waiting.exclude(mine).exclude(gave).annotate(taken=taken).filter(taken__lt=F("blind_review__wanted"))


def in_own_order(claims: ClaimQuerySet, person: User) -> list[UUID]:
    """The claims in an order that is this person's alone, so that no two reviewers meet them in the same one."""
    return sorted(
        claims.values_list("pk", flat=True), key=lambda pk: hashlib.sha256(person.pk.bytes + pk.bytes).digest()
    )


def not_with_others(pairs: ConflictPairQuerySet, person: User) -> ConflictPairQuerySet:
    """These pairs but for those that a colleague has in hand."""
    others = Assignment.objects.live().exclude(person=person).filter(pair__isnull=False)
    return pairs.exclude(pk__in=others.values("pair"))


def _in_hand(field: str) -> QuerySet[Assignment, UUID]:
    return Assignment.objects.live().filter(**{f"{field}__isnull": False}).values_list(field, flat=True)
