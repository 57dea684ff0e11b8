from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Versioned
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class CalibrationQuerySet(models.QuerySet["CalibrationVersion"]):
    """Sets of calibrations by name."""

    def readable_by(self, person: User) -> Self:
        """Calibrations of the desks where this person may read them."""
        return self.filter(desk__in=desks_reached(person, Action.READ_CALIBRATION, Reach.DESK))

    def in_use_on(self, desk_id: UUID) -> "CalibrationVersion | None":
        """The one by which a desk's pairs are scored; None: the engine's own scores hold."""
        last = self.filter(desk=desk_id, adopted_at__isnull=False).order_by("-adopted_at", "-number").first()
        return last if last and last.set_aside_at is None else None

    def in_use(self) -> dict[UUID, UUID]:
        """By desk the id of the one by which its pairs are scored, where there is one."""
        adopted = self.filter(adopted_at__isnull=False).order_by("adopted_at", "number")
        last = {desk: (pk, aside) for desk, pk, aside in adopted.values_list("desk_id", "pk", "set_aside_at")}
        return {desk: pk for desk, (pk, aside) in last.items() if aside is None}


class CalibrationVersion(Versioned):
    """How a desk's decisions correct the scores of pairs: weights that one can read, and what they would do.

    `shadow` is what adopting it would have done when it was made: how many open pairs there were, how many would rise
    above the bar or fall below it, and the pairs that move most. Nothing changes before somebody adopts it. The last
    adopted is in use; while it is set aside, the engine's own scores hold.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="calibrations")
    number = models.PositiveIntegerField()
    weights = models.JSONField()
    confirmed = models.PositiveIntegerField()
    decided = models.PositiveIntegerField()
    decided_until = models.DateTimeField()
    shadow = models.JSONField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(null=True)

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="calibration_number_once"),
            models.CheckConstraint(name="calibration_learned_from_decisions", condition=Q(confirmed__lte=F("decided"))),
            models.CheckConstraint(
                name="calibration_adopted_by_somebody",
                condition=Q(adopted_at__isnull=True, adopted_by__isnull=True)
                | Q(adopted_at__isnull=False, adopted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="calibration_set_aside_after_use",
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True)
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False, adopted_at__isnull=False),
            ),
        ]
        ordering = ["desk", "-number"]

    def __str__(self) -> str:
        return f"calibration {self.number}"

    def get_absolute_url(self) -> str:
        """The page to read it on."""
        return reverse("workbench:calibration", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns a calibration."""
        return frozenset()
