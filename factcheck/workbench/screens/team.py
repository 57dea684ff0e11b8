"""The bar of a piece's page: in whose hands it is, whether it is checked or assessed blind, and what one may do."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.models import ArticleCheck, Assignment, BlindReview, Claim, Piece, Purpose, Tag, Tagging
from factcheck.claims.models.assignment import field_of
from factcheck.corpus.models import Article
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may

CHOICES = (2, 3, 4)
MOST_TAGS = 200  # to choose from; any other is written


@dataclass(frozen=True, slots=True)
class Blind:
    """How a claim's blind assessments stand; none are asked for where `review` is None."""

    review: BlindReview | None
    given: int
    may_ask: bool
    may_withdraw: bool
    may_adjudicate: bool
    assesses: bool
    choices: Sequence[int] = CHOICES


@dataclass(frozen=True, slots=True)
class Team:
    """What the bar shows."""

    piece: Piece
    kind: str
    held_by: Sequence[Assignment]
    mine: Assignment | None
    may_assign: bool
    may_take: bool
    check: ArticleCheck | None
    may_check: bool
    blind: Blind | None
    tags: Sequence[Tag]
    may_tag: bool
    offered: Sequence[Tag]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        shown = (self.held_by, self.may_assign, self.may_take, self.check, self.may_check, self.tags, self.may_tag)
        return not any(shown) and (self.blind is None or not (self.blind.review or self.blind.may_ask))


def team_for(piece: Piece, person: User) -> Team:
    """Gather the bar in a fixed number of queries."""
    held = list(Assignment.objects.on(piece).live().unfinished().select_related("person").order_by("assigned_at"))
    may_tag = may(person, Action.TAG, piece)
    assigns = Action.ASSIGN_CLAIM if isinstance(piece, Claim) else Action.ASSIGN_WORK
    check = _check_of(piece)
    return Team(
        piece=piece,
        kind=field_of(piece),
        held_by=held,
        mine=next((one for one in held if one.person_id == person.pk), None),
        may_assign=_is_open(piece) and may(person, assigns, piece),
        may_take=_may_take(piece, person, [*held, check]),
        check=check,
        may_check=isinstance(piece, Article) and may(person, Action.CHECK_ARTICLE, piece),
        blind=_blind(piece, person, held) if isinstance(piece, Claim) else None,
        tags=list(Tag.objects.filter(taggings__in=Tagging.objects.on(piece)).order_by("name")),
        may_tag=may_tag,
        offered=list(Tag.objects.filter(desk=piece.desk_id).order_by("name")[: MOST_TAGS if may_tag else 0]),
    )


def _check_of(piece: Piece) -> ArticleCheck | None:
    checks = ArticleCheck.objects.select_related("person")
    return checks.filter(article=piece).first() if isinstance(piece, Article) else None


def _may_take(piece: Piece, person: User, hindered_by: Sequence[Assignment | ArticleCheck | None]) -> bool:
    """Whether it can be taken out of its turn; claims have a button of their own."""
    if isinstance(piece, Claim) or any(hindered_by) or not _is_open(piece):
        return False
    return may(person, Action.CHECK_ARTICLE if isinstance(piece, Article) else Action.DECIDE_PAIR, piece)


def _is_open(piece: Piece) -> bool:
    if isinstance(piece, Claim):
        return piece.state in ("open", "in_work")
    return piece.archived_at is None if isinstance(piece, Article) else piece.status == "suggested"


def _blind(claim: Claim, person: User, held: Sequence[Assignment]) -> Blind:
    review = BlindReview.objects.with_given().filter(claim=claim).select_related("claim").first()
    given = int(vars(review)["given"]) if review else 0
    is_open = review is not None and review.adjudicated_at is None
    asks = may(person, Action.ASK_ASSESSMENTS, claim) and not claim.verdicts.exists()
    return Blind(
        review=review,
        given=given,
        may_ask=asks and review is None and _is_open(claim),
        may_withdraw=asks and is_open,
        may_adjudicate=_may_adjudicate(review, given, person),
        assesses=Purpose.ASSESS in {one.purpose for one in held if one.person_id == person.pk},
    )


def _may_adjudicate(review: BlindReview | None, given: int, person: User) -> bool:
    if review is None or review.adjudicated_at is not None or given < review.wanted:
        return False
    return may(person, Action.ADJUDICATE, review.claim)
