import hashlib
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.corpus.models.article import Article, hidden_from
from factcheck.corpus.models.calibration import CalibrationVersion
from factcheck.corpus.models.statement import Statement
from factcheck.engine import ConflictKind
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class PairStatus(models.TextChoices):
    """Where a pair stands; held back is one whose score lies below the bar, and which another calibration may raise."""

    SUGGESTED = "suggested", _("Suggested")
    HELD = "held", _("Held")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")
    PARKED = "parked", _("Parked")
    OBSOLETE = "obsolete", _("Obsolete")


class Decision(models.TextChoices):
    """What a reviewer says of a suggested pair, in the order of the keys 1 to 6."""

    CONFLICT = "conflict", _("Conflict")
    COMPATIBLE = "compatible", _("Compatible")
    DIFFERENT = "different_time_or_scope", _("Different time or scope")
    SUPERSEDED = "superseded", _("Superseded")
    SAME_CLAIM = "same_claim", _("Same claim")
    UNCLEAR = "needs_clarification", _("Needs clarification")

    @property
    def status(self) -> PairStatus:
        """Where the decision leaves the pair."""
        special = {Decision.CONFLICT: PairStatus.CONFIRMED, Decision.UNCLEAR: PairStatus.PARKED}
        return special.get(self, PairStatus.DISMISSED)


class ConflictPairQuerySet(models.QuerySet["ConflictPair"]):
    """Sets of pairs by name."""

    def readable_by(self, person: User) -> Self:
        """Pairs of which this person may read both articles."""
        desks, hidden = desks_reached(person, Action.READ_ARTICLE, Reach.DESK), hidden_from(person).values("pk")
        one_side, other_side = (ConflictPair.objects.filter(**{f"{side}__article__in": hidden}) for side in "ab")
        return self.filter(desk__in=desks).exclude(pk__in=one_side.values("pk")).exclude(pk__in=other_side.values("pk"))

    def readable_one_by_one(self, person: User) -> Self:
        """The same, asked of each pair: for whoever wants the first few of many, in their order.

        What is hidden is then not gathered first: with thousands of restricted articles that is most of the work.
        """
        hidden = (Exists(hidden_from(person).filter(pk=OuterRef(f"{side}__article"))) for side in "ab")
        desks = desks_reached(person, Action.READ_ARTICLE, Reach.DESK)
        return self.filter(*(~one for one in hidden), desk__in=desks)

    def awaiting_editor(self) -> Self:
        """Suggested and not decided."""
        return self.filter(status=PairStatus.SUGGESTED)

    def unresolved(self) -> Self:
        """Those of which nobody has said yet what they are: suggested, or waiting for clarification."""
        return self.filter(status__in=(PairStatus.SUGGESTED, PairStatus.PARKED))

    def dismissed(self) -> Self:
        """Those that a reviewer does not want to see again."""
        return self.filter(status=PairStatus.DISMISSED)

    def best_first(self) -> Self:
        """The queue's order."""
        return self.order_by("-score", "created_seq", "id")

    def touching(self, article: Article) -> Self:
        """Pairs with a side in this article."""
        return self.filter(Q(a__article=article) | Q(b__article=article))

    def shown(self) -> Self:
        """Pairs worth showing beside their statements: suggested, confirmed or parked."""
        return self.filter(status__in=(PairStatus.SUGGESTED, PairStatus.CONFIRMED, PairStatus.PARKED))

    def as_listed(self) -> Self:
        """With what a list shows of a pair, of both statements and of their people, and nothing else."""
        people = [f"{side}__{person}" for side in "ab" for person in ("speaker", "reported_by")]
        shown = ["a__content", "b__content", *(f"{one}__{column}" for one in people for column in ("name", "kind"))]
        return self.select_related(*people).only("kind", "score", "status", "decision", "suggested_at", *shown)

    def with_sides(self) -> Self:
        """Together with both statements and their people and articles."""
        sides = [f"{side}__{path}" for side in "ab" for path in ("speaker", "reported_by", "article__outlet")]
        return self.select_related("decided_by", *sides)


class ConflictPair(Followed, Versioned):
    """Two statements that, it seems, cannot both hold: suggested by the engine, decided by people.

    Raw signals and the engine's own score are stored, so that another calibration rescores without running models; an
    empty `engine_score` is one with `score`. The fingerprint names both
    sides' speakers and words and nothing else: a dismissal covers every copy of the same words. `replaced` is the
    decision that stood before this one: taking this one back puts it back.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="pairs")
    a = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="pairs_as_a")
    b = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="pairs_as_b")
    kind = models.CharField(
        max_length=14, choices=[(kind.value, kind.value.replace("_", " ")) for kind in ConflictKind]
    )
    score = models.FloatField()
    engine_score = models.FloatField(null=True)
    calibration = models.ForeignKey(CalibrationVersion, null=True, on_delete=models.PROTECT, related_name="pairs")
    why = models.TextField()
    signals = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64, editable=False)
    status = models.CharField(max_length=10, choices=PairStatus, default=PairStatus.SUGGESTED)
    decision = models.CharField(max_length=24, choices=Decision, default="", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    suggested_kind = models.CharField(max_length=14)
    suggested_at = models.DateTimeField()
    covered_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="covers")
    replaced = models.JSONField(null=True, editable=False)

    objects = ConflictPairQuerySet.as_manager()

    class Meta:
        verbose_name = "conflict"
        constraints = [
            models.UniqueConstraint(Least("a", "b"), Greatest("a", "b"), name="pair_once_in_either_order"),
            models.CheckConstraint(name="pair_has_two_sides", condition=~Q(a=F("b"))),
            models.CheckConstraint(name="pair_status_known", condition=Q(status__in=PairStatus.values)),
            models.CheckConstraint(name="pair_kind_known", condition=Q(kind__in=[k.value for k in ConflictKind])),
            models.CheckConstraint(name="pair_score_is_a_share", condition=Q(score__range=(0, 1))),
            models.CheckConstraint(name="pair_engine_score_is_a_share", condition=Q(engine_score__range=(0, 1))),
            models.CheckConstraint(
                name="pair_decided_by_somebody",
                condition=Q(status__in=("suggested", "held", "obsolete"))
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision="")),
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "status", "-score"], name="pair_queue"),
            models.Index(fields=["desk", "fingerprint"], name="pair_fingerprint"),
        ]

    def __str__(self) -> str:
        return f"{self.a.said_by} · {self.b.said_by}"

    def get_absolute_url(self) -> str:
        """The page to decide it on."""
        return reverse("workbench:conflict", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns a pair."""
        return frozenset()

    @staticmethod
    def fingerprint_of(a: Statement, b: Statement) -> str:
        """A hash of both sides' speaker and words, whatever their order, article, revision or engine."""
        sides = sorted(f"{side.speaker.kind}:{side.speaker.name_key}:{side.content_key}" for side in (a, b))
        return hashlib.sha256("|".join(sides).encode()).hexdigest()
