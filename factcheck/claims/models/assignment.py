from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models.assessment import Assessment
from factcheck.claims.models.claim import Claim, ClaimState
from factcheck.corpus.models import Article, ConflictPair, PairStatus
from factcheck.ledger.identity import new_id
from factcheck.newsroom.models import User

Piece = Claim | ConflictPair | Article
ONE_THING = (
    Q(claim__isnull=False, pair__isnull=True, article__isnull=True)
    | Q(claim__isnull=True, pair__isnull=False, article__isnull=True)
    | Q(claim__isnull=True, pair__isnull=True, article__isnull=False)
)


class Purpose(models.TextChoices):
    """What a person has a piece for."""

    WORK = "work", _("to work on")
    ASSESS = "assess", _("to assess blind")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Sets of assignments by name."""

    def readable_by(self, person: User) -> Self:
        """Assignments of things that this person may read."""
        claims = Q(claim__in=Claim.objects.readable_by(person).values("pk"))
        pairs = Q(pair__in=ConflictPair.objects.readable_by(person).values("pk"))
        return self.filter(claims | pairs | Q(article__in=Article.objects.readable_by(person).values("pk")))

    def live(self) -> Self:
        """Those whose time has not run out, by the database's clock."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=Now()))

    def lapsed(self) -> Self:
        """Those whose time has run out: whoever comes first may take the piece."""
        return self.filter(until__lte=Now())

    def unfinished(self) -> Self:
        """Those of which something is left to do."""
        gave = Assessment.objects.given().filter(claim=OuterRef("claim"), person=OuterRef("person"))
        rows = self.exclude(Q(Exists(gave), purpose=Purpose.ASSESS))
        rows = rows.exclude(claim__state__in=(ClaimState.DECIDED, ClaimState.CLOSED))
        rows = rows.exclude(article__check_done__isnull=False)
        return rows.filter(Q(pair__isnull=True) | Q(pair__status=PairStatus.SUGGESTED))

    def done_before(self, then: datetime) -> Self:
        """Those of pairs that were decided, or went, and of articles that were checked, before this time."""
        decided = ~Q(pair__status=PairStatus.SUGGESTED) & (Q(pair__decided_at=None) | Q(pair__decided_at__lt=then))
        return self.filter(Q(pair__isnull=False) & decided | Q(article__check_done__checked_at__lt=then))

    def of(self, person: User) -> Self:
        """What one person has in hand."""
        return self.filter(person=person)

    def on(self, piece: Piece) -> Self:
        """Who has this piece."""
        return self.filter(**{field_of(piece): piece})

    def with_pieces(self) -> Self:
        """Together with what they are of, and whose."""
        sides = [f"pair__{side}__{path}" for side in "ab" for path in ("speaker", "reported_by", "article")]
        return self.select_related("person", "assigned_by", "claim__desk", "pair__desk", "article__desk", *sides)


class Assignment(models.Model):
    """A piece of work in a person's hands; it stands here as long as they have it, and its history in the audit.

    `slot` is the place that it takes: a pair and an article have one, a claim one for work and as many as assessors
    are asked for. Who joins a claim by hand beside others takes no place. `until` is when it goes back to the queue,
    by the database's clock; none stays.
    """

    public_id = models.UUIDField(null=True, unique=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.CASCADE, related_name="assignments")
    pair = models.ForeignKey(ConflictPair, null=True, on_delete=models.CASCADE, related_name="assignments")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="assignments")
    purpose = models.CharField(max_length=6, choices=Purpose, default=Purpose.WORK, db_default=Purpose.WORK.value)
    slot = models.PositiveSmallIntegerField(null=True)
    until = models.DateTimeField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "person"], name="assignment_once"),
            models.UniqueConstraint(fields=["claim", "purpose", "slot"], name="assignment_claim_once_per_place"),
            models.UniqueConstraint(fields=["pair"], name="assignment_pair_once"),
            models.UniqueConstraint(fields=["article"], name="assignment_article_once"),
            models.CheckConstraint(name="assignment_of_one_thing", condition=ONE_THING),
            models.CheckConstraint(name="assignment_purpose_known", condition=Q(purpose__in=Purpose.values)),
        ]
        indexes = [models.Index(fields=["until"], name="assignment_lapses")]

    def __str__(self) -> str:
        return f"{self.person}: {self.piece}"

    @property
    def piece(self) -> Piece:
        """What it is of."""
        piece = self.claim or self.pair or self.article
        assert piece is not None  # the database keeps that
        return piece

    @property
    def desk_id(self) -> UUID:
        """The desk of the piece."""
        return self.piece.desk_id

    def owner_ids(self) -> frozenset[UUID]:
        """Whoever has it in hand."""
        return frozenset({self.person_id})


class ArticleCheck(models.Model):
    """An article that a person has read through: its statements and speakers are right as they stand."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="check_done")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()


def field_of(piece: Piece) -> str:
    """The column of an assignment that names such a piece."""
    kinds: dict[type, str] = {Claim: "claim", ConflictPair: "pair", Article: "article"}
    return kinds[type(piece)]
